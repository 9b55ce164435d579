#pragma once

#include "history/history.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace retort {

/// A statement whose effect no comparison of schemas tells: it writes rows, for example. Or one that changes the
/// settings of such a statement behind it.
struct UnseenStatement {
  enum class Role { effect, setting };

  Index revision = 0;
  std::size_t unit = 0; ///< of the revision: settings are reset behind it
  Role role = Role::effect;
  bool transactional = true;
  const Source* source = nullptr; ///< kept alive by the history
  Statement statement;

  std::string_view text() const { return text_of(*source, statement); }
  std::string_view first_line() const;
  Location location() const { return locate(*source, statement.offset, statement.length); }
};

/// Those of one direction of these revisions, compiled for `dialect`, in the order in which they run: that of
/// `revisions` for the way up, and from the last one on for the way down.
std::vector<UnseenStatement> unseen_statements(const History& history, const std::vector<Index>& revisions,
                                               Direction direction, Dialect dialect);

/// Without settings that no statement of their unit is behind.
std::vector<UnseenStatement> without_idle_settings(const std::vector<UnseenStatement>& statements);

/// Whether the session may be another one behind the statement.
bool changes_settings(const UnseenStatement& statement);

} // namespace retort
