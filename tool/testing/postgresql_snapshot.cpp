#include "dialect/revision_table.hpp"
#include "schema/read.hpp"
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#include "testing/snapshot.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

constexpr std::string_view list_tables =
    "SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname, "
    "pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class AS c "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1";

constexpr std::string_view own_table = "retort_revisions";

std::string read_rows(const std::string& name, const std::string& qualified) {
  return name == own_table
             ? fmt::format("SELECT id, checksum || ' ' || message FROM {} ORDER BY id COLLATE \"C\"", qualified)
             : fmt::format("SELECT pg_catalog.count(*), pg_catalog.md5(pg_catalog.string_agg(pg_catalog.md5("
                           "ROW(t.*)::text), '' ORDER BY pg_catalog.md5(ROW(t.*)::text) COLLATE \"C\")) "
                           "FROM ONLY {} AS t",
                           qualified);
}

std::vector<PostgresqlConnection::Row> rows_of(const PostgresqlConnection::Answer& answer) {
  if (answer.error) {
    throw PostgresqlFailure{*answer.error};
  }
  return answer.rows;
}

/// Retort's lock is free only when a client that was killed is gone for the server, too. Then, the tables.
std::vector<std::string> settling() {
  return {"SET lock_timeout = '60s'",
          fmt::format("SELECT pg_catalog.pg_advisory_lock(({})::pg_catalog.int8)", revision_table::lock_key()),
          std::string(list_tables)};
}

Task<Snapshot> read(PostgresqlConnection& connection) {
  const auto settled = co_await connection.query_all(settling());
  for (const PostgresqlConnection::Answer& answer : settled) {
    rows_of(answer);
  }
  const auto& tables = settled.back().rows;
  std::vector<std::string> queries;
  for (const auto& table : tables) {
    queries.push_back(read_rows(table.at(0).value_or(""), table.at(1).value_or("")));
  }
  Snapshot snapshot;
  snapshot.schema = co_await read_schema(connection);
  const auto answers = co_await connection.query_all(std::move(queries));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string& name = *tables[i].at(0);
    const auto rows = rows_of(answers[i]);
    if (name == own_table) {
      for (const auto& row : rows) {
        snapshot.revisions.push_back({row.at(0).value_or(""), row.at(1).value_or("")});
      }
    } else {
      snapshot.tables.push_back({name, std::stoul(rows.at(0).at(0).value_or("0")), rows.at(0).at(1).value_or("")});
    }
  }
  co_return snapshot;
}

} // namespace

Snapshot take_postgresql_snapshot(const Url& url) {
  const PostgresqlHandle handle = connect_postgresql(url.target);
  Waiter waiter;
  PostgresqlConnection connection(handle.get(), waiter, {});
  try {
    return run_blocking(waiter, read(connection));
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot read {}", url.display())));
  }
}

} // namespace retort
