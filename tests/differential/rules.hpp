#pragma once

#include "question.hpp"

#include <set>
#include <string>
#include <vector>

namespace retort {

/// Who does not refuse a question that is answered differently.
enum class Answering { alembic, retort, both };

/// A deliberate difference from Alembic: a row of docs/decisions/alembic-differences.md.
struct Rule {
  std::string name;
  std::set<Answering> answering;
  bool (*covers)(const Model&, const Question&);
};

/// In their order: the first that covers a question counts.
const std::vector<Rule>& rules();

} // namespace retort
