#include "schema/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>

namespace retort {
namespace {

using Change = Difference::Change;

/// The objects of one kind and name: one, but for constraints without a name that say the same thing twice.
using Namesakes = std::span<const Object>;

Namesakes first_namesakes(std::span<const Object> objects) {
  std::size_t size = 0;
  while (size < objects.size() && objects[size].kind == objects[0].kind && objects[size].name == objects[0].name) {
    ++size;
  }
  return objects.first(size);
}

std::vector<const Object*> without(Namesakes objects, Namesakes others) {
  std::vector<const Object*> left;
  std::set<const Object*> taken;
  for (const Object& object : objects) {
    const auto same =
        std::ranges::find_if(others, [&](const Object& other) { return other == object && !taken.contains(&other); });
    if (same == others.end()) {
      left.push_back(&object);
    } else {
      taken.insert(&*same);
    }
  }
  return left;
}

/// Whether the attribute stands further on: then another one, which is absent here, comes first.
bool has(std::span<const Attribute> attributes, std::string_view name) {
  return std::ranges::find(attributes, name, &Attribute::name) != attributes.end();
}

std::vector<Difference::Value> different_values(const Object& from, const Object& to) {
  std::vector<Difference::Value> values;
  std::span<const Attribute> old_rest = from.attributes;
  std::span<const Attribute> new_rest = to.attributes;
  while (!old_rest.empty() || !new_rest.empty()) {
    const bool is_old = !old_rest.empty() &&
                        (new_rest.empty() || !has(new_rest, old_rest[0].name) || old_rest[0].name == new_rest[0].name);
    const std::string_view attribute = is_old ? old_rest[0].name : new_rest[0].name;
    const auto take = [&](std::span<const Attribute>& rest) {
      std::string value;
      if (!rest.empty() && rest[0].name == attribute) {
        value = rest[0].value;
        rest = rest.subspan(1);
      }
      return value;
    };
    std::string old_value = take(old_rest);
    std::string new_value = take(new_rest);
    if (old_value != new_value) {
      values.push_back({attribute, std::move(old_value), std::move(new_value)});
    }
  }
  return values;
}

/// Counts the columns of each table that both schemas have: a column that comes or goes moves no other one.
class ColumnRanks {
public:
  ColumnRanks(const Schema& from, const Schema& to)
      : from_(ranks(from, positions(to))), to_(ranks(to, positions(from))) {}

  bool has_moved(const std::string& column) const { return from_.at(column) != to_.at(column); }

private:
  using Positions = std::map<std::string_view, std::size_t>; // by the columns' names

  static Positions positions(const Schema& schema) {
    Positions positions;
    for (const Object& object : schema.objects) {
      if (object.kind == ObjectKind::column) {
        positions[object.name] = std::stoul(std::string(object.value("position")));
      }
    }
    return positions;
  }

  static Positions ranks(const Schema& schema, const Positions& others) {
    std::map<std::string_view, std::map<std::size_t, std::string_view>> tables;
    const Positions own = positions(schema);
    for (const Object& object : schema.objects) {
      if (object.kind == ObjectKind::column && others.contains(object.name)) {
        tables[object.owner][own.at(object.name)] = object.name;
      }
    }
    Positions ranks;
    for (const auto& [table, columns] : tables) {
      std::size_t rank = 0;
      for (const auto& [position, column] : columns) {
        ranks[column] = ++rank;
      }
    }
    return ranks;
  }

  Positions from_;
  Positions to_;
};

class Comparison {
public:
  Comparison(const Schema& from, const Schema& to, ColumnOrder order) : from_(from), to_(to), order_(order) {}

  void compare(Namesakes from, Namesakes to) {
    const std::vector<const Object*> old_objects = without(from, to);
    const std::vector<const Object*> new_objects = without(to, from);
    const std::size_t both = std::min(old_objects.size(), new_objects.size());
    for (std::size_t i = 0; i < both; ++i) {
      add_altered(*old_objects[i], *new_objects[i]);
    }
    for (std::size_t i = both; i < old_objects.size(); ++i) {
      add(Change::removed, *old_objects[i]);
    }
    for (std::size_t i = both; i < new_objects.size(); ++i) {
      add(Change::added, *new_objects[i]);
    }
  }

  std::vector<Difference> take() {
    std::set<std::pair<Change, std::string>> wholes;
    for (const Difference& difference : differences_) {
      if (difference.owner.empty() && difference.change != Change::altered) {
        wholes.emplace(difference.change, difference.name);
      }
    }
    std::erase_if(differences_, [&](const Difference& difference) {
      return !difference.owner.empty() && wholes.contains({difference.change, difference.owner});
    });
    return std::move(differences_);
  }

private:
  void add(Change change, const Object& object) {
    differences_.push_back({change, object.kind, object.name, object.owner, {}});
  }

