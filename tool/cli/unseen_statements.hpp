#pragma once

#include "history/history.hpp"

#include <vector>

namespace retort {

/// A statement of a way up whose effect no comparison of schemas tells: it writes rows, for example.
struct UnseenStatement {
  Index revision = 0;
  bool transactional = true;
  const Source* source = nullptr; ///< kept alive by the history
  Statement statement;
};

/// Those of these revisions, compiled for `dialect`, in their order.
std::vector<UnseenStatement> unseen_statements(const History& history, const std::vector<Index>& revisions,
                                               Dialect dialect);

} // namespace retort
