#pragma once

#include "dialect/dialect.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What Retort sets in every session and script before it runs anything, a statement each. SQLite needs nothing here.
const std::vector<std::string>& session_settings(Dialect dialect);

/// The statements that undo what `statement` may leave behind in the session (F36), without session_settings.
/// PostgreSQL: see session_reset, which covers all; SQLite: the default of a connection's PRAGMA that was changed.
std::vector<std::string> statement_reset(Dialect dialect, std::string_view statement);

/// SQLite's PRAGMAs that statement_reset knows and whose value can be asked for.
std::span<const std::string_view> session_pragmas();

/// The statements that bring a session back to its settings at connect (F36), behind any but
/// StatementKind::keeps_session; empty for SQLite.
const std::vector<std::string>& session_reset(Dialect dialect);

} // namespace retort
