#include "testing/contents.hpp"

#include <fmt/format.h>

namespace retort {

std::vector<std::string> differences(const Contents& expected, const Contents& found) {
  std::vector<std::string> lines;
  for (const auto& [name, rows] : found.tables) {
    const auto other = expected.tables.find(name);
    if (other == expected.tables.end() || other->second == rows) {
      continue;
    }
    if (rows.count == other->second.count) {
      lines.push_back(fmt::format("table {} has other values in its rows", name));
    } else {
      lines.push_back(fmt::format("table {} has {} row{} instead of {}", name, rows.count, rows.count == 1 ? "" : "s",
                                  other->second.count));
    }
  }
  for (const auto& [name, value] : found.facts) {
    const auto other = expected.facts.find(name);
    if (other != expected.facts.end() && other->second != value) {
      lines.push_back(fmt::format("{}: {} instead of {}", name, value, other->second));
    }
  }
  return lines;
}

} // namespace retort
