#pragma once

#include "alembic_names.hpp"
#include "question.hpp"

namespace retort {

/// What Alembic 1.8.1 answers to a question, as understood from its source: the revisions to run or to list, or the
/// rows that a stamp leaves. Throws Refusal.
IdSet alembic_answer(const Model& graph, const Question& question);

} // namespace retort
