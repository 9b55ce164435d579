// What Alembic does by accident, and Retort does not.
#include "interviews.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

using testing::ElementsAre;
using Json = nlohmann::json;

struct Answers {
  Answer alembic;
  Answer retort;
};

Json revision(const Ids& parents, const Ids& labels = {}, const Ids& dependencies = {}) {
  return {{"parents", parents}, {"labels", labels}, {"dependencies", dependencies}};
}

Json target(const std::string& place, const std::string& steps = "", const std::string& branch = "") {
  return {{"branch", branch}, {"place", place}, {"steps", steps}};
}

/// A document with one state, to which questions are added.
Json document(const Json& revisions, const Ids& state) {
  return {{"revisions", revisions}, {"states", {{{"revisions", state}}}}, {"questions", Json::array()}};
}

void add(Json& document, const std::string& command, const std::vector<Json>& targets, const Ids& rows) {
  document["questions"].push_back({{"command", command}, {"targets", targets}, {"rows", rows}, {"state", 0}});
}

std::vector<Answers> ask(const Json& document) {
  std::vector<Answers> answers;
  visit_given(document.dump() + "\n", [&](const Interview& interview, const History& history) {
    for (const Question& question : interview.questions) {
      answers.push_back({question.alembic, ask_retort(history, question)});
    }
  });
  return answers;
}

/// Four revisions in a line.
Json line() {
  return {{"ae1001", revision({})},
          {"ae1002", revision({"ae1001"})},
          {"ae1003", revision({"ae1002"})},
          {"ae1004", revision({"ae1003"}, {"billing"})}};
}

TEST(Quirks, WhatFollowsANumberOfStepsIsNotPassedOver) {
  Json asked = document(line(), {});
  add(asked, "upgrade", {target("ae1001", "+2junk")}, {});
  const Answers answers = ask(asked).at(0);
  EXPECT_THAT(answers.alembic.ids, ElementsAre("ae1001", "ae1002", "ae1003"));
  EXPECT_EQ(answers.retort.text(), "refused: '+2junk' is no number of steps");
}

TEST(Quirks, StepsCanBeShown) {
  Json asked = document(line(), {});
  add(asked, "show", {target("head", "-1")}, {});
  add(asked, "show", {target("ae1001", "+1")}, {});
  const std::vector<Answers> answers = ask(asked);
  EXPECT_EQ(answers.at(0).alembic.text(), "refused: CommandError: Can't locate revision identified by 'head-1'");
  EXPECT_EQ(answers.at(1).alembic.text(), "refused: CommandError: Can't locate revision identified by 'ae1001+1'");
  EXPECT_EQ(answers.at(0).retort.text(), "ae1003");
  EXPECT_EQ(answers.at(1).retort.text(), "ae1002");
}

TEST(Quirks, TheFirstRowIsNotTaken) {
  const Json fork = {{"ae1001", revision({})}, {"ae1002", revision({"ae1001"})}, {"ae1003", revision({"ae1001"})}};
  Json asked = document(fork, {"ae1001", "ae1002", "ae1003"});
  add(asked, "downgrade", {target("", "-1")}, {"ae1002", "ae1003"});
  add(asked, "downgrade", {target("", "-1")}, {"ae1003", "ae1002"});
  const std::vector<Answers> answers = ask(asked);
  EXPECT_EQ(answers.at(0).alembic.text(), "ae1002");
  EXPECT_EQ(answers.at(1).alembic.text(), "ae1003");
  for (const Answers& both : answers) {
    EXPECT_EQ(both.retort.text(), "refused: '-1' is ambiguous: several revisions could be undone first");
  }
}

TEST(Quirks, TheFourCharactersOfAPrefixAreThoseWritten) {
  const Json revisions = {{"ae1001", revision({})}, {"b12", revision({"ae1001"}, {"billing"})}};
  Json asked = document(revisions, {});
  add(asked, "upgrade", {target("a")}, {});
  add(asked, "upgrade", {target("b1")}, {});
  add(asked, "upgrade", {target("bill")}, {});
  add(asked, "upgrade", {target("ae10")}, {});
  const std::vector<Answers> answers = ask(asked);
  EXPECT_EQ(answers.at(0).alembic.text(), "ae1001");
  EXPECT_EQ(answers.at(0).retort.text(), "refused: 'a' is too short for a prefix");
  EXPECT_EQ(answers.at(1).alembic.text(), "refused: CommandError: Can't locate revision identified by 'b1'");
  EXPECT_EQ(answers.at(1).retort.text(), "refused: 'b1' is too short for a prefix");
  EXPECT_EQ(answers.at(2).alembic.text(), "ae1001 b12");
  EXPECT_EQ(answers.at(2).retort.text(), "refused: there is no revision or label 'bill'");
  EXPECT_EQ(answers.at(3).alembic.text(), "ae1001");
  EXPECT_EQ(answers.at(3).retort.text(), "ae1001");
}

TEST(Quirks, StepsInARangeCountFromItsOtherEnd) {
  Json asked = document(line(), {"ae1001", "ae1002"});
  add(asked, "history", {target("", "-1"), target("head")}, {"ae1002"});
  add(asked, "history", {target("", "-1"), target("current")}, {"ae1002"});
  add(asked, "history", {target("ae1001"), target("", "+1")}, {"ae1002"});
  add(asked, "history", {target("head", "-1"), nullptr}, {"ae1002"});
  const std::vector<Answers> answers = ask(asked);
  EXPECT_EQ(answers.at(0).alembic.text(), "ae1004 ae1003");
  EXPECT_EQ(answers.at(0).retort.text(), "ae1003 ae1004");
  EXPECT_EQ(answers.at(1).retort.text(), "ae1001 ae1002");
  EXPECT_EQ(answers.at(2).alembic.text(), "ae1002 ae1001");
  EXPECT_EQ(answers.at(2).retort.text(), "ae1001 ae1002");
  EXPECT_EQ(answers.at(3).alembic.text(), "refused: CommandError: Can't locate revision identified by 'head-1'");
  EXPECT_EQ(answers.at(3).retort.text(), "ae1003 ae1004");
}

TEST(Quirks, AnyIdIsABranchInARange) {
  Json asked = document({{"ae1001", revision({})}, {"ae1002", revision({"ae1001"})}}, {});
  add(asked, "history", {target("ae1002", "", "ae1001"), nullptr}, {});
  const Answers answers = ask(asked).at(0);
  EXPECT_EQ(answers.alembic.text(), "refused: AssertionError: ");
  EXPECT_EQ(answers.retort.text(), "ae1002");
}

TEST(Quirks, AMergeThatAlsoNamesWhatLiesBelowIsRecorded) {
  const Json revisions = {{"ae1001", revision({})},
                          {"ae1002", revision({"ae1001"})},
                          {"ae1003", revision({"ae1001"})},
                          {"ae1004", revision({"ae1001", "ae1002", "ae1003"})}};
  bool is_asked = false;
  visit_given(document(revisions, {"ae1001", "ae1002", "ae1003", "ae1004"}).dump() + "\n",
              [&](const Interview& interview, const History& history) {
                EXPECT_EQ(interview.states.at(0).rows, std::nullopt);
                const Question upgrade = {Command::upgrade, {{"", "head", ""}}, {}, {}, {}};
                EXPECT_EQ(ask_retort(history, upgrade).text(), "ae1001 ae1002 ae1003 ae1004");
                is_asked = true;
              });
  EXPECT_TRUE(is_asked);
}

} // namespace
} // namespace retort
