#pragma once

#include "history/history.hpp"
#include "question.hpp"

#include <functional>
#include <string>

namespace retort {

/// What Retort answers.
Answer ask_retort(const History& history, const Question& question);

/// Runs ask_alembic.py, and hands over each interview with the history as Retort reads it. Throws std::runtime_error
/// when that fails.
using Visit = std::function<void(const Interview& interview, const History& history)>;

/// Random histories with questions about each.
void visit_random(unsigned seed, int histories, int questions, const Visit& visit);

/// The histories and questions of `documents`, one on each line.
void visit_given(const std::string& documents, const Visit& visit);

} // namespace retort
