#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#include "session/url.hpp"
#include "testing/contents.hpp"
#include "text/diagnostic.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

/// Every relation with rows: its name, its name for a query, and an expression for all values of a row.
constexpr std::string_view list_tables =
    "SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname, "
    "format('%I.%I', n.nspname, c.relname), "
    "(SELECT format('ROW(%s)', string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attname)) "
    "FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) "
    "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND n.nspname !~ '^pg_' "
    "AND n.nspname <> 'information_schema' AND c.relname NOT IN ('retort_revisions', 'retort_journal')";

constexpr std::string_view list_sequences =
    "SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname, "
    "format('SELECT last_value + CASE WHEN is_called THEN %s::numeric ELSE 0 END FROM %I.%I', s.seqincrement, "
    "n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace "
    "JOIN pg_sequence AS s ON s.seqrelid = c.oid WHERE n.nspname !~ '^pg_'";

/// A line is what the fact is called, and its value.
constexpr std::string_view list_facts =
    "WITH objects(kind, space, name, owner, acl) AS ("
    "SELECT CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' "
    "ELSE 'table' END, n.nspname, c.relname::text, c.relowner, coalesce(c.relacl, "
    "acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", c.relowner)) "
    "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', "
    "'f') UNION ALL "
    "SELECT 'column', n.nspname, c.relname || '.' || a.attname, c.relowner, coalesce(a.attacl, '{}') "
    "FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped UNION ALL "
    "SELECT 'function', n.nspname, format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)), p.proowner, "
    "coalesce(p.proacl, acldefault('f', p.proowner)) "
    "FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace UNION ALL "
    "SELECT 'type', n.nspname, t.typname, t.typowner, coalesce(t.typacl, acldefault('T', t.typowner)) "
    "FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd', 'r') UNION ALL "
    "SELECT 'schema', 'public', n.nspname, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner)) "
    "FROM pg_namespace AS n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'), "
    "named AS (SELECT format('%s %s%s', kind, CASE space WHEN 'public' THEN '' ELSE space || '.' END, name) AS name, "
    "owner, acl FROM objects WHERE space !~ '^pg_' AND space <> 'information_schema') "
    "SELECT 'the owner of ' || name, pg_get_userbyid(owner)::text FROM named UNION ALL "
    "SELECT 'the privileges of ' || name, coalesce((SELECT string_agg(a::text, ', ' ORDER BY a::text) "
    "FROM unnest(acl) AS a), 'none') FROM named";

std::vector<std::string> questions() {
  return {"SET search_path = pg_catalog, pg_temp", std::string(list_tables), std::string(list_sequences),
          std::string(list_facts)};
}

std::string text_at(const PostgresqlConnection::Row& row, std::size_t column) { return row.at(column).value_or(""); }

const std::vector<PostgresqlConnection::Row>& rows_of(const PostgresqlConnection::Answer& answer) {
  if (answer.error) {
    throw PostgresqlFailure{*answer.error};
  }
  return answer.rows;
}

std::string rows_query(const PostgresqlConnection::Row& table) {
  return fmt::format("SELECT count(*), md5(string_agg(md5({0}::text), '' ORDER BY md5({0}::text) COLLATE \"C\")) "
                     "FROM ONLY {1} AS t",
                     text_at(table, 2), text_at(table, 1));
}

Task<Contents> read(PostgresqlConnection& connection) {
  const auto listed = co_await connection.query_all(questions());
  for (const PostgresqlConnection::Answer& answer : listed) {
    rows_of(answer);
  }
  const auto& tables = listed[1].rows;
  const auto& sequences = listed[2].rows;
  std::vector<std::string> queries;
  for (const auto& table : tables) {
    queries.push_back(rows_query(table));
  }
  for (const auto& sequence : sequences) {
    queries.push_back(text_at(sequence, 1));
  }
  const auto answers = co_await connection.query_all(std::move(queries));
  Contents contents;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto& row = rows_of(answers[i]).at(0);
    contents.tables[text_at(tables[i], 0)] = {std::stoul(text_at(row, 0)), text_at(row, 1)};
  }
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    contents.facts[fmt::format("the next value of sequence {}", text_at(sequences[i], 0))] =
        text_at(rows_of(answers[tables.size() + i]).at(0), 0);
  }
  for (const auto& fact : listed[3].rows) {
    contents.facts[text_at(fact, 0)] = text_at(fact, 1);
  }
  co_return contents;
}

} // namespace

Contents read_contents(const Url& url) {
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
