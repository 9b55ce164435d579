#include "alembic_names.hpp"

namespace retort {

std::string AlembicNames::find(const std::string& word, const std::string& branch) const {
  const std::string root = branch.empty() ? "" : find(branch);
  if (word.empty()) {
    return word;
  }
  std::string found;
  if (graph_.parents.contains(word)) {
    found = word;
  } else if (graph_.labels.contains(word)) {
    found = graph_.labels.at(word);
  } else {
    Ids revisions;
    const auto collect = [&](const std::string& key, const std::string& id) {
      if (key.size() > 3 && key.starts_with(word) && (root.empty() || graph_.line(root).contains(id))) {
        revisions.push_back(id);
      }
    };
    for (const auto& [id, ignored] : graph_.parents) {
      collect(id, id);
    }
    for (const auto& [label, id] : graph_.labels) {
      collect(label, id);
    }
    if (revisions.size() != 1) {
      throw Refusal("Can't locate revision identified by");
    }
    found = revisions.front();
  }
  if (!root.empty() && !graph_.line(root).contains(found)) {
    throw Refusal("Can't locate revision identified by");
  }
  return found;
}

Ids AlembicNames::all(const std::string& branch, const std::string& word) const {
  if (word == "base") {
    return {};
  }
  if (word == "heads" || word == "head") {
    const IdSet found = branch.empty() && word == "heads" ? real_heads() : on_branch(graph_.heads(), branch);
    if (word == "head" && found.size() > 1) {
      throw Refusal("Multiple head");
    }
    return {found.begin(), found.end()};
  }
  if (word.front() == '-' && word.find_first_not_of("0123456789", 1) == std::string::npos && alembic_steps(word) < 0) {
    return below_heads(branch, alembic_steps(word));
  }
  return {find(word, branch)};
}

Ids AlembicNames::below_heads(const std::string& branch, long steps) const {
  IdSet heads = real_heads();
  if (!branch.empty()) {
    const auto label = graph_.labels.find(branch);
    heads = label == graph_.labels.end() ? IdSet() : common(heads, graph_.descendants({label->second}));
  }
  Ids places;
  for (const std::string& head : heads) {
    places.push_back(walk(head, steps, {}));
  }
  return places;
}

std::string AlembicNames::single(const std::string& branch, const std::string& word) const {
  const Ids found = all(branch, word);
  if (found.size() > 1) {
    throw Refusal("Multiple head");
  }
  return found.empty() ? find("", branch) : found.front();
}

std::string AlembicNames::walk(std::string start, long steps, const std::string& branch) const {
  for (; steps > 0; --steps) {
    const IdSet next = on_branch(start.empty() ? graph_.bases() : graph_.children({start}), branch);
    if (next.size() > 1) {
      throw Refusal("Ambiguous walk");
    }
    if (next.empty()) {
      return none;
    }
    start = *next.begin();
  }
  for (; steps < 0; ++steps) {
    if (start == "base") {
      return none;
    }
    const IdSet next = start.empty() ? graph_.heads() : graph_.parents.at(start);
    if (next.size() > 1) {
      throw Refusal("Ambiguous walk");
    }
    start = next.empty() ? "base" : *next.begin();
  }
  return start;
}

IdSet AlembicNames::on_branch(const IdSet& ids, const std::string& branch) const {
  return branch.empty() || ids.empty() ? ids : common(ids, graph_.line(find(branch)));
}

IdSet AlembicNames::real_heads() const { return graph_.tips(graph_.all()); }

long alembic_steps(const std::string& steps) { return std::stol(steps); }

} // namespace retort
