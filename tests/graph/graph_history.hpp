#pragma once

#include "graph/drawing.hpp"
#include "graph/order.hpp"
#include "support/revisions.hpp"

namespace retort {

/// A revision by its relations alone.
struct Node {
  std::string id;
  std::string parents = "base";
  std::string dependencies = {};
};

inline History graph_history(const std::vector<Node>& nodes) {
  std::vector<RevisionText> texts;
  for (const Node& node : nodes) {
    texts.emplace_back(node.id, "-- Revises: " + node.parents +
                                    (node.dependencies.empty() ? "" : "\n-- Depends-On: " + node.dependencies) +
                                    "\n-- migrate:up\n");
  }
  return history_of(texts);
}

/// The lines of a drawing, each revision's id behind its own.
inline std::string picture(const History& history, const State& members) {
  std::string text = "\n";
  for (const GraphLine& line : draw(history, graph_order(history, members))) {
    text += line.lanes + (line.revision ? " " + history[*line.revision].id : "") + "\n";
  }
  return text;
}

inline std::string picture(const std::vector<Node>& nodes) {
  const History history = graph_history(nodes);
  return picture(history, closure(history, history.heads()));
}

} // namespace retort
