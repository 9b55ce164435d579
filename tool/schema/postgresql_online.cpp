#include "schema/postgresql_online.hpp"

#include "schema/postgresql_definitions.hpp"
#include "schema/postgresql_fates.hpp"
#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// What a change of a needed item leaves alone, as far as an index is concerned.
bool is_ready(const Item& needed) {
  if (needed.fate == Fate::keep) {
    return true;
  }
  const bool is_altered = needed.fate == Fate::alter && needed.from != nullptr;
  return is_altered && (needed.kind() == ObjectKind::table || needed.kind() == ObjectKind::materialized_view ||
                        (needed.kind() == ObjectKind::column && !is_retyped(needed) &&
                         !differs(*needed.from, *needed.to, "generated")));
}

bool is_index(const Item& item) {
  return item.kind() == ObjectKind::index ||
         ((item.kind() == ObjectKind::primary_key || item.kind() == ObjectKind::unique) &&
          item.to->value("definition").find("WITHOUT OVERLAPS") == std::string_view::npos);
}

/// Whether rows that are there have to be read for a constraint or a column that is NOT NULL now.
bool has_to_be_validated(const Item& item) {
  switch (item.kind()) {
  case ObjectKind::check:
  case ObjectKind::foreign_key: {
    const bool was_valid = item.fate == Fate::alter && constraint_definition(item.from->value("definition")).is_valid;
    return !was_valid && !constraint_hazard(*item.to).empty();
  }
  case ObjectKind::column:
    return item.from != nullptr && item.fate != Fate::recreate && item.to->value("nullable") == "no" &&
           item.from->value("nullable") != "no" &&
           (item.to->value("identity").empty() || !item.from->value("identity").empty());
  default: return false;
  }
}

/// Whether PostgreSQL may take an old index for a foreign key that comes, as long as it is there.
bool can_be_chosen(const Items& items, const Item& index) {
  return index.from->value("definition").starts_with("CREATE UNIQUE") &&
         std::ranges::any_of(items.all(), [&](const Item& item) {
           return item.kind() == ObjectKind::foreign_key && item.comes() &&
                  std::ranges::any_of(item.to_needs, [&](std::size_t needed) {
                    return items[needed].is_whole() && (items[needed].key.object.name == index.from->owner ||
                                                        items[needed].to->owner == index.from->owner);
                  });
         });
}

Online form(const Items& items, const Item& item, const ChangeOptions& options) {
  const Object& object = item.to == nullptr ? *item.from : *item.to;
  if (owner_state(items, object) != Owner::filled) {
    return Online::no;
  }
  if (item.fate == Fate::drop) {
    return item.kind() == ObjectKind::index && !can_be_chosen(items, item) ? Online::dropped : Online::no;
  }
  if (item.fate == Fate::recreate && is_index(item)) {
    return can_be_built_first(items, item, options) ? Online::replaced : Online::no;
  }
  if (item.fate == Fate::create && is_index(item)) {
    return Online::built;
  }
  return has_to_be_validated(item) ? Online::validated : Online::no;
}

/// `numeric(10,2)` is `numeric`, 10, `,2`.
struct SizedType {
  std::string base;
  int size = 0; ///< none: 0
  std::string_view rest;
};

SizedType sized(std::string_view type) {
  const std::size_t open = type.find('(');
  if (open == std::string_view::npos) {
    return {std::string(type), 0, {}};
  }
  const std::size_t close = std::min(type.find(')', open), type.size() - 1);
  SizedType sized{fmt::format("{}{}", type.substr(0, open), type.substr(close + 1)), 0, {}};
  const char* end = std::from_chars(type.data() + open + 1, type.data() + close, sized.size).ptr;
  sized.rest = std::string_view(end, static_cast<std::size_t>(type.data() + close - end));
  return sized;
}

/// Whether each value of a type is one of the other as it stands, and PostgreSQL knows that.
bool is_wider(std::string_view from, std::string_view to) {
  const SizedType was = sized(from);
  const SizedType is = sized(to);
  const bool is_text = was.base == "text" || was.base == "character varying";
  if (is_text && (is.base == "text" || is.base == "character varying")) {
    return is.size == 0 || (was.size != 0 && was.size <= is.size);
  }
  if (was.base != is.base) {
    return from == "cidr" && to == "inet";
  }
  const bool can_grow =
      was.base == "numeric" || was.base == "bit varying" || was.base == "interval" || was.base.starts_with("time");
  return can_grow && (is.size == 0 || (was.size != 0 && was.size <= is.size && was.rest == is.rest));
}

} // namespace

Owner owner_state(const Items& items, const Object& object) {
  const auto owner = items.owner(object);
  if (!owner) {
    return Owner::filled;
  }
  const Item& item = items[*owner];
  const Object& now = item.to == nullptr ? *item.from : *item.to;
  return item.fate == Fate::create || item.fate == Fate::recreate ? Owner::created
         : now.value("partition by").empty()                      ? Owner::filled
                                                                  : Owner::partitioned;
}

bool can_be_built_first(const Items& items, const Item& index, const ChangeOptions& options) {
  return options.renames.empty() &&
         std::ranges::all_of(index.to_needs, [&](std::size_t needed) { return is_ready(items[needed]); });
}

std::vector<Online> online_forms(const Items& items, const std::vector<std::size_t>& hosts,
                                 const ChangeOptions& options) {
  std::vector<Online> forms(items.all().size(), Online::no);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const Item& item = items[i];
    const bool is_alone = hosts[going(i)] == going(i) && hosts[coming(i)] == coming(i);
    if (options.online && item.is_whole() && item.fate != Fate::keep && is_alone && !is_of_domain(item.object())) {
      forms[i] = form(items, item, options);
    }
  }
  return forms;
}

bool rewrites_table(const Object& from, const Object& to, const Retyping& retyping) {
  return !retyping.expression.empty() || (differs(from, to, "type") && !is_wider(from.value("type"), to.value("type")));
}

} // namespace retort::postgresql_change
