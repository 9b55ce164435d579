#include "graph/dot.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

/// `text` for the inside of a quoted label, where Graphviz reads escapes and HTML's entities.
std::string escape(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '&': out += "&amp;"; break;
    default: out += c;
    }
  }
  return out;
}

} // namespace

std::vector<std::string> dot_lines(const Graph& graph) {
  const History& history = graph.history();
  std::vector<std::string> lines = {"digraph history {", "  rankdir=BT;", "  node [shape=box];"};
  for (const Index index : graph.order()) {
    lines.push_back(fmt::format(R"(  "{}" [label="{}\n{}"{}];)", history[index].id, escape(graph.title(index)),
                                escape(history[index].message),
                                graph.is_applied(index) ? ", style=filled, fillcolor=palegreen" : ""));
  }
  for (const Index index : graph.order()) {
    const auto add = [&](Index from, std::string_view attributes) {
      lines.push_back(fmt::format(R"(  "{}" -> "{}"{};)", history[from].id, history[index].id, attributes));
    };
    for (const Index parent : graph.shown(history.parents(index))) {
      add(parent, "");
    }
    for (const Index dependency : graph.shown(history.dependencies(index))) {
      add(dependency, " [style=dashed]");
    }
  }
  lines.emplace_back("}");
  return lines;
}

} // namespace retort
