#include "schema/postgresql_needs.hpp"
#include "schema/postgresql_queries.hpp"
#include "schema/read.hpp"
#include "session/postgresql_connection.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace retort {
namespace {

/// What a definition looks like depends on these. JIT only costs time here.
constexpr std::string_view settings =
    "SELECT pg_catalog.set_config(name, value, true) FROM (VALUES ('search_path', 'pg_catalog, pg_temp'), "
    "('quote_all_identifiers', 'off'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('timezone', 'UTC'), "
    "('extra_float_digits', '1'), ('bytea_output', 'hex'), ('jit', 'off')) AS settings(name, value)";

/// The column of an answer that is Object::privileges.
constexpr std::string_view privileges = "privileges";

/// The settings last until the transaction or its part ends, and so do they where the reading fails.
struct Frame {
  std::vector<std::string> begin;
  std::vector<std::string> end;
};

Frame frame(PostgresqlConnection::Transaction transaction) {
  if (transaction == PostgresqlConnection::Transaction::none) {
    return {{"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"}, {"ROLLBACK"}};
  }
  return {{"SAVEPOINT retort_schema"}, {"ROLLBACK TO SAVEPOINT retort_schema", "RELEASE SAVEPOINT retort_schema"}};
}

std::vector<CatalogQuery> catalog_queries(int server_version) {
  std::vector<CatalogQuery> queries = type_queries(server_version);
  std::ranges::move(table_queries(server_version), std::back_inserter(queries));
  std::ranges::move(code_queries(), std::back_inserter(queries));
  return queries;
}

std::map<std::string_view, ObjectKind> kinds_by_name() {
  std::map<std::string_view, ObjectKind> kinds;
  for (auto kind = ObjectKind::schema; !name(kind).empty();
       kind = static_cast<ObjectKind>(static_cast<int>(kind) + 1)) {
    kinds.emplace(name(kind), kind);
  }
  return kinds;
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = 0; !text.empty(); text.remove_prefix(std::min(end + 1, text.size()))) {
    end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
  }
  return lines;
}

Object object_of(PostgresqlConnection::Row& row, const std::vector<std::string_view>& attributes,
                 const std::map<std::string_view, ObjectKind>& kinds) {
  constexpr std::size_t leading = 4;
  Object object{kinds.at(row[0].value()), std::move(row[1]).value_or(""), std::move(row[2]).value_or(""), {}};
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    std::optional<std::string>& value = row[leading + i];
    if (!value || value->empty()) {
      continue;
    }
    if (attributes[i] == privileges) {
      object.privileges = lines(*value);
    } else {
      object.attributes.push_back({attributes[i], std::move(*value)});
    }
  }
  return object;
}

} // namespace

Task<Schema> read_schema(PostgresqlConnection& connection) {
  const std::vector<CatalogQuery> queries = catalog_queries(connection.server_version());
  Frame around = frame(connection.transaction());
  std::vector<std::string> statements = std::move(around.begin);
  statements.emplace_back(settings);
  const std::size_t first = statements.size();
  std::ranges::transform(queries, std::back_inserter(statements), &CatalogQuery::sql);
  statements.push_back(dependency_query());
  std::ranges::move(around.end, std::back_inserter(statements));
  std::vector<PostgresqlConnection::Answer> answers = co_await connection.query_all(std::move(statements));
  const auto refused = std::ranges::find_if(answers, [](const auto& answer) { return answer.error.has_value(); });
  if (refused != answers.end()) {
    throw PostgresqlFailure{*refused->error};
  }
  const auto kinds = kinds_by_name();
  Schema schema{Dialect::postgresql, {}};
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    for (PostgresqlConnection::Row& row : answers[first + i].rows) {
      addresses.push_back(row[3].value());
      schema.objects.push_back(object_of(row, queries[i].attributes, kinds));
    }
  }
  set_needs(schema.objects, addresses, answers[first + queries.size()].rows);
  sort(schema);
  co_return schema;
}

} // namespace retort
