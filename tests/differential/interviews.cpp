#include "interviews.hpp"

#include "history/walk.hpp"
#include "revision/reader.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"

#include <cstdio>
#include <utility>

namespace retort {
namespace {

/// A shell's command whose output is read line by line.
class Output {
public:
  explicit Output(const std::string& command) : pipe_(::popen(command.c_str(), "r")) {}
  ~Output() { close(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// False at the end.
  bool read_line(std::string& line) {
    line.clear();
    for (int c = std::getc(pipe_); c != EOF; c = std::getc(pipe_)) {
      if (c == '\n') {
        return true;
      }
      line.push_back(static_cast<char>(c));
    }
    return false;
  }

  /// The exit status.
  int close() { return pipe_ == nullptr ? -1 : ::pclose(std::exchange(pipe_, nullptr)); }

private:
  std::FILE* pipe_;
};

History read_history(const std::filesystem::path& directory) {
  Diagnostics diagnostics;
  Reading reading = read_revisions(directory, {}, WayDown::must_work, diagnostics);
  History history = History::build(std::move(reading.revisions), diagnostics);
  if (diagnostics.has_errors()) {
    throw std::runtime_error(rendered(diagnostics));
  }
  return history;
}

void visit_all(const Folder& folder, const std::string& arguments, const Visit& visit) {
  // Its sets would have another order in every process.
  Output output("PYTHONHASHSEED=0 '" RETORT_ALEMBIC_PYTHON "' -B '" RETORT_TESTS_DIR "/differential/ask_alembic.py' " +
                arguments);
  std::string line;
  for (int number = 0; output.read_line(line); ++number) {
    visit(read_interview(line), read_history(folder / (std::to_string(number) + "/sql")));
  }
  if (output.close() != 0) {
    throw std::runtime_error("ask_alembic.py " + arguments + " failed");
  }
}

Ids names_of(const History& history, const std::vector<Index>& members) {
  Ids names;
  for (const Index index : members) {
    names.push_back(history[index].id);
  }
  return names;
}

std::vector<Index> answer(const History& history, const State& state, const Question& question) {
  const std::string targets = question.targets_text();
  switch (question.command) {
  case Command::upgrade: return upgrade_order(history, state, targets);
  case Command::downgrade: return downgrade_order(history, state, targets);
  case Command::stamp: return stamped(history, state, targets).members();
  case Command::history: return members_of(history, parse_range(targets), &state).members();
  case Command::show: break;
  }
  return resolve_revisions(history, targets, &state);
}

} // namespace

Answer ask_retort(const History& history, const Question& question) {
  State state(history.size());
  for (const std::string& id : question.state) {
    state.add(history.find(id).value());
  }
  try {
    return {false, {}, names_of(history, answer(history, state, question))};
  } catch (const Failure& failure) {
    return {true, failure.diagnostics().front().message, {}};
  }
}

void visit_random(unsigned seed, int histories, int questions, const Visit& visit) {
  const Folder folder;
  const std::string counts = std::to_string(histories) + " " + std::to_string(questions);
  visit_all(folder, folder.path().string() + " " + std::to_string(seed) + " " + counts, visit);
}

void visit_given(const std::string& documents, const Visit& visit) {
  const Folder folder;
  folder.write("documents", documents);
  visit_all(folder, folder.path().string() + " < " + (folder / "documents").string(), visit);
}

} // namespace retort
