#pragma once

#include "history/history.hpp"
#include "session/session.hpp"
#include "testing/test_databases.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace retort {

/// What a template holds.
struct TemplateContents {
  const History& history;
  Dialect dialect;
  std::string target;                       ///< of an upgrade of an empty database
  std::vector<std::filesystem::path> seeds; ///< SQL files, in their order
  std::vector<std::string> extensions;      ///< PostgreSQL: created before the history's first revision
};

enum class TemplateOutcome { made, found };

/// Sees to it that the template at `url` has these contents: it is made again only when they have changed, and what was
/// copied from the old one is then removed. Throws Failure as reading, planning and migrating do.
TemplateOutcome ensure_template(TestDatabases& databases, const std::string& url, const TemplateContents& contents,
                                const SessionOptions& options, Observer& observer);

/// Creates extensions of PostgreSQL that are not there. Throws Failure as Session does.
void create_extensions(Session& session, const std::vector<std::string>& names, Observer& observer);

} // namespace retort
