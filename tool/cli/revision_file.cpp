#include "cli/revision_file.hpp"

#include "cli/changed_history.hpp"
#include "cli/directory.hpp"
#include "cli/revision_text.hpp"
#include "history/state.hpp"
#include "revision/header.hpp"
#include "revision/id.hpp"
#include "revision/sections.hpp"
#include "revision/text_check.hpp"
#include "text/file.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ctime>

namespace retort {
namespace {

constexpr std::size_t longest_slug = 60;

/// `Add invoices.` as `add_invoices`.
std::string slug(std::string_view message) {
  std::string slug;
  for (const char c : message) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) {
      slug += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    } else if (!slug.empty() && !slug.ends_with('_')) {
      slug += '_';
    }
    if (slug.size() == longest_slug) {
      break;
    }
  }
  return slug.ends_with('_') ? slug.substr(0, slug.size() - 1) : slug;
}

std::string new_id(const Context& context, const History& history) {
  const auto given = context.arguments().text("rev-id");
  std::time_t now = std::time(nullptr);
  std::string id = given.value_or("");
  while (!given && (id.empty() || history.find(id))) {
    id = fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(now++)); // two revisions of one second
  }
  if (!is_legal_id(id)) {
    fail_usage(fmt::format("illegal id '{}'", id),
               "an id is made of letters, digits and '.', and is none of base, current, head, heads");
  }
  if (history.find(id)) {
    fail_usage(fmt::format("there is already a revision {}", id), "give another one with --rev-id");
  }
  if (history.find_label(id)) {
    fail_usage(fmt::format("'{}' is a label already", id), "give another id with --rev-id");
  }
  return id;
}

std::vector<std::string> new_labels(const Context& context, const History& history, std::string_view id) {
  std::vector<std::string> labels = context.arguments().texts("branch-label");
  for (const std::string& label : labels) {
    if (!is_legal_label(label)) {
      fail_usage(fmt::format("illegal label '{}'", label),
                 "a label is made of letters, digits, '.' and '_', and is none of base, current, head, heads");
    }
    if (label == id || history.find(label)) {
      fail_usage(fmt::format("label '{}' is a revision's id", label), "give the branch another name");
    }
    if (const auto owner = history.find_label(label)) {
      throw Failure(Exit::usage, {Severity::error,
                                  fmt::format("label '{}' is already in use", label),
                                  {},
                                  {{"the revision with this label is here", locate(history[*owner].path)}},
                                  "give the branch another name"});
    }
    if (std::count(labels.begin(), labels.end(), label) > 1) {
      fail_usage(fmt::format("label '{}' is given twice", label), "leave one of the two out");
    }
  }
  return labels;
}

std::vector<std::string> ids(const History& history, const std::vector<Index>& members) {
  std::vector<std::string> ids;
  ids.reserve(members.size());
  for (const Index index : members) {
    ids.push_back(history[index].id);
  }
  return ids;
}

} // namespace

void add_revision_file_options(cxxopts::OptionAdder& options) {
  options("m,message", "what the revision does", cxxopts::value<std::string>(), "TEXT");
  options("branch-label", "a label for its branch; may be repeated", cxxopts::value<std::vector<std::string>>(),
          "LABEL");
  options("rev-id", "its id (default: the time, UTC)", cxxopts::value<std::string>(), "ID");
}

void check_parents(const History& history, const std::vector<Index>& parents) {
  for (const Index parent : parents) {
    if (std::count(parents.begin(), parents.end(), parent) > 1) {
      fail_usage(fmt::format("{} is named twice", history[parent].id), "name each parent once");
    }
    const State followers = descendants(history, {parent}, Edges::parents);
    const auto later = std::find_if(parents.begin(), parents.end(),
                                    [&](Index other) { return other != parent && followers.contains(other); });
    if (later != parents.end()) {
      fail_usage(fmt::format("{} is an ancestor of {}, which brings it along", history[parent].id, history[*later].id),
                 fmt::format("leave {} out", history[parent].id));
    }
  }
}

void check_heads(const History& history, const std::vector<Index>& members, std::string_view way_out) {
  for (const Index index : members) {
    const auto children = history.children(index);
    if (children.empty()) {
      continue;
    }
    const State followers = descendants(history, {index}, Edges::parents);
    std::vector<Index> heads = history.heads();
    std::erase_if(heads, [&](Index head) { return !followers.contains(head); });
    std::vector<Note> notes;
    for (const Index child : children) {
      notes.push_back({fmt::format("{} follows it", history[child].id), locate(history[child].path)});
    }
    throw Failure(Exit::usage,
                  {Severity::error,
                   fmt::format("{} is no head", history[index].id),
                   {},
                   std::move(notes),
                   fmt::format("name the head instead: {}; {}", fmt::join(ids(history, heads), " or "), way_out)});
  }
}

// The header must say the message, whatever that looks like.
NewRevision read_draft(const std::string& id, const std::string& path, std::string_view message, std::string text) {
  Diagnostics diagnostics;
  Revision revision;
  revision.id = id;
  revision.path = path;
  revision.head = std::make_shared<const Source>(path, text);
  const std::size_t end = read_header(*revision.head, revision, diagnostics);
  revision.sections = read_sections(revision.head, end, diagnostics);
  if (!check_text(*revision.head, diagnostics) || diagnostics.has_errors() || revision.message != message) {
    fail_usage(fmt::format("'{}' cannot be a message: in a file it would be read as something else", message),
               "a message is UTF-8 text that begins neither like a line of a header nor like a section marker");
  }
  return {std::move(text), std::move(revision)};
}

std::string revision_path(const Context& context, const std::string& id, std::string_view message) {
  const std::string name = slug(message);
  return fmt::format("{}/{}{}{}.sql", migrations_directory(context), id, name.empty() ? "" : "_", name);
}

NewRevision draft_revision(const Context& context, const History& history, std::string_view message,
                           const Relations& relations, std::string_view sections) {
  const std::string id = new_id(context, history);
  const std::vector<std::string> labels = new_labels(context, history, id);
  std::string text = fmt::format("-- {}\n--\n-- Revises: {}\n", message, id_list(history, relations.parents));
  if (!relations.dependencies.empty()) {
    text += fmt::format("-- Depends-On: {}\n", fmt::join(relations.dependencies, ", "));
  }
  if (!labels.empty()) {
    text += fmt::format("-- Branch: {}\n", fmt::join(labels, ", "));
  }
  text += sections.empty() ? "\n-- migrate:up\n\n\n-- migrate:down\n\n" : fmt::format("\n{}", sections);
  return read_draft(id, revision_path(context, id, message), message, std::move(text));
}

void write_revision_file(const Context& context, const History& history, const NewRevision& drafted) {
  const History changed = changed_history(history, {drafted.revision});
  create_file(drafted.revision.path, drafted.text);
  context.console().line(drafted.revision.path);
  context.console().finish(revision_json(changed, *changed.find(drafted.revision.id)));
}

} // namespace retort