  void add_altered(const Object& from, const Object& to) {
    std::vector<Difference::Value> values = different_values(from, to);
    if (from.kind == ObjectKind::column) {
      std::erase_if(values, [&](const Difference::Value& value) {
        return value.attribute == "position" && (order_ == ColumnOrder::ignored || !ranks().has_moved(from.name));
      });
    }
    if (!values.empty()) {
      add(Change::altered, from);
      differences_.back().values = std::move(values);
    }
  }

  const ColumnRanks& ranks() {
    if (!ranks_) {
      ranks_.emplace(from_, to_);
    }
    return *ranks_;
  }

  const Schema& from_;
  const Schema& to_;
  ColumnOrder order_;
  std::optional<ColumnRanks> ranks_; // once it is needed
  std::vector<Difference> differences_;
};

struct Pair {
  std::string_view from;
  std::string_view to;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// Takes off the lines that both begin with, and what follows the next one; returns that one's number.
std::size_t cut_to_line(Pair& texts) {
  const auto line_of = [](std::string_view text) { return text.substr(0, text.find('\n')); };
  const auto skip = [](std::string_view& text, std::size_t line) {
    text.remove_prefix(std::min(line + 1, text.size()));
  };
  std::size_t number = 1;
  for (Pair line{line_of(texts.from), line_of(texts.to)}; line.from == line.to; ++number) {
    skip(texts.from, line.from.size());
    skip(texts.to, line.to.size());
    line = {line_of(texts.from), line_of(texts.to)};
  }
  texts = {line_of(texts.from), line_of(texts.to)};
  return number;
}

/// As much of a long value as shows where it is different from another.
std::string excerpt(std::string_view text, std::string_view other) {
  constexpr std::size_t longest = 200;
  constexpr std::size_t before = 60;
  if (text.size() <= longest) {
    return text.empty() ? "none" : std::string(text);
  }
  const std::size_t same = static_cast<std::size_t>(std::ranges::mismatch(text, other).in1 - text.begin());
  std::size_t begin = same > before ? text.find(' ', same - before) + 1 : 0;
  begin = begin > same ? 0 : begin;
  const std::size_t end = std::min(text.find(' ', std::min(same + longest - before, text.size())), text.size());
  return fmt::format("{}{}{}", begin > 0 ? "… " : "", text.substr(begin, end - begin), end < text.size() ? " …" : "");
}

std::string describe(const Difference::Value& value) {
  Pair texts{value.from, value.to};
  std::string place;
  if (value.from.find('\n') != std::string::npos && value.to.find('\n') != std::string::npos) {
    place = fmt::format(", line {},", cut_to_line(texts));
  }
  if (trimmed(texts.from) == trimmed(texts.to)) {
    return fmt::format("{}{} has other white space", value.attribute, place);
  }
  texts = {trimmed(texts.from), trimmed(texts.to)};
  return fmt::format("{}{} is {} instead of {}", value.attribute, place, excerpt(texts.to, texts.from),
                     excerpt(texts.from, texts.to));
}

std::string called(const Difference& difference) {
  return fmt::format("{}{} {}", name(difference.kind), difference.kind == ObjectKind::primary_key ? " of" : "",
                     difference.name);
}

} // namespace

std::vector<Difference> compare(const Schema& from, const Schema& to, ColumnOrder order) {
  Comparison comparison(from, to, order);
  std::span<const Object> old_rest = from.objects;
  std::span<const Object> new_rest = to.objects;
  while (!old_rest.empty() || !new_rest.empty()) {
    Namesakes old_objects = old_rest.empty() ? old_rest : first_namesakes(old_rest);
    Namesakes new_objects = new_rest.empty() ? new_rest : first_namesakes(new_rest);
    if (!old_objects.empty() && !new_objects.empty()) {
      const auto order =
          std::tie(old_objects[0].kind, old_objects[0].name) <=> std::tie(new_objects[0].kind, new_objects[0].name);
      old_objects = order > 0 ? Namesakes() : old_objects;
      new_objects = order < 0 ? Namesakes() : new_objects;
    }
    comparison.compare(old_objects, new_objects);
    old_rest = old_rest.subspan(old_objects.size());
    new_rest = new_rest.subspan(new_objects.size());
  }
  return comparison.take();
}

std::string summary(const Difference& difference) {
  switch (difference.change) {
  case Change::added: return fmt::format("+ {}", called(difference));
  case Change::removed: return fmt::format("- {}", called(difference));
  case Change::altered: break;
  }
  return fmt::format("~ {}", describe(difference));
}

std::string describe(const Difference& difference) {
  const std::string what = called(difference);
  switch (difference.change) {
  case Change::added: return fmt::format("{} is extra", what);
  case Change::removed: return fmt::format("{} is missing", what);
  case Change::altered: break;
  }
  std::string values;
  for (const Difference::Value& value : difference.values) {
    values += fmt::format("{}{}", values.empty() ? "" : "; ", describe(value));
  }
  return fmt::format("{}: {}", what, values);
}

} // namespace retort
