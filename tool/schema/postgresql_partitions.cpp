#include "schema/postgresql_partitions.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_items.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

bool is_shared(const Object& part) {
  switch (part.kind) {
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::foreign_key:
  case ObjectKind::index: return true;
  case ObjectKind::check: return !part.value("definition").ends_with(" NO INHERIT");
  default: return false;
  }
}

/// What a constraint or an index of a table says, whatever its own name and that of the table.
std::string contents(const Object& part) {
  std::string text(part.value("definition"));
  if (part.kind == ObjectKind::index) {
    text = with_name(with_name(text, unqualified(part.name), ""), qualified(part.owner), "");
    constexpr std::string_view only = "ONLY ";
    if (const std::size_t at = text.find(only); at != std::string::npos) {
      text.erase(at, only.size());
    }
  }
  return text;
}

/// The part of a table that says the same.
const Object* find_like(const Schema& schema, const Object& part, std::string_view table) {
  const auto found = std::ranges::find_if(schema.objects, [&](const Object& object) {
    return object.kind == part.kind && object.owner == table && contents(object) == contents(part);
  });
  return found == schema.objects.end() ? nullptr : &*found;
}

/// The partitioned table that it is a partition of; empty if it is none.
std::string parent(const Object& table) {
  return table.value("partition of").empty() ? std::string() : parents(table).front();
}

/// PostgreSQL names the index as the table's own would be named, which is what the other schema has if it has one.
std::string own_index_name(const Object& part, const Object& table, const Schema& to) {
  if (const Object* same = find_like(to, part, table.name)) {
    return std::string(part.kind == ObjectKind::index ? unqualified(same->name) : own_name(*same));
  }
  std::string columns;
  for (const std::string_view column : list(first_parentheses(part.value("definition")))) {
    columns += fmt::format("_{}", column);
  }
  const std::string_view name = unqualified(table.name);
  return part.kind == ObjectKind::primary_key ? with_suffix(name, "_pkey")
         : part.kind == ObjectKind::unique    ? with_suffix(name, columns + "_key")
                                              : with_suffix(name, columns + "_idx");
}

/// What a table that leaves has like a part of the partitioned one.
Object kept_part(const Object& part, const Object& table, const Schema& to) {
  Object kept = part;
  kept.owner = table.name;
  const bool has_index = part.kind != ObjectKind::check && part.kind != ObjectKind::foreign_key;
  const std::string own = has_index ? own_index_name(part, table, to) : std::string(own_name(part));
  kept.name = part.kind == ObjectKind::primary_key ? table.name
              : part.kind == ObjectKind::index
                  ? fmt::format("{}{}", table.name.substr(0, table.name.size() - unqualified(table.name).size()), own)
                  : fmt::format("{}.{}", table.name, own);
  std::erase_if(kept.attributes, [](const Attribute& attribute) { return attribute.name == "comment"; });
  for (Attribute& attribute : kept.attributes) {
    if (attribute.name == "name") {
      attribute.value = own;
    } else if (attribute.name == "definition" && part.kind == ObjectKind::index) {
      const std::string named = with_name(attribute.value, unqualified(part.name), own);
      attribute.value = with_name(named, fmt::format("ONLY {}", qualified(part.owner)), qualified(table.name));
    }
  }
  for (ObjectKey& key : kept.needs) {
    if (key.name == part.owner) {
      key.name = table.name;
    } else if (key.kind == ObjectKind::column && key.name.starts_with(part.owner + ".")) {
      key.name = table.name + key.name.substr(part.owner.size());
    }
  }
  return kept;
}

/// A table of both schemas that is another partition in the other one, or none.
struct Move {
  std::string table;
  std::string from; ///< the partitioned table; empty if it is none's
  std::string to;
};

std::vector<Move> moves(const Schema& from, const Schema& to) {
  std::map<std::string_view, const Object*> tables;
  for (const Object& object : to.objects) {
    if (object.kind == ObjectKind::table) {
      tables.emplace(object.name, &object);
    }
  }
  std::vector<Move> moves;
  for (const Object& object : from.objects) {
    const auto next = object.kind == ObjectKind::table ? tables.find(object.name) : tables.end();
    if (next != tables.end() && next->second->value("partition of") != object.value("partition of")) {
      moves.push_back({object.name, parent(object), parent(*next->second)});
    }
  }
  return moves;
}

void add_kept_parts(Schema& from, const Schema& to, const Move& move) {
  const Object table{ObjectKind::table, move.table, {}, {}};
  std::vector<Object> kept;
  for (const Object& part : from.objects) {
    if (part.owner == move.from && is_shared(part)) {
      kept.push_back(kept_part(part, table, to));
    }
  }
  std::ranges::move(kept, std::back_inserter(from.objects));
}

void leave_out_shared_parts(Schema& from, const Schema& to, const Move& move) {
  const Schema before = from;
  std::erase_if(from.objects, [&](const Object& part) {
    return part.owner == move.table && is_shared(part) && find_like(before, part, move.to) != nullptr &&
           find_like(to, part, move.to) != nullptr && find_like(to, part, part.owner) == nullptr;
  });
}

} // namespace

void foresee_partitions(Schema& from, const Schema& to) {
  for (const Move& move : moves(from, to)) {
    if (!move.from.empty() && move.from != move.to) {
      add_kept_parts(from, to, move);
    }
    if (!move.to.empty()) {
      leave_out_shared_parts(from, to, move);
    }
  }
}

} // namespace retort::postgresql_change
