#include "testing/snapshot.hpp"

#include "schema/difference.hpp"
#include "session/session.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

void compare_tables(const Snapshot& expected, const Snapshot& found, Rows rows, std::vector<std::string>& lines) {
  for (const Snapshot::Table& table : found.tables) {
    const Snapshot::Table* other = find_table(expected, table.name);
    if (other == nullptr) {
      continue; // the schemas differ in it
    }
    if (table.rows != other->rows) {
      lines.push_back(describe_rows(table.name, other->rows, table.rows));
    } else if (rows == Rows::compared && table.digest != other->digest) {
      lines.push_back(fmt::format("table {} has other values in its rows", table.name));
    }
  }
}

void compare_revisions(const Snapshot& expected, const Snapshot& found, std::vector<std::string>& lines) {
  const auto find = [](const Snapshot& snapshot, const std::string& id) {
    return std::ranges::find(snapshot.revisions, id, &Snapshot::Row::id);
  };
  for (const Snapshot::Row& row : expected.revisions) {
    const auto other = find(found, row.id);
    if (other == found.revisions.end()) {
      lines.push_back(fmt::format("revision {} is not recorded", row.id));
    } else if (*other != row) {
      lines.push_back(fmt::format("revision {} is recorded with another checksum or message", row.id));
    }
  }
  for (const Snapshot::Row& row : found.revisions) {
    if (find(expected, row.id) == expected.revisions.end()) {
      lines.push_back(fmt::format("revision {} is recorded", row.id));
    }
  }
}

} // namespace

const Snapshot::Table* find_table(const Snapshot& snapshot, std::string_view name) {
  const auto found = std::ranges::find(snapshot.tables, name, &Snapshot::Table::name);
  return found == snapshot.tables.end() ? nullptr : &*found;
}

std::string describe_rows(std::string_view table, std::size_t expected, std::size_t found) {
  return fmt::format("table {} has {} row{} instead of {}", table, found, found == 1 ? "" : "s", expected);
}

Snapshot take_snapshot(const Url& url, const std::vector<std::string>& sqlite_extensions) {
  if (url.dialect == Dialect::sqlite) {
    return take_sqlite_snapshot(url, sqlite_extensions);
  }
#if RETORT_POSTGRESQL
  return take_postgresql_snapshot(url);
#else
  throw cannot_connect_to_postgresql();
#endif
}

std::vector<std::string> differences(const Snapshot& expected, const Snapshot& found, Rows rows) {
  std::vector<std::string> lines;
  for (const Difference& difference : compare(expected.schema, found.schema)) {
    lines.push_back(describe(difference));
  }
  compare_tables(expected, found, rows, lines);
  compare_revisions(expected, found, lines);
  return lines;
}

} // namespace retort
