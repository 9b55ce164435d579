#include "graph/mermaid.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether `c` means nothing to Mermaid, nor to the Markdown in which it reads labels. Behind a letter, `.` and `-` do
/// not begin a list.
bool is_plain(char c, char before) {
  const bool ascii = static_cast<unsigned char>(c) < 0x80;
  return !ascii || is_letter(c) || (c >= '0' && c <= '9') ||
         std::string_view(" ,()'/=?!").find(c) != std::string_view::npos ||
         ((c == '.' || c == '-') && is_letter(before));
}

/// `text` for the inside of a quoted label.
std::string escape(std::string_view text) {
  std::string out;
  char before = '\0';
  for (const char c : printable(text)) {
    out += is_plain(c, before) ? std::string(1, c) : fmt::format("#{};", static_cast<int>(c));
    before = c;
  }
  return out;
}

} // namespace

std::vector<std::string> mermaid_lines(const Graph& graph) {
  const History& history = graph.history();
  std::vector<std::string> lines = {"flowchart BT"};
  // Ids of their own: a revision's could be a word of Mermaid's, such as `end`.
  std::vector<std::size_t> nodes(history.size());
  for (const Index index : graph.order()) {
    nodes[index] = lines.size() - 1;
    lines.push_back(fmt::format("  n{}[\"{}<br/>{}\"]{}", nodes[index], escape(graph.title(index)),
                                escape(history[index].message), graph.is_applied(index) ? ":::applied" : ""));
  }
  for (const Index index : graph.order()) {
    for (const Index parent : graph.shown(history.parents(index))) {
      lines.push_back(fmt::format("  n{} --> n{}", nodes[parent], nodes[index]));
    }
    for (const Index dependency : graph.shown(history.dependencies(index))) {
      lines.push_back(fmt::format("  n{} -.-> n{}", nodes[dependency], nodes[index]));
    }
  }
  if (graph.has_database()) {
    lines.emplace_back("  classDef applied fill:#98fb98,color:#000");
  }
  return lines;
}

} // namespace retort
