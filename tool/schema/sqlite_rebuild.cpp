#include "schema/sqlite_rebuild.hpp"

#include "dialect/dialect.hpp"
#include "schema/sqlite_hazards.hpp"
#include "schema/sqlite_statement.hpp"
#include "schema/sqlite_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace retort {
namespace {

using namespace sqlite_parts;
using sqlite_text::unquoted;

bool is_generated(Parts parts, const std::string& table, const std::string& column) {
  return !find(parts, ObjectKind::column, fmt::format("{}.{}", table, column))->value("generated").empty();
}

/// The columns into which the rows are copied, and those that they come from.
struct Copied {
  std::vector<std::string> to;
  std::vector<std::string> from;
};

Copied copied_columns(const SqliteRebuild& rebuild) {
  Copied copied;
  const Parts parts = rebuild.definition.objects;
  for (const std::string& column : rebuild.columns) {
    if (!is_generated(parts, rebuild.table.name, column)) {
      copied.to.push_back(column);
      copied.from.push_back(column);
    }
  }
  // Rows are known by their rowids to more than the schema shows: to full-text indexes, to applications.
  const bool is_copied_with_column = std::ranges::find(copied.to, rowid_column(parts)) != copied.to.end();
  const std::string to = rowid_name(parts);
  const std::string from = rowid_name(rebuild.old_parts);
  if (has_rowid(parts) && has_rowid(rebuild.old_parts) && !is_copied_with_column && !to.empty() && !from.empty()) {
    copied.to.insert(copied.to.begin(), to);
    copied.from.insert(copied.from.begin(), from);
  }
  return copied;
}

/// Whether a constraint of the table says what to do instead of failing: perhaps nothing, which would lose rows.
bool resolves_conflicts(Parts parts) {
  return std::ranges::any_of(parts, [](const Object& part) {
    return !part.value("on conflict").empty() || part.value("nullable").find("on conflict") != std::string_view::npos;
  });
}

bool counts(Parts parts) {
  return std::ranges::any_of(parts, [](const Object& part) { return !part.value("autoincrement").empty(); });
}

std::string copy(const SqliteRebuild& rebuild, const Copied& copied) {
  return fmt::format("INSERT {}INTO {} ({})\nSELECT {}\nFROM {}",
                     resolves_conflicts(rebuild.definition.objects) ? "OR ABORT " : "", rebuild.spare,
                     sqlite_statement::list(copied.to), sqlite_statement::list(copied.from), rebuild.table.name);
}

/// What the old table takes with it.
std::string losses(const SqliteRebuild& rebuild) {
  std::vector<std::string> lost;
  const Parts parts = rebuild.definition.objects;
  if (counts(rebuild.old_parts) && !counts(parts)) {
    lost.push_back(fmt::format("loses the AUTOINCREMENT counter of {}", rebuild.table.name));
  }
  if (has_rowid(rebuild.old_parts) && rowid_column(rebuild.old_parts).empty() && !has_rowid(parts)) {
    lost.push_back(fmt::format("loses the rowids of {}", rebuild.table.name));
  }
  for (const std::string& column : rebuild.lost) {
    lost.push_back(fmt::format("loses the column {}", column));
  }
  const std::string& table = rebuild.table.name;
  for (const std::string& column : rebuild.columns) {
    if (is_generated(parts, table, column) && !is_generated(rebuild.old_parts, table, column)) {
      lost.push_back(fmt::format("loses the values of {}.{}", table, column));
    }
  }
  return fmt::format("{}", fmt::join(lost, "; "));
}

} // namespace

std::vector<SchemaChange::Step> rebuild_steps(const SqliteRebuild& rebuild) {
  const std::string& table = rebuild.table.name;
  const Parts parts = rebuild.definition.objects;
  std::vector<SchemaChange::Step> steps;
  steps.push_back({sqlite_statement::create_table(rebuild.table.statement, rebuild.spare), {}});
  const Copied copied = copied_columns(rebuild);
  if (!copied.to.empty()) {
    steps.push_back({copy(rebuild, copied), sqlite_hazards(rebuild.old_parts, parts, parts)});
  }
  if (counts(rebuild.old_parts) && counts(parts)) {
    const std::string old_name = literal(unquoted(table));
    const std::string new_name = literal(unquoted(rebuild.spare));
    steps.push_back({fmt::format("UPDATE sqlite_sequence SET seq =\n"
                                 "  (SELECT max(seq) FROM sqlite_sequence WHERE name IN ({}, {}))\nWHERE name = {}",
                                 old_name, new_name, new_name),
                     {}});
  }
  steps.push_back({fmt::format("DROP TABLE {}", table),
                   copied.to.empty() ? fmt::format("loses the rows of {}", table) : losses(rebuild)});
  steps.push_back({fmt::format("ALTER TABLE {} RENAME TO {}", rebuild.spare, table), {}});
  return steps;
}

} // namespace retort
