#pragma once

#include "history/resolve.hpp"
#include "plan/stream.hpp"

#include <algorithm>
#include <string>

namespace retort {

inline std::string word(CommandKind kind) {
  switch (kind) {
  case CommandKind::begin: return "begin";
  case CommandKind::statement: return "statement";
  case CommandKind::own: return "own";
  case CommandKind::record: return "record";
  case CommandKind::journal: return "journal";
  case CommandKind::commit: return "commit";
  }
  return "unknown";
}

/// The SQL that Retort writes itself, cut to what tells it apart: its first two lines, without the lock's condition.
inline std::string brief(std::string_view sql) {
  std::string text(sql.substr(0, std::min(sql.find(" WHERE EXISTS"), sql.find(" AND EXISTS"))));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.substr(0, text.find(" ("));
}

/// One line for each command: kind, step, SQL. Statements outside a transaction are marked by `!`.
inline std::string shown(const Stream& stream) {
  std::string out;
  for (const Command& command : stream.commands) {
    out += word(command.kind) + " " + std::to_string(command.step) + (command.transactional ? " " : " !");
    out += brief(command.sql()) + "\n";
  }
  for (const std::size_t step : stream.cuts) {
    out += "cut behind " + std::to_string(step) + "\n";
  }
  return out;
}

inline StreamOptions options(Dialect dialect, Transactions transactions) {
  StreamOptions options;
  options.dialect = dialect;
  options.transactions = transactions;
  options.creates_table = false;
  return options;
}

inline const StreamOptions sqlite_all = options(Dialect::sqlite, Transactions::all);
inline const StreamOptions sqlite_each = options(Dialect::sqlite, Transactions::each);
inline const StreamOptions postgresql_each = options(Dialect::postgresql, Transactions::each);

inline std::string upgrade(const History& history, const StreamOptions& options, std::string_view from = "base") {
  return shown(render_stream(history, plan_upgrade(history, resolve_state(history, from), "heads"), options));
}

} // namespace retort
