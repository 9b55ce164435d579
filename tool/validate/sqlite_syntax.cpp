#include "session/sqlite_connection.hpp"
#include "validate/sqlite_verdict.hpp"
#include "validate/statements.hpp"
#include "validate/validate.hpp"

#include <SQLiteCpp/Database.h>

namespace retort {

void parse_sqlite(const History& history, const Plan& plan, Diagnostics& diagnostics) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  SqliteConnection connection(database.getHandle());
  for_each_statement(history, plan, [&](const Source& source, const Statement& statement) {
    try {
      connection.check(text_of(source, statement));
    } catch (const SqliteFailure& failure) {
      if (!is_syntax_error(failure.error.message)) {
        return;
      }
      Command command;
      command.source = &source;
      command.statement = statement;
      Diagnostic diagnostic = explain(failure.error, command, Dialect::sqlite);
      forgive_newer(diagnostic);
      diagnostics.add(std::move(diagnostic));
    }
  });
}

} // namespace retort
