#include "schema/postgresql_ddl.hpp"
#include "schema/postgresql_names.hpp"
#include "schema/postgresql_retype.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort::postgresql_change {
namespace {

using namespace postgresql_names;

/// `GENERATED ALWAYS AS (a + b) STORED` of `(a + b) stored`.
std::string generated(std::string_view value) {
  const std::size_t space = value.rfind(' ');
  return fmt::format("GENERATED ALWAYS AS {} {}", parenthesized(value.substr(0, space)),
                     value.substr(space + 1) == "stored" ? "STORED" : "VIRTUAL");
}

std::string_view identity_mode(std::string_view identity) {
  return identity.starts_with("always") ? "ALWAYS" : "BY DEFAULT";
}

std::string collated(const Object& column) {
  const std::string_view collation = column.value("collation");
  return fmt::format("{}{}{}", column.value("type"), collation.empty() ? "" : " COLLATE ", collation);
}

std::string filled_constraint(const Object& column) { return with_suffix(own_name(column), "_filled"); }

std::string null_hazard(const Object& column) { return fmt::format("fails where {} is NULL", column.name); }

bool is_filled(std::string_view nullable) { return nullable.starts_with("no"); }

std::string with_column(std::string text, std::string_view column) {
  constexpr std::string_view place = "{}";
  for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += column.size()) {
    text.replace(at, place.size(), column);
  }
  return text;
}

/// Of a type that can have another one. `SET STORAGE DEFAULT` is not in PostgreSQL 15.
std::string_view usual_storage(std::string_view type) {
  const std::string_view base = type.substr(0, type.find('('));
  return base == "numeric" || base == "inet" || base == "cidr" ? "main" : base == "tsquery" ? "plain" : "extended";
}

/// Makes the changes that `ALTER TABLE x ALTER COLUMN y` begins.
class ColumnChange {
public:
  ColumnChange(const Object& from, const Object& to, const Style& style)
      : from_(from), to_(to), style_(style), name_(own_name(to)), table_(alter_owner(to)) {}

  void change_before_type() {
    if (!from_.value("identity").empty() && to_.value("identity").empty()) {
      add("DROP IDENTITY", is_counted_on() ? "" : fmt::format("loses the sequence behind {}", to_.name));
    }
    if (!from_.value("generated").empty() && to_.value("generated").empty()) {
      add("DROP EXPRESSION");
    }
    if (differs("nullable") && is_filled(from_.value("nullable")) && !is_validated_later()) {
      add("DROP NOT NULL");
    }
  }

  void change_type(const Retyping& change) {
    if (differs("type") || differs("collation") || !change.expression.empty()) {
      const std::string expression = with_column(change.expression, name_);
      add(fmt::format("TYPE {}{}{}", collated(to_), expression.empty() ? "" : " USING ", expression),
          with_column(change.hazard, to_.name));
    }
  }

  void change_nullability() {
    const std::string_view nullable = to_.value("nullable");
    if (!differs("nullable") || !is_filled(nullable)) {
      return;
    }
    if (nullable == "no (not valid)") {
      steps_.push_back({fmt::format("{} ADD NOT NULL {} NOT VALID", table_, name_), {}});
    } else if (nullable == "no (not inherited)") {
      steps_.push_back({fmt::format("{} ADD NOT NULL {} NO INHERIT", table_, name_), null_hazard(to_)});
    } else if (style_.online == Online::validated) {
      // A constraint that is known to hold saves PostgreSQL from reading the table while nobody can use it.
      steps_.push_back(
          {fmt::format("{} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", table_, filled_constraint(to_), name_),
           {}});
    } else {
      add("SET NOT NULL", null_hazard(to_));
    }
  }

