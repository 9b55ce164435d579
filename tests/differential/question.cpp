#include "question.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace retort {
namespace {

using Json = nlohmann::json;

const std::vector<std::string> commands = {"upgrade", "downgrade", "stamp", "history", "show"};

Command command_of(const std::string& name) {
  return static_cast<Command>(std::ranges::find(commands, name) - commands.begin());
}

Model graph_of(const Json& revisions) {
  Model graph;
  for (const auto& [id, revision] : revisions.items()) {
    graph.parents[id] = revision.at("parents").get<IdSet>();
    for (const Json& label : revision.at("labels")) {
      graph.labels[label] = id;
    }
  }
  for (const auto& [id, revision] : revisions.items()) {
    graph.dependencies[id] = {};
    for (const std::string name : revision.at("dependencies")) {
      graph.dependencies[id].insert(graph.labels.contains(name) ? graph.labels.at(name) : name);
    }
  }
  return graph;
}

Answer answer_of(const Json& question, const Model& graph, Command command) {
  if (question.contains("error")) {
    return {true, question.at("error").get<std::string>() + ": " + question.at("message").get<std::string>(), {}};
  }
  Answer answer = {false, {}, question.at("answer").get<Ids>()};
  if (command == Command::stamp) {
    const IdSet state = graph.closure(set_of(answer.ids));
    answer.ids.assign(state.begin(), state.end());
  }
  return answer;
}

WrittenTarget target_of(const Json& json) {
  return json.is_null() ? WrittenTarget() : WrittenTarget{json.at("branch"), json.at("place"), json.at("steps")};
}

} // namespace

std::string Answer::text() const {
  std::string text = refused ? "refused: " + message : "";
  for (const std::string& id : ids) {
    text += text.empty() ? "" : " ";
    text += id;
  }
  return text.empty() ? "nothing" : text;
}

std::string Question::targets_text() const {
  std::string text;
  for (const WrittenTarget& target : targets) {
    text += (&target == &targets.front() ? "" : command == Command::history ? ":" : ",") + target.text();
  }
  return text;
}

std::string Question::text() const {
  const std::string rows_text = Answer{false, {}, rows}.text();
  return commands.at(static_cast<std::size_t>(command)) + " " + targets_text() + "\nwhen applied: " + joined(state) +
         "\nin the version table: " + rows_text;
}

std::string Interview::history_text() const {
  std::ostringstream text;
  for (const auto& [id, parents] : graph.parents) {
    text << id << ": revises " << joined(parents) << ", depends on " << joined(graph.dependencies.at(id)) << "\n";
  }
  for (const auto& [label, id] : graph.labels) {
    text << label << ": a label of " << id << "\n";
  }
  return text.str();
}

Interview read_interview(std::string_view line) {
  const Json json = Json::parse(line);
  Interview interview;
  interview.graph = graph_of(json.at("revisions"));
  for (const Json& state : json.at("states")) {
    const Json& rows = state.at("recorded");
    interview.states.push_back(
        {state.at("revisions").get<IdSet>(), rows.is_null() ? std::optional<IdSet>() : rows.get<IdSet>()});
  }
  for (const Json& asked : json.at("questions")) {
    Question question;
    question.command = command_of(asked.at("command"));
    for (const Json& target : asked.at("targets")) {
      question.targets.push_back(target_of(target));
    }
    question.state = interview.states.at(asked.at("state").get<std::size_t>()).state;
    question.rows = asked.at("rows").get<Ids>();
    question.alembic = answer_of(asked, interview.graph, question.command);
    interview.questions.push_back(question);
  }
  return interview;
}

} // namespace retort
