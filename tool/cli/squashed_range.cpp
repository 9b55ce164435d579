#include "cli/squashed_range.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace retort {
namespace {

[[noreturn]] void fail(std::string message, const Revision& revision, std::string hint) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), locate(revision.path), {}, std::move(hint)});
}

/// Whether anything but the next revision of the range comes behind this one.
void check_followers(const History& history, Index index, Index next) {
  const std::string& id = history[index].id;
  for (const Index child : history.children(index)) {
    if (child != next) {
      fail(fmt::format("{} follows {} as well: a range with a branch cannot be squashed", history[child].id, id),
           history[child], fmt::format("let the range end at {} or begin behind it", id));
    }
  }
}

/// Whether anything outside of the range needs a revision that goes.
void check_dependents(const History& history, Index index, const std::vector<Index>& range) {
  const std::string& id = history[index].id;
  for (const Index dependent : history.dependents(index)) {
    if (std::ranges::find(range, dependent) == range.end()) {
      fail(fmt::format("{} depends on {}, which would be gone", history[dependent].id, id), history[dependent],
           fmt::format("let the range end at {} or begin behind it", id));
    }
  }
}

/// `from` joined by `; `, each once.
void add_reason(std::string& reasons, const std::optional<Reason>& reason) {
  if (reason && reasons.find(reason->text) == std::string::npos) {
    reasons += reasons.empty() ? "" : "; ";
    reasons += reason->text;
  }
}

std::string header_line(std::string_view key, const std::string& value) {
  return value.empty() ? std::string() : fmt::format("-- {}: {}\n", key, value);
}

} // namespace

std::vector<Index> find_range(const History& history, Index first, Index last) {
  if (first == last) {
    fail(fmt::format("there is nothing to squash: {} alone is named", history[first].id), history[first],
         "write START:END; both belong to the range");
  }
  if (!closure(history, {last}, Edges::parents).contains(first)) {
    fail(fmt::format("{} does not lead to {}", history[first].id, history[last].id), history[first],
         "write START:END, the older revision first");
  }
  std::vector<Index> range = {last};
  while (range.back() != first) {
    const Index index = range.back();
    const auto parents = history.parents(index);
    if (parents.size() > 1) {
      fail(fmt::format("{} merges {}: a range with a merge cannot be squashed", history[index].id,
                       id_list(history, {parents.begin(), parents.end()})),
           history[index], fmt::format("let the range begin at {}", history[index].id));
    }
    check_followers(history, parents.front(), index);
    range.push_back(parents.front());
  }
  std::ranges::reverse(range);
  for (const Index index : range) {
    if (!history[index].replaced.empty()) {
      fail(
          fmt::format("{} replaces others itself", history[index].id), history[index],
          "let the range begin behind it, or first remove what no database needs any longer: docs/decisions/squash.md");
    }
    if (index != last) {
      check_dependents(history, index, range);
    }
  }
  return range;
}

std::vector<Index> outer_dependencies(const History& history, const std::vector<Index>& range) {
  std::vector<Index> outer;
  for (const Index index : range) {
    for (const Index dependency : history.dependencies(index)) {
      if (std::ranges::find(range, dependency) == range.end() && std::ranges::find(outer, dependency) == outer.end()) {
        outer.push_back(dependency);
      }
    }
  }
  return outer;
}

std::string squashed_header(const History& history, const std::vector<Index>& range, std::string_view message,
                            std::string_view irreversible) {
  const auto parents = history.parents(range.front());
  std::vector<std::string> labels;
  bool cuts = false;
  std::string deletes;
  for (const Index index : range) {
    const Revision& revision = history[index];
    std::ranges::transform(revision.labels, std::back_inserter(labels), &Reference::name);
    cuts = cuts || revision.cuts_transaction;
    add_reason(deletes, revision.deletes);
  }
  const std::vector<Index> dependencies = outer_dependencies(history, range);
  return fmt::format("-- {}\n--\n", message) +
         header_line("Revises", id_list(history, {parents.begin(), parents.end()})) +
         header_line("Depends-On", dependencies.empty() ? std::string() : id_list(history, dependencies)) +
         header_line("Branch", fmt::format("{}", fmt::join(labels, ", "))) +
         header_line("Transaction", cuts ? "cut" : "") + header_line("Irreversible", std::string(irreversible)) +
         header_line("Deletes", deletes) + header_line("Replaces", id_list(history, {range.begin(), range.end() - 1}));
}

std::vector<std::filesystem::path> files_of(const Revision& revision) {
  std::vector<std::filesystem::path> files = {revision.path};
  if (!std::filesystem::is_directory(revision.path)) {
    for (const Section& section : revision.sections) {
      if (std::ranges::find(files, std::filesystem::path(section.source->path())) == files.end()) {
        files.emplace_back(section.source->path());
      }
    }
  }
  return files;
}

} // namespace retort
