// Random questions, asked of Alembic and of Retort. Both answers are known beforehand: from the documentation, and from
// a model of Alembic. Where they differ, a rule says why.
#include "alembic_model.hpp"
#include "documented.hpp"
#include "interviews.hpp"
#include "rules.hpp"
#include "text/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <sstream>

namespace retort {
namespace {

constexpr int histories = 750;
constexpr int questions_each = 40;

using Counts = std::map<std::string, int>;

/// Whether revisions can be applied in this order to `state`.
bool is_way_up(const Model& graph, IdSet state, const Ids& order) {
  return std::ranges::all_of(order, [&](const std::string& id) {
    return std::ranges::includes(state, graph.needs(id)) && state.insert(id).second;
  });
}

bool is_way(const Model& graph, const Question& question, const Answer& answer) {
  if (question.command == Command::upgrade) {
    return is_way_up(graph, question.state, answer.ids);
  }
  const IdSet kept = less(question.state, set_of(answer.ids));
  return question.command != Command::downgrade || is_way_up(graph, kept, Ids(answer.ids.rbegin(), answer.ids.rend()));
}

bool is_as_documented(const Model& graph, const Question& question, const Answer& retort) {
  const auto expected = documented(graph, question);
  return expected ? !retort.refused && set_of(retort.ids) == *expected : retort.refused;
}

bool is_as_in_model(const Model& graph, const Question& question) {
  try {
    return alembic_answer(graph, question) == set_of(question.alembic.ids) && !question.alembic.refused;
  } catch (const Refusal& refusal) {
    return question.alembic.refused && question.alembic.message.find(refusal.what()) != std::string::npos;
  }
}

/// What both answers have in common, or the rule that explains the difference; empty when there is none.
std::string comparison(const Model& graph, const Question& question, const Answer& retort) {
  const Answer& alembic = question.alembic;
  if (retort.refused && alembic.refused) {
    return "both refuse";
  }
  if (retort.refused == alembic.refused && set_of(retort.ids) == set_of(alembic.ids)) {
    return retort.ids.empty() ? "the same: nothing" : "the same";
  }
  const Answering answering = retort.refused    ? Answering::alembic
                              : alembic.refused ? Answering::retort
                                                : Answering::both;
  const auto rule = std::ranges::find_if(
      rules(), [&](const Rule& rule) { return rule.answering.contains(answering) && rule.covers(graph, question); });
  const std::vector<std::string> who = {"Alembic alone", "Retort alone", "both"};
  return rule == rules().end() ? "" : who.at(static_cast<std::size_t>(answering)) + " answer: " + rule->name;
}

/// A revision that follows or depends on another one twice: itself, and by way of what else it needs.
bool has_needless_edge(const Model& graph, const IdSet& state) {
  return std::ranges::any_of(
      state, [&](const std::string& id) { return graph.tips(graph.closure(graph.needs(id))) != graph.needs(id); });
}

void check_states(const Interview& interview, Counts& counts) {
  for (const Recorded& state : interview.states) {
    if (!state.rows) {
      EXPECT_TRUE(has_needless_edge(interview.graph, state.state)) << interview.history_text() << joined(state.state);
      ++counts["states that Alembic cannot record"];
    } else {
      EXPECT_EQ(*state.rows, interview.graph.tips(state.state)) << interview.history_text() << joined(state.state);
    }
  }
}

void check_questions(const Interview& interview, const History& history, Counts& counts) {
  for (const Question& question : interview.questions) {
    const Answer retort = ask_retort(history, question);
    SCOPED_TRACE(interview.history_text() + question.text() + "\nRetort: " + retort.text() +
                 "\nAlembic: " + question.alembic.text());
    EXPECT_TRUE(is_as_documented(interview.graph, question, retort)) << "Retort does not do what docs/targets.md says";
    EXPECT_TRUE(is_as_in_model(interview.graph, question)) << "Alembic does not do what is thought of it";
    EXPECT_TRUE(is_way(interview.graph, question, retort)) << "Retort's order is not valid";
    EXPECT_TRUE(is_way(interview.graph, question, question.alembic)) << "Alembic's order is not valid";
    const std::string result = comparison(interview.graph, question, retort);
    EXPECT_NE(result, "") << "no rule explains the difference";
    ++counts[result];
  }
}

TEST(Alembic, AnswersAlikeOrAsARuleSays) {
  const char* const given = std::getenv("RETORT_TEST_SEED");
  const auto seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE("RETORT_TEST_SEED=" + std::to_string(seed));
  std::cout << "seed " << seed << "\n";
  Counts counts;
  visit_random(seed, histories, questions_each, [&](const Interview& interview, const History& history) {
    if (!HasFailure()) {
      check_states(interview, counts);
      check_questions(interview, history, counts);
    }
  });
  for (const auto& [name, count] : counts) {
    std::cout << count << "\t" << name << "\n";
  }
  EXPECT_GT(counts["the same"], histories * questions_each / 4);
}

/// The first cells of the rows of the table of differences.
IdSet documented_differences() {
  std::istringstream page(read_file(RETORT_TESTS_DIR "/../docs/decisions/alembic-differences.md"));
  IdSet names;
  for (std::string line; std::getline(page, line);) {
    const bool is_row =
        line.starts_with("| ") && line.find(" | ") != std::string::npos && !line.starts_with("| difference");
    if (is_row && line.find("---") == std::string::npos) {
      names.insert(line.substr(2, line.find(" | ") - 2));
    }
  }
  return names;
}

TEST(Alembic, EveryRuleStandsInTheDocumentation) {
  IdSet names;
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  }
  EXPECT_EQ(documented_differences(), names);
}

} // namespace
} // namespace retort
