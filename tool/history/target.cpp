#include "history/target.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace retort {
namespace {

[[noreturn]] void fail(std::string message, std::string hint) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

constexpr std::string_view form = "a target is written [BRANCH@]PLACE[+N|-N]: docs/targets.md";

/// The number behind the sign with which `text` begins.
long read_steps(std::string_view text) {
  long steps = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), steps);
  if (error != std::errc() || end != text.data() + text.size() || text[1] == '-' || text[1] == '0') {
    fail(fmt::format("'{}' is no number of steps", text), fmt::format("write {0}1, {0}2, …", text.front()));
  }
  return text.front() == '+' ? steps : -steps;
}

Place place_of(std::string_view name) {
  if (name == "head") {
    return Place::head;
  }
  if (name == "heads") {
    return Place::heads;
  }
  if (name == "base") {
    return Place::base;
  }
  return name == "current" ? Place::current : Place::revision;
}

Target parse_target(std::string_view text) {
  Target target;
  target.text = text;
  const std::size_t at = text.find('@');
  if (at != std::string_view::npos) {
    target.branch = text.substr(0, at);
    text.remove_prefix(at + 1);
    if (target.branch.empty() || text.empty() || text.find('@') != std::string_view::npos) {
      fail(fmt::format("'{}' does not name one branch and one place on it", target.text), std::string(form));
    }
  }
  // The dashes of a date are no steps: those have one sign.
  const bool is_dashed = std::count(text.begin(), text.end(), '-') > 1 && text.find('+') == std::string_view::npos;
  const std::size_t sign = is_dashed ? std::string_view::npos : text.find_first_of("+-");
  if (sign != std::string_view::npos) {
    target.steps = read_steps(text.substr(sign));
    text = text.substr(0, sign);
  }
  target.place = text.empty() ? Place::current : place_of(text);
  if (target.place == Place::revision) {
    target.name = text;
    std::erase(target.name, '-');
  }
  return target;
}

} // namespace

std::vector<Target> parse_targets(std::string_view text) {
  if (text.find(':') != std::string_view::npos) {
    fail(fmt::format("'{}' is a range, and no range is meant here", text),
         "a range goes with --sql, 'history -r' and 'graph -r'");
  }
  std::vector<Target> targets;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    const std::string_view target = text.substr(0, comma);
    if (target.empty()) {
      fail("a target is empty", "separate targets by one comma: a,b");
    }
    targets.push_back(parse_target(target));
    more = comma != std::string_view::npos;
    text.remove_prefix(more ? comma + 1 : 0);
  }
  return targets;
}

Range parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    return {{}, std::string(text)};
  }
  if (text.find(':', colon + 1) != std::string_view::npos) {
    fail(fmt::format("'{}' has two colons", text), "a range is written start:end");
  }
  return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

} // namespace retort
