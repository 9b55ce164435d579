#include "schema/postgresql_retype.hpp"

#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace retort::postgresql_change {
namespace {

enum class Family { text, number, time, other };

/// `numeric(10,2)` is `numeric`, 10, 2.
struct Type {
  std::string base;
  std::optional<int> size; ///< characters or digits
  int scale = 0;
  Family family = Family::other;
  bool is_array = false;
};

constexpr std::array texts = {"text", "character varying", "character", "name", "citext"};
constexpr std::array numbers = {"smallint", "integer", "bigint", "numeric", "real", "double precision"};
constexpr std::array times = {"date", "timestamp without time zone", "timestamp with time zone"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Type type_of(std::string_view text) {
  Type type{std::string(text), {}};
  type.is_array = text.ends_with("[]");
  if (const std::size_t open = text.find('('); open != std::string_view::npos && !text.starts_with('"')) {
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
  type.family = type.is_array                  ? Family::other
                : contains(texts, type.base)   ? Family::text
                : contains(numbers, type.base) ? Family::number
                : contains(times, type.base)   ? Family::time
                                               : Family::other;
  return type;
}

constexpr std::string_view out_of_range = "fails where a value of {} is out of range";
constexpr std::string_view rounded = "rounds values of {}";
constexpr std::string_view rounded_out_of_range = "rounds values of {}; fails where one is out of range";

/// Digits before the point; nothing if there is no limit that matters here.
std::optional<int> whole_digits(const Type& type) {
  if (type.base == "numeric") {
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

std::string_view number_hazard(const Type& from, const Type& to) {
  if (is_float(to)) {
    const bool is_exact =
        (from.base == "real") || (to.base == "double precision" && is_integer(from) && from.base != "bigint");
    return is_exact ? "" : from.base == "double precision" ? rounded_out_of_range : rounded;
  }
  const auto before = whole_digits(from);
  const auto after = whole_digits(to);
  const bool fits = !after || (before && *before <= *after);
  const bool keeps_fraction = is_integer(from) || (to.base == "numeric" && !to.size) ||
                              (from.base == "numeric" && from.size && to.base == "numeric" && from.scale <= to.scale);
  return fits ? (keeps_fraction ? "" : rounded) : keeps_fraction ? out_of_range : rounded_out_of_range;
}

std::string_view text_hazard(const Type& from, const Type& to) {
  const bool is_limited = (to.base == "character varying" && to.size) || to.base == "character" || to.base == "name";
  const bool fits =
      from.family == Family::text && from.base != "name" && from.size && to.size && *from.size <= *to.size;
  return is_limited && !fits ? "fails where a value of {} is longer" : "";
}

std::string_view time_hazard(const Type& from, const Type& to) {
  if (from.base == to.base) {
    constexpr int most_digits = 6;
    return to.size && *to.size < from.size.value_or(most_digits) ? rounded : "";
  }
  if (to.base == "date") {
    return "loses the time of day of {}";
  }
  return from.base == "date" && to.base == "timestamp without time zone" ? ""
                                                                         : "takes {} as of the session's time zone";
}

std::string_view display(std::string_view type) { return postgresql_names::unqualified(type); }

} // namespace

Retyping retyping(std::string_view from, std::string_view to) {
  const Type old_type = type_of(from);
  const Type new_type = type_of(to);
  if (from == to) {
    return {};
  }
  if (new_type.family == Family::text) {
    return {{}, std::string(text_hazard(old_type, new_type))};
  }
  if (old_type.family == Family::number && new_type.family == Family::number) {
    return {{}, std::string(number_hazard(old_type, new_type))};
  }
  if (old_type.family == Family::time && new_type.family == Family::time) {
    return {{}, std::string(time_hazard(old_type, new_type))};
  }
  if ((old_type.base == new_type.base) || (from == "json" && to == "jsonb") || (from == "jsonb" && to == "json")) {
    return {};
  }
  if (old_type.is_array && new_type.is_array) {
    const auto element = [](std::string_view array) { return array.substr(0, array.size() - 2); };
    const Retyping elements = retyping(element(from), element(to));
    const bool is_by_text = elements.expression.find("::text::") != std::string::npos;
    return {fmt::format("{{}}{}::{}", is_by_text ? "::text[]" : "", to), elements.hazard};
  }
  std::string hazard = fmt::format("fails where a value of {{}} is no {}", display(to));
  if (old_type.family == Family::text) {
    return {fmt::format("{{}}::{}", to), std::move(hazard)};
  }
  return {fmt::format("{{}}::text::{}", to), std::move(hazard)};
}

} // namespace retort::postgresql_change
