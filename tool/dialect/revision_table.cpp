#include "dialect/revision_table.hpp"

#include "text/version.hpp"

#include <fmt/format.h>

namespace retort::revision_table {
namespace {

/// What the dialects say differently about the same table.
struct Facts {
  std::string_view text;
  std::string_view integer;
  std::string_view time;
  std::string_view now;
};

constexpr Facts sqlite_facts = {"TEXT", "INTEGER", "TEXT", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"};
constexpr Facts postgresql_facts = {"pg_catalog.text", "pg_catalog.int8", "pg_catalog.timestamptz",
                                    "pg_catalog.clock_timestamp()"};

const Facts& facts(const Place& place) { return place.dialect == Dialect::sqlite ? sqlite_facts : postgresql_facts; }

std::string qualified(const Place& place, std::string_view table) {
  const std::string schema = place.dialect == Dialect::sqlite ? "main"
                             : place.schema == default_schema ? std::string(place.schema)
                                                              : quoted(place.schema);
  return fmt::format("{}.{}", schema, table);
}

/// Milliseconds since the transaction began, or since the row before this one was written in it.
std::string postgresql_duration(const Place& place, std::string_view after) {
  const std::string since =
      after.empty() ? "pg_catalog.transaction_timestamp()"
                    : fmt::format("(SELECT applied_at FROM {} WHERE id = {})", qualified_name(place), literal(after));
  return fmt::format("(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) {}) "
                     "OPERATOR(pg_catalog.*) 1000)::pg_catalog.int8",
                     since);
}

std::string duration_of(const Place& place, Duration duration, std::string_view after) {
  if (duration == Duration::unknown) {
    return "NULL";
  }
  return place.dialect == Dialect::sqlite ? "?1" : postgresql_duration(place, after);
}

/// The value of a primary key, for a session of PostgreSQL only while it holds the lock: without a value the row is
/// refused. Costs the server less than a look at the count of rows.
std::string key(const Place& place, std::string value, Writer writer) {
  return place.dialect == Dialect::sqlite || writer == Writer::script
             ? std::move(value)
             : fmt::format("CASE WHEN {} THEN {} END", lock_held(place.schema), value);
}

/// The row that is inserted; by a script of PostgreSQL under a condition. PostgreSQL plans VALUES faster.
std::string inserted(const Place& place, Writer writer, std::string_view values) {
  return place.dialect == Dialect::sqlite || writer == Writer::session
             ? fmt::format("  VALUES ({})", values)
             : fmt::format("  SELECT {} WHERE {}", values, lock_held(place.schema));
}

/// Whether the pg_class row `c` is that of `table`, and nothing on it can run code.
std::string is_plain(std::string_view table) {
  return fmt::format("c.oid = pg_catalog.to_regclass({}) AND c.relkind = 'r' AND NOT c.relhastriggers "
                     "AND NOT c.relhasrules AND NOT c.relrowsecurity AND c.relchecks = 0 "
                     "AND NOT EXISTS (SELECT FROM pg_catalog.pg_attrdef WHERE adrelid = c.oid) "
                     "AND (SELECT pg_catalog.count(*) FROM pg_catalog.pg_index WHERE indrelid = c.oid) = 1",
                     literal(table));
}

} // namespace

std::string qualified_name(const Place& place) { return qualified(place, "retort_revisions"); }
std::string qualified_journal(const Place& place) { return qualified(place, "retort_journal"); }

std::string select(const Place& place) {
  const bool sqlite = place.dialect == Dialect::sqlite;
  return fmt::format("SELECT id, checksum, message, {}, applied_by, duration_ms, retort_version FROM {} ORDER BY id{}",
                     sqlite ? "applied_at"
                            : "pg_catalog.to_char(pg_catalog.timezone('UTC', applied_at), "
                              "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
                     qualified_name(place), sqlite ? "" : " COLLATE pg_catalog.\"C\"");
}

std::string select_journal(const Place& place) {
  return fmt::format("SELECT id, direction, unit, checksum FROM {} ORDER BY unit", qualified_journal(place));
}

std::string trusted(std::string_view table) {
  return fmt::format(
      "SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_roles AS o ON o.oid = c.relowner "
      "JOIN pg_catalog.pg_roles AS s ON s.rolname = session_user "
      "WHERE {} "
      "AND (o.oid = s.oid OR o.rolsuper OR o.oid = (SELECT datdba FROM pg_catalog.pg_database WHERE datname = "
      "pg_catalog.current_database()) OR (NOT s.rolsuper AND pg_catalog.pg_has_role(s.oid, o.oid, 'MEMBER')))",
      is_plain(table));
}

std::string own(std::string_view table) {
  return fmt::format("SELECT FROM pg_catalog.pg_class AS c WHERE {} AND pg_catalog.pg_get_userbyid(c.relowner) = "
                     "session_user",
                     is_plain(table));
}

std::string create(const Place& place) {
  const Facts& f = facts(place);
  return fmt::format("CREATE TABLE IF NOT EXISTS {} (\n"
                     "  id {} NOT NULL PRIMARY KEY,\n"
                     "  checksum {} NOT NULL,\n"
                     "  message {} NOT NULL,\n"
                     "  applied_at {} NOT NULL,\n"
                     "  applied_by {},\n"
                     "  duration_ms {},\n"
                     "  retort_version {} NOT NULL\n"
                     ")",
                     qualified_name(place), f.text, f.text, f.text, f.time, f.text, f.integer, f.text);
}

std::string create_journal(const Place& place) {
  const Facts& f = facts(place);
  return fmt::format("CREATE TABLE IF NOT EXISTS {} (\n"
                     "  id {} NOT NULL,\n"
                     "  direction {} NOT NULL,\n"
                     "  unit {} NOT NULL PRIMARY KEY,\n"
                     "  checksum {} NOT NULL\n"
                     ")",
                     qualified_journal(place), f.text, f.text, f.integer, f.text);
}

std::string insert(const Place& place, const Row& row, Writer writer, const std::optional<std::string>& user) {
  const Facts& f = facts(place);
  const std::string by = place.dialect == Dialect::postgresql ? "session_user" : user ? literal(*user) : "NULL";
  const std::string values =
      fmt::format("{}, {}, {}, {}, {}, {}, {}", key(place, literal(row.id), writer), literal(row.checksum),
                  literal(row.message), f.now, by, duration_of(place, row.duration, row.after), literal(version()));
  return fmt::format("INSERT INTO {} (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)\n{}",
                     qualified_name(place), inserted(place, writer, values));
}

std::string remove(const Place& place, std::string_view id, Writer writer) {
  std::string statement = fmt::format("DELETE FROM {} WHERE id = {}", qualified_name(place), literal(id));
  if (place.dialect == Dialect::sqlite) {
    return statement;
  }
  statement += fmt::format(" AND {}", lock_held(place.schema));
  return writer == Writer::script ? statement
                                  : fmt::format("WITH written AS ({} RETURNING 1) SELECT 1 OPERATOR(pg_catalog./) "
                                                "pg_catalog.count(*) FROM written",
                                                statement);
}

std::string insert_journal(const Place& place, std::string_view id, std::string_view direction, std::size_t unit,
                           std::string_view checksum, Writer writer) {
  const std::string values = fmt::format("{}, {}, {}, {}", literal(id), literal(direction),
                                         key(place, std::to_string(unit), writer), literal(checksum));
  return fmt::format("INSERT INTO {} (id, direction, unit, checksum)\n{}", qualified_journal(place),
                     inserted(place, writer, values));
}

bool is_unwritten(std::string_view sqlstate) {
  constexpr std::string_view not_null_violation = "23502"; // insert
  constexpr std::string_view division_by_zero = "22012";   // remove
  return sqlstate == not_null_violation || sqlstate == division_by_zero;
}

std::string drop_journal(const Place& place) {
  return fmt::format("DROP TABLE IF EXISTS {}", qualified_journal(place));
}

std::string purge(const Place& place) { return fmt::format("DELETE FROM {}", qualified_name(place)); }

std::int64_t lock_key(std::string_view schema) {
  if (schema == default_schema) {
    return static_cast<std::int64_t>(0x41a28f32b0ab1c17);
  }
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : fmt::format("retort {}.retort_revisions", schema)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return static_cast<std::int64_t>(hash);
}

std::string lock_held(std::string_view schema) {
  return fmt::format("CASE WHEN pg_catalog.pg_try_advisory_xact_lock({0}) THEN CASE WHEN "
                     "pg_catalog.pg_advisory_unlock({0}) THEN pg_catalog.pg_try_advisory_lock({0}) ELSE false END "
                     "ELSE false END",
                     lock_key(schema));
}

} // namespace retort::revision_table
