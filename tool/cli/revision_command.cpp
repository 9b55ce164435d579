#include "cli/autogenerate.hpp"
#include "cli/directory.hpp"
#include "cli/revision_file.hpp"
#include "history/resolve.hpp"
#include "revision/line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  add_revision_file_options(options);
  options("autogenerate", "write what makes the head the declared schema, and back");
  add_autogenerate_options(options);
  options("head", "what it follows, or base (default: the head)", cxxopts::value<std::string>(), "TARGET");
  options("splice", "begin a branch: what it follows need not be a head");
  options("depends-on", "what must be applied before it; may be repeated", cxxopts::value<std::vector<std::string>>(),
          "TARGET");
}

std::string message_of(const Arguments& arguments) {
  const std::string given = arguments.text("message").value_or("");
  std::string message(trimmed(given));
  if (message.empty() || message.find_first_of("\r\n") != std::string::npos) {
    fail_usage("the revision needs a message of one line", "retort revision -m \"add invoices\"");
  }
  return message;
}

std::vector<Index> parents_of(const Context& context, const History& history) {
  const auto head = context.arguments().text("head");
  if (!head) {
    if (history.heads().size() > 1) {
      throw Failure(Exit::migrations, several_heads(history, history.heads()));
    }
    return history.heads();
  }
  const auto state = context.find_state(history, {*head});
  const std::vector<Spot> spots = resolve(history, *head, state ? &*state : nullptr);
  std::vector<Index> parents;
  for (const Spot& spot : spots) {
    if (spot.at.empty() && spots.size() > 1) {
      fail_usage(fmt::format("'{}' names a base beside other parents", *head),
                 "a revision follows nothing, or each of its parents");
    }
    parents.insert(parents.end(), spot.at.begin(), spot.at.end());
  }
  check_parents(history, parents);
  if (!context.arguments().has("splice")) {
    check_heads(history, parents, "or begin a second branch with --splice");
  }
  return parents;
}

/// A label stays one: which revision bears it can change. Everything else becomes a whole id.
std::vector<std::string> dependencies_of(const Context& context, const History& history) {
  std::vector<Index> found;
  std::vector<std::string> dependencies;
  for (const std::string& text : context.arguments().texts("depends-on")) {
    const auto state = context.find_state(history, {text});
    for (const Target& target : parse_targets(text)) {
      const Index index = resolve_revision(history, target.text, state ? &*state : nullptr);
      if (std::find(found.begin(), found.end(), index) != found.end()) {
        fail_usage(fmt::format("{} is named twice", history[index].id), "name each dependency once");
      }
      found.push_back(index);
      dependencies.push_back(history.find_label(target.text) ? target.text : history[index].id);
    }
  }
  return dependencies;
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const std::string message = message_of(context.arguments());
  const History history = load_directory(context, {});
  const Relations relations = {parents_of(context, history), dependencies_of(context, history)};
  if (context.arguments().has("autogenerate")) {
    return autogenerate(context, history, message, relations);
  }
  write_revision_file(context, history, draft_revision(context, history, message, relations));
  return Exit::fine;
}

} // namespace

const CommandLine revision_command = {"revision", "-m TEXT", "write a new revision's file", add_options, run};

} // namespace retort
