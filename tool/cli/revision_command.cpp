#include "cli/commands.hpp"
#include "history/state.hpp"
#include "revision/id.hpp"
#include "text/file.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ctime>

namespace retort {
namespace {

constexpr std::size_t longest_slug = 60;

void add_options(cxxopts::OptionAdder options) {
  options("m,message", "what the revision does", cxxopts::value<std::string>(), "TEXT");
  options("rev-id", "its id (default: the time, UTC)", cxxopts::value<std::string>(), "ID");
}

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

std::string new_id(const Context& context) {
  if (const auto given = context.arguments().text("rev-id")) {
    if (!is_legal_id(*given)) {
      fail_usage(fmt::format("illegal id '{}'", *given), "an id is made of letters, digits and '.'");
    }
    return *given;
  }
  return fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(std::time(nullptr)));
}

Exit run(const Context& context) {
  context.arguments().expect_none();
  const auto message = context.arguments().text("message");
  if (!message || message->empty() || message->find_first_of("\r\n") != std::string::npos) {
    fail_usage("the revision needs a message of one line", "retort revision -m \"add invoices\"");
  }
  const History history = context.load({});
  if (history.heads().size() > 1) {
    throw Failure(Exit::migrations,
                  {Severity::error,
                   fmt::format("{} heads: {}", history.heads().size(), id_list(history, history.heads())),
                   {},
                   {},
                   "merge them first: a revision with 'Revises: A, B'"});
  }
  const std::string id = new_id(context);
  if (history.find(id)) {
    fail_usage(fmt::format("there is already a revision {}", id), "give another one with --rev-id, or wait a second");
  }
  const std::string name = slug(*message);
  const std::string path = fmt::format("{}/{}{}{}.sql", context.directory(), id, name.empty() ? "" : "_", name);
  create_file(path, fmt::format("-- {}\n--\n-- Revises: {}\n\n-- migrate:up\n\n\n-- migrate:down\n\n", *message,
                                id_list(history, history.heads())));
  context.report().line(path);
  context.report().finish({{"id", id}, {"path", path}});
  return Exit::fine;
}

} // namespace

const CommandLine revision_command = {"revision", "", "write a new revision's file", add_options, run};

} // namespace retort