  void change_identity() {
    const std::string_view was = from_.value("identity");
    const std::string_view is = to_.value("identity");
    if (was == is || is.empty()) {
      return;
    }
    if (was.empty()) {
      add(fmt::format("ADD GENERATED {} AS IDENTITY{}", identity_mode(is), identity_options(is)),
          is_counted_on() ? "" : fmt::format("starts {} anew", to_.name));
      return;
    }
    if (identity_mode(was) != identity_mode(is)) {
      add(fmt::format("SET GENERATED {}", identity_mode(is)));
    }
    if (identity_options(was) != identity_options(is)) {
      raise_identity(counted(was, "minimum"), counted(is, "minimum"), counted(is, "start"));
      add(identity_settings(is));
    }
  }

  void change_after_type() {
    change_nullability();
    change_identity();
    change_rest();
  }

  void change_rest() {
    if (differs("storage")) {
      const std::string_view storage = to_.value("storage");
      add(fmt::format("SET STORAGE {}", storage.empty() ? usual_storage(to_.value("type")) : storage));
    }
    if (differs("compression")) {
      const std::string_view compression = to_.value("compression");
      add(fmt::format("SET COMPRESSION {}", compression.empty() ? "default" : compression));
    }
    if (differs("statistics")) {
      const std::string_view statistics = to_.value("statistics");
      add(fmt::format("SET STATISTICS {}", statistics.empty() ? "-1" : statistics));
    }
    append(steps_,
           set_options(fmt::format("{} ALTER COLUMN {}", table_, name_), from_.value("options"), to_.value("options")));
    append(steps_, comment(from_, to_));
  }

  Steps take() { return std::move(steps_); }

private:
  bool differs(std::string_view attribute) const { return from_.value(attribute) != to_.value(attribute); }

  bool is_counted_on() const { return style_.position == Position::handed_over; }

  /// Whether SET NOT NULL makes an existing constraint one that holds for all rows.
  bool is_validated_later() const {
    return from_.value("nullable") == "no (not valid)" && to_.value("nullable") == "no";
  }

  void add(std::string_view action, std::string hazard = {}) {
    steps_.push_back({fmt::format("{} ALTER COLUMN {} {}", table_, name_, action), std::move(hazard)});
  }

  /// What it has counted stays, but it may not have come as far as it has to begin now.
  void raise_identity(std::int64_t old_minimum, std::int64_t minimum, std::int64_t start) {
    if (minimum <= old_minimum || minimum <= 1) {
      return;
    }
    const std::string column = unquoted(name_);
    steps_.push_back({fmt::format("SELECT pg_catalog.setval(s::regclass, {}, false)\n"
                                  "  FROM pg_catalog.pg_get_serial_sequence({}, {}) s\n"
                                  "  WHERE coalesce(pg_catalog.pg_sequence_last_value(s::regclass), 0) < {}",
                                  start, literal(qualified(to_.owner)), literal(column), minimum),
                      {}});
  }

  /// 1 where it goes without saying.
  static std::int64_t counted(std::string_view identity, std::string_view word) {
    const std::size_t at = identity.find(word);
    return at == std::string_view::npos ? 1 : std::stoll(std::string(identity.substr(at + word.size())));
  }

  static std::string unquoted(std::string_view name) {
    std::string text(name.substr(name.starts_with('"') ? 1 : 0));
    if (name.starts_with('"')) {
      text.pop_back();
    }
    for (std::size_t at = 0; (at = text.find("\"\"", at)) != std::string::npos; ++at) {
      text.erase(at, 1);
    }
    return text;
  }

  static std::string identity_settings(std::string_view identity) {
    std::string options = identity_options(identity);
    if (options.empty()) {
      return "SET START WITH 1 SET INCREMENT BY 1 SET MINVALUE 1 SET NO MAXVALUE SET CACHE 1 SET NO CYCLE";
    }
    options = options.substr(2, options.size() - 3);
    for (const std::string_view word : {"INCREMENT", "MINVALUE", "MAXVALUE", "CACHE", "CYCLE"}) {
      if (const std::size_t at = options.find(word); at != std::string::npos) {
        options.insert(at, "SET ");
      }
    }
    return fmt::format("SET {}{}", options, options.ends_with("CYCLE") ? "" : " SET NO CYCLE");
  }

