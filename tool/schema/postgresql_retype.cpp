#include "schema/postgresql_retype.hpp"

#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace retort::postgresql_change {
namespace {

enum class Family { text, number, time, bits, other };

/// `numeric(10,2)` is `numeric`, 10, 2.
struct Type {
  std::string base;
  std::optional<int> size; ///< characters or digits
  int scale = 0;
  Family family = Family::other;
};

/// The casts that stand in the expression, and Retyping::hazard.
struct Conversion {
  std::vector<std::string> casts;
  std::string hazard;
};

constexpr std::array texts = {"text", "character varying", "character", "name"};
constexpr std::array numbers = {"smallint", "integer", "bigint", "numeric", "real", "double precision", "money"};
constexpr std::array times = {"date",
                              "timestamp without time zone",
                              "timestamp with time zone",
                              "time without time zone",
                              "time with time zone",
                              "interval"};
constexpr std::array bits = {"bit", "bit varying"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Family family(std::string_view base) {
  return contains(texts, base)                                    ? Family::text
         : contains(numbers, base)                                ? Family::number
         : contains(times, base) || base.starts_with("interval ") ? Family::time
         : contains(bits, base)                                   ? Family::bits
                                                                  : Family::other;
}

Type type_of(std::string_view text) {
  Type type{std::string(text), {}};
  if (const std::size_t open = postgresql_names::find_plain(text, "("); open != std::string_view::npos) {
    const std::size_t close = text.find(')', open);
    type.base = fmt::format("{}{}", text.substr(0, open), text.substr(std::min(close + 1, text.size())));
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    int size = 0;
    const char* end = std::from_chars(inside.data(), inside.data() + inside.size(), size).ptr;
    if (end < inside.data() + inside.size()) {
      std::from_chars(end + 1, inside.data() + inside.size(), type.scale);
    }
    type.size = size;
  }
  type.family = family(type.base);
  if (type.base == "money") {
    constexpr int digits = 19;
    type.size = digits;
    type.scale = 2;
  }
  return type;
}

bool is_array(std::string_view type) { return type.ends_with("[]"); }
std::string_view element(std::string_view array) { return array.substr(0, array.size() - 2); }

/// The type without a size to which a cast would cut values.
std::string unlimited(std::string_view type) {
  if (is_array(type)) {
    return fmt::format("{}[]", unlimited(element(type)));
  }
  const std::string base = type_of(type).base;
  return base == "bit" ? "bit varying" : base == "character" ? "text" : base;
}

std::string joined(std::string hazard, std::string_view more) {
  return hazard.empty() || more.empty() ? fmt::format("{}{}", hazard, more) : fmt::format("{}; {}", hazard, more);
}

std::string_view display(std::string_view type) { return postgresql_names::unqualified(type); }

std::string misfit(std::string_view type) { return fmt::format("fails where a value of {{}} is no {}", display(type)); }

constexpr std::string_view out_of_range = "fails where a value of {} is out of range";
constexpr std::string_view rounded = "rounds values of {}";
constexpr std::string_view longer = "fails where a value of {} is longer";
constexpr std::string_view cut = "cuts longer values of {}";
constexpr std::string_view unordered = "loses the order of keys, and keys that are there twice, in {}";

/// Digits before the point; nothing if there is no limit that matters here.
std::optional<int> whole_digits(const Type& type) {
  if (type.base == "numeric" || type.base == "money") {
    return type.size ? std::optional(*type.size - type.scale) : std::nullopt;
  }
  constexpr int smallint_digits = 5;
  constexpr int integer_digits = 10;
  constexpr int bigint_digits = 19;
  return type.base == "smallint"  ? std::optional(smallint_digits)
         : type.base == "integer" ? std::optional(integer_digits)
         : type.base == "bigint"  ? std::optional(bigint_digits)
                                  : std::nullopt;
}

bool is_integer(const Type& type) { return type.base.ends_with("int") || type.base == "integer"; }
bool is_float(const Type& type) { return type.base == "real" || type.base == "double precision"; }

std::string number_hazard(const Type& from, const Type& to) {
  const std::string rounded_out_of_range = fmt::format("{}; fails where one is out of range", rounded);
  if (is_float(to)) {
    const bool is_exact =
        (from.base == "real") || (to.base == "double precision" && is_integer(from) && from.base != "bigint");
    return is_exact ? "" : from.base == "double precision" ? rounded_out_of_range : std::string(rounded);
  }
  const auto before = whole_digits(from);
  const auto after = whole_digits(to);
  const bool fits = !after || (before && *before <= *after);
  const bool is_whole = is_integer(from) || (!is_float(from) && from.size && from.scale == 0);
  const bool keeps_fraction = is_whole || (to.base == "numeric" && !to.size) ||
                              (!is_float(from) && from.size && !is_integer(to) && from.scale <= to.scale);
  return std::string(fits ? (keeps_fraction ? "" : rounded) : keeps_fraction ? out_of_range : rounded_out_of_range);
}

Conversion between_numbers(const Type& from, const Type& to) {
  const bool is_money = (from.base == "money") != (to.base == "money");
  return {is_money ? std::vector<std::string>{"numeric"} : std::vector<std::string>(), number_hazard(from, to)};
}

std::string_view text_hazard(const Type& from, const Type& to) {
  if (to.base == "name") {
    constexpr int surely_fitting = 15; // characters, each of up to four bytes
    return from.family == Family::text && from.size && *from.size <= surely_fitting ? "" : cut;
  }
  const bool is_limited = (to.base == "character varying" && to.size) || to.base == "character";
  const bool fits =
      from.family == Family::text && from.base != "name" && from.size && to.size && *from.size <= *to.size;
  return is_limited && !fits ? longer : "";
}

std::string_view bits_hazard(const Type& from, const Type& to) {
  if (to.base == "bit") {
    return from.base == to.base && from.size == to.size ? "" : "fails where a value of {} has another length";
  }
  return !to.size || (from.size && *from.size <= *to.size) ? "" : longer;
}

bool is_interval(const Type& type) { return type.base.starts_with("interval"); }

/// Whether PostgreSQL assigns values of the one to columns of the other.
bool is_assignable_time(const Type& from, const Type& to) {
  const bool is_time_only = from.base.starts_with("time ");
  const bool becomes_time_only = to.base.starts_with("time ");
  if (is_interval(to)) {
    return is_interval(from) || from.base == "time without time zone";
  }
  if (is_interval(from) || (from.base == "timestamp without time zone" && to.base == "time with time zone")) {
    return to.base == "time without time zone";
  }
  return is_time_only ? becomes_time_only : !becomes_time_only || from.base != "date";
}

std::string time_hazard(const Type& from, const Type& to) {
  const auto has_date = [](const Type& type) { return type.base == "date" || type.base.starts_with("timestamp"); };
  const auto has_zone = [](const Type& type) { return type.base.ends_with(" with time zone"); };
  const bool loses_date = has_date(from) && !has_date(to);
  const bool loses_time = from.base.starts_with("timestamp") && to.base == "date";
  const bool loses_zone = from.base == "time with time zone" && to.base == "time without time zone";
  const bool loses_parts = is_interval(to) && to.base != "interval" && to.base != from.base;
  const std::string_view lost = loses_date                              ? "loses the date of {}"
                                : loses_time                            ? "loses the time of day of {}"
                                : loses_zone                            ? "loses the time zone of {}"
                                : is_interval(from) && !is_interval(to) ? "loses the days of {}"
                                : loses_parts                           ? "loses parts of {}"
                                                                        : "";
  const bool is_zoned = !is_interval(to) && !loses_zone && has_zone(from) != has_zone(to);
  constexpr int most_digits = 6;
  const bool is_rounded = from.base != "date" && to.size && *to.size < from.size.value_or(most_digits);
  std::string hazard(lost);
  if (is_zoned) {
    hazard = joined(hazard, hazard.empty() ? "takes {} as of the session's time zone"
                                           : "takes it as of the session's time zone");
  }
  return is_rounded ? joined(hazard, hazard.empty() ? rounded : "rounds its values") : hazard;
}

/// What a text says may be more than the type keeps.
std::string hazard_of_reading(const Type& to, std::string_view type) {
  const bool is_rounded = is_float(to) || (to.family == Family::number && to.size);
  const std::string_view change = to.family == Family::time ? "may change values of {}"
                                  : is_rounded              ? rounded
                                  : type == "jsonb"         ? unordered
                                                            : "";
  return change.empty() ? misfit(type) : fmt::format("{}; fails where one is no {}", change, display(type));
}

Conversion conversion(std::string_view from, std::string_view to) {
  const Type old_type = type_of(from);
  const Type new_type = type_of(to);
  if (from == to) {
    return {};
  }
  if (new_type.family == Family::text) {
    return {{}, std::string(text_hazard(old_type, new_type))};
  }
  if (old_type.family == Family::number && new_type.family == Family::number) {
    return between_numbers(old_type, new_type);
  }
  if (old_type.family == Family::time && new_type.family == Family::time && is_assignable_time(old_type, new_type)) {
    return {{}, time_hazard(old_type, new_type)};
  }
  if (old_type.base == "timestamp without time zone" && new_type.base == "time with time zone") {
    return {{"time without time zone"}, time_hazard(old_type, new_type)};
  }
  if (old_type.family == Family::bits && new_type.family == Family::bits) {
    return {{}, std::string(bits_hazard(old_type, new_type))};
  }
  if (old_type.base == new_type.base) {
    return {{}, new_type.size ? misfit(to) : ""};
  }
  if (from == "jsonb" && to == "json") {
    return {};
  }
  if (from == "json" && to == "jsonb") {
    return {{}, std::string(unordered)};
  }
  if (from == "boolean" && new_type.family == Family::number) {
    Conversion change = between_numbers(type_of("numeric(1,0)"), new_type);
    return {{"integer"}, new_type.size ? std::move(change.hazard) : ""};
  }
  const bool is_text = old_type.family == Family::text;
  std::vector<std::string> casts = is_text ? std::vector<std::string>() : std::vector<std::string>{"text"};
  casts.push_back(unlimited(to));
  return {std::move(casts), to == "\"char\"" ? std::string(cut)
                            : is_text        ? hazard_of_reading(new_type, to)
                                             : misfit(to)};
}

std::string expression(const std::vector<std::string>& casts, std::string_view suffix) {
  std::string text;
  for (const std::string& cast : casts) {
    text += fmt::format("::{}{}", cast, suffix);
  }
  return text.empty() ? "" : fmt::format("{{}}{}", text);
}

} // namespace

Retyping retyping(std::string_view from, std::string_view to) {
  const bool are_arrays = is_array(from) && is_array(to);
  Conversion change = are_arrays ? conversion(element(from), element(to)) : conversion(from, to);
  return {expression(change.casts, are_arrays ? "[]" : ""), std::move(change.hazard)};
}

Retyping retyping_by_text(std::string_view to) {
  const bool is_list = is_array(to);
  return {expression({"text", unlimited(is_list ? element(to) : to)}, is_list ? "[]" : ""), {}};
}

} // namespace retort::postgresql_change
