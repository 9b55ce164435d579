#include "schema/rename_order.hpp"

#include "schema/sqlite_text.hpp"

#include <algorithm>
#include <set>

namespace retort {
namespace {

using sqlite_text::in_small_letters;

} // namespace

std::vector<NameChange> rename_order(std::vector<NameChange> wanted, const std::vector<std::string>& taken,
                                     CaseChange case_change,
                                     const std::function<std::string(const std::string&)>& spare) {
  std::set<std::string> words; // in small letters
  for (const std::string& name : taken) {
    words.insert(in_small_letters(name));
  }
  std::vector<NameChange> ordered;
  const auto rename = [&](const std::string& from, const std::string& to) {
    ordered.push_back({from, to});
    words.erase(in_small_letters(from));
    words.insert(in_small_letters(to));
  };
  const auto is_free = [&](const NameChange& change) {
    const std::string to = in_small_letters(change.to);
    return !words.contains(to) || (case_change == CaseChange::allowed && to == in_small_letters(change.from));
  };
  while (!wanted.empty()) {
    const auto next = std::ranges::find_if(wanted, is_free);
    if (next != wanted.end()) {
      rename(next->from, next->to);
      wanted.erase(next);
      continue;
    }
    const auto in_a_circle = std::ranges::find_if(wanted, [&](const NameChange& change) {
      return std::ranges::any_of(
          wanted, [&](const NameChange& other) { return in_small_letters(other.from) == in_small_letters(change.to); });
    });
    if (in_a_circle == wanted.end()) {
      break;
    }
    const std::string away = spare(in_a_circle->from);
    rename(in_a_circle->from, away);
    in_a_circle->from = away;
  }
  return ordered;
}

} // namespace retort
