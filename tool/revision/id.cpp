#include "revision/id.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace retort {
namespace {

constexpr std::size_t shortest_date = 8;
constexpr std::array<std::string_view, 4> target_words = {"base", "current", "head", "heads"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_number(std::string_view id) {
  return id.size() < shortest_date && !id.empty() && std::all_of(id.begin(), id.end(), is_digit);
}

std::string_view without_leading_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

} // namespace

std::string id_in(std::string_view name) {
  std::string id(name.substr(0, name.find('_')));
  std::erase(id, '-');
  return id;
}

std::string slug_in(std::string_view name) {
  const std::size_t underscore = name.find('_');
  std::string slug(underscore == std::string_view::npos ? "" : name.substr(underscore + 1));
  std::replace_if(
      slug.begin(), slug.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
  return slug;
}

bool is_legal_id(std::string_view id) {
  return !id.empty() && std::find(target_words.begin(), target_words.end(), id) == target_words.end() &&
         std::all_of(id.begin(), id.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '.'; });
}

bool is_legal_label(std::string_view label) {
  std::string plain(label);
  std::replace(plain.begin(), plain.end(), '_', '.');
  return is_legal_id(plain);
}

bool id_less(std::string_view a, std::string_view b) {
  if (is_number(a) != is_number(b)) {
    return is_number(a);
  }
  if (!is_number(a)) {
    return a < b;
  }
  const std::string_view x = without_leading_zeros(a);
  const std::string_view y = without_leading_zeros(b);
  return std::make_tuple(x.size(), x, a) < std::make_tuple(y.size(), y, b);
}

} // namespace retort
