#include "cli/renames.hpp"

#include "cli/question.hpp"
#include "schema/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

namespace retort {
namespace {

const Object& find(const Schema& schema, ObjectKind kind, std::string_view name) {
  return *std::ranges::find_if(schema.objects,
                               [&](const Object& object) { return object.kind == kind && object.name == name; });
}

/// The names of a table's columns, without the table's.
std::set<std::string> columns_of(const Schema& schema, const std::string& table) {
  std::set<std::string> columns;
  for (const Object& object : schema.objects) {
    if (object.kind == ObjectKind::column && object.owner == table) {
      columns.insert(object.name.substr(table.size()));
    }
  }
  return columns;
}

bool share_a_column(const Schema& from, const std::string& old_table, const Schema& to, const std::string& new_table) {
  const std::set<std::string> others = columns_of(to, new_table);
  return std::ranges::any_of(columns_of(from, old_table), [&](const auto& column) { return others.contains(column); });
}

class Questions {
public:
  Questions(const Schema& from, const Schema& to, std::vector<Rename>& renames)
      : from_(from), to_(to), renames_(renames) {}

  void ask(ObjectKind kind) {
    const std::vector<Difference> differences = compare(from_, to_, ColumnOrder::ignored);
    for (const Difference& gone : differences) {
      if (gone.kind != kind || gone.change != Difference::Change::removed ||
          is_renamed(&Rename::from, kind, gone.name)) {
        continue;
      }
      for (const Difference& come : differences) {
        if (come.kind == kind && come.change == Difference::Change::added &&
            !is_renamed(&Rename::to, kind, come.name) && may_be(gone, come) &&
            confirm(fmt::format("Is the {} {} now {}?", name(kind), gone.name, come.name))) {
          renames_.push_back({kind, gone.name, come.name});
          break;
        }
      }
    }
  }

private:
  bool is_renamed(std::string Rename::*end, ObjectKind kind, const std::string& name) const {
    return std::ranges::any_of(renames_,
                               [&](const Rename& rename) { return rename.kind == kind && rename.*end == name; });
  }

  bool may_be(const Difference& gone, const Difference& come) const {
    if (gone.kind == ObjectKind::table) {
      return share_a_column(from_, gone.name, to_, come.name);
    }
    return gone.owner == come.owner &&
           find(from_, gone.kind, gone.name).value("type") == find(to_, come.kind, come.name).value("type");
  }

  const Schema& from_;
  const Schema& to_;
  std::vector<Rename>& renames_;
};

} // namespace

void ask_for_renames(const Context& context, const Schema& from, const Schema& to, std::vector<Rename>& renames) {
  if (!can_ask(context)) {
    return;
  }
  Questions questions(from, to, renames);
  questions.ask(ObjectKind::table);
  questions.ask(ObjectKind::column);
}

} // namespace retort