  const Object& from_;
  const Object& to_;
  const Style& style_;
  std::string_view name_;
  std::string table_;
  Steps steps_;
};

std::string not_null(std::string_view nullable) {
  return nullable == "no (not inherited)" ? " NOT NULL NO INHERIT" : nullable == "no" ? " NOT NULL" : "";
}

} // namespace

std::string column_definition(const Object& column) {
  std::string text = fmt::format("{} {}{}", own_name(column), collated(column), not_null(column.value("nullable")));
  if (const std::string_view value = column.value("default"); !value.empty()) {
    text += fmt::format(" DEFAULT {}", value);
  }
  if (const std::string_view value = column.value("generated"); !value.empty()) {
    text += fmt::format(" {}", generated(value));
  }
  if (const std::string_view value = column.value("identity"); !value.empty()) {
    text += fmt::format(" GENERATED {} AS IDENTITY{}", identity_mode(value), identity_options(value));
  }
  return text;
}

Steps column_extras(const Object& from, const Object& to) {
  ColumnChange change(from, to, {});
  change.change_rest();
  Steps steps;
  if (to.value("nullable") == "no (not valid)" && from.value("nullable").empty()) {
    steps.push_back({fmt::format("{} ADD NOT NULL {} NOT VALID", alter_owner(to), own_name(to)), {}});
  }
  append(steps, change.take());
  return steps;
}

Steps add_column(const Object& column, const Style& style) {
  const bool is_empty =
      column.value("default").empty() && column.value("generated").empty() && column.value("identity").empty();
  const bool fails = is_empty && column.value("nullable").starts_with("no") && style.owner != Owner::created &&
                     column.value("nullable") != "no (not valid)";
  Steps steps{
      {fmt::format("{} ADD COLUMN {}", alter_owner(column), column_definition(column)),
       fails ? fmt::format("fails where {} has rows: {} is NOT NULL and has no default", column.owner, own_name(column))
             : ""}};
  append(steps, column_extras(bare(column), column));
  return steps;
}

Steps alter_column(const Object& from, const Object& to, const Retyping& retyping, const Style& style) {
  ColumnChange change(from, to, style);
  change.change_before_type();
  change.change_type(retyping);
  change.change_after_type();
  return change.take();
}

Steps validate_not_null(const Object& column) {
  const std::string table = alter_owner(column);
  const std::string constraint = filled_constraint(column);
  return {{fmt::format("{} VALIDATE CONSTRAINT {}", table, constraint), null_hazard(column), false},
          {fmt::format("{} ALTER COLUMN {} SET NOT NULL", table, own_name(column)), {}},
          {fmt::format("{} DROP CONSTRAINT {}", table, constraint), {}}};
}

Steps park_column(const Object& column) {
  const std::string_view name = own_name(column);
  return {{fmt::format("{0} ALTER COLUMN {1} TYPE text USING {1}::text", alter_owner(column), name), {}}};
}

Steps set_default(const Object& owner) {
  const std::string_view value = owner.value("default");
  return {{owner.kind == ObjectKind::domain
               ? fmt::format("ALTER DOMAIN {} SET DEFAULT {}", qualified(owner.name), value)
               : fmt::format("{} ALTER COLUMN {} SET DEFAULT {}", alter_owner(owner), own_name(owner), value),
           {}}};
}

Steps drop_default(const Object& owner) {
  return {{owner.kind == ObjectKind::domain
               ? fmt::format("ALTER DOMAIN {} DROP DEFAULT", qualified(owner.name))
               : fmt::format("{} ALTER COLUMN {} DROP DEFAULT", alter_owner(owner), own_name(owner)),
           {}}};
}

} // namespace retort::postgresql_change
