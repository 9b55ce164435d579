#include "schema/kept_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace retort {
namespace {

/// The name of a column without its table's.
std::string own_name(const Object& column) { return column.name.substr(column.owner.size() + 1); }

std::string renamed(const std::vector<Rename>& renames, ObjectKind kind, const std::string& name) {
  const auto found =
      std::ranges::find_if(renames, [&](const Rename& rename) { return rename.kind == kind && rename.from == name; });
  return found == renames.end() ? name : found->to;
}

bool is_name_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// Whether the name stands in the text, and not as a part of another one.
bool names(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_name_part(text[at - 1])) && (end == text.size() || !is_name_part(text[end]))) {
      return true;
    }
  }
  return false;
}

/// Whether one of the hazards of a step, joined by `; `, is that something of that name is lost.
bool is_lost(std::string_view hazard, std::string_view name) {
  constexpr std::string_view between = "; ";
  while (!hazard.empty()) {
    const std::string_view one = hazard.substr(0, hazard.find(between));
    const bool is_of_rows =
        !one.starts_with("fails") && one.find(" counter of ") == one.npos && one.find(" rowids of ") == one.npos;
    if (is_of_rows && names(one, name)) {
      return true;
    }
    hazard.remove_prefix(std::min(one.size() + between.size(), hazard.size()));
  }
  return false;
}

std::string rows(const TestDatabase& database, const std::string& table, const std::vector<std::string>& columns) {
  const bool is_sqlite = database.parsed_url().dialect == Dialect::sqlite;
  std::string values;
  std::string order;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    values += i > 0 ? ", " : "";
    values += is_sqlite ? fmt::format("quote({})", columns[i]) : fmt::format("quote_nullable({}::text)", columns[i]);
    order += fmt::format("{}{}", i > 0 ? ", " : "", i + 1);
  }
  return database.run(fmt::format("SELECT {} FROM {} ORDER BY {}", values, table, order));
}

} // namespace

KeptRows::KeptRows(const Schema& from, const Schema& to, const std::vector<Rename>& renames,
                   const std::vector<std::string>& hazards) {
  const auto is_named = [&](const std::string& name) {
    return std::ranges::any_of(hazards, [&](std::string_view hazard) { return is_lost(hazard, name); });
  };
  std::map<std::string, Table> tables;
  for (const Object& object : from.objects) {
    if (object.kind == ObjectKind::table && !is_named(object.name)) {
      tables[object.name] = {object.name, renamed(renames, ObjectKind::table, object.name), {}, {}};
    }
  }
  for (const Object& object : from.objects) {
    const auto table = tables.find(object.owner);
    if (object.kind != ObjectKind::column || table == tables.end() || is_named(object.name)) {
      continue;
    }
    const std::string moved = fmt::format("{}.{}", table->second.to, own_name(object));
    const std::string given = renamed(renames, ObjectKind::column, object.name);
    const std::string& name = given == object.name ? moved : given;
    const bool gives_way = given == object.name && std::ranges::find(renames, name, &Rename::to) != renames.end();
    const auto column = std::ranges::find_if(
        to.objects, [&](const Object& one) { return one.kind == ObjectKind::column && one.name == name; });
    if (!gives_way && column != to.objects.end() && !is_named(column->name) &&
        (object.value("generated").empty() || column->value("generated").empty())) {
      table->second.from_columns.push_back(own_name(object));
      table->second.to_columns.push_back(own_name(*column));
    }
  }
  for (auto& [name, table] : tables) {
    if (!table.from_columns.empty()) {
      tables_.push_back(std::move(table));
    }
  }
}

std::string KeptRows::before(const TestDatabase& database) const {
  std::string out;
  for (const Table& table : tables_) {
    out += fmt::format("{}:\n{}", table.from, rows(database, table.from, table.from_columns));
  }
  return out;
}

std::string KeptRows::after(const TestDatabase& database) const {
  std::string out;
  for (const Table& table : tables_) {
    out += fmt::format("{}:\n{}", table.from, rows(database, table.to, table.to_columns));
  }
  return out;
}

} // namespace retort
