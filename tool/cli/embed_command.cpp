#include "cli/commands.hpp"
#include "cli/directory.hpp"
#include "history/resolve.hpp"
#include "script/depfile.hpp"
#include "script/embed.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace retort {
namespace {

namespace fs = std::filesystem;

void add_options(cxxopts::OptionAdder& options) {
  options("dialects", "the dialects to embed, separated by commas", cxxopts::value<std::string>(), "NAMES");
  options("namespace", "the namespace (default: NAME)", cxxopts::value<std::string>(), "NAMESPACE");
  options("output-directory", "where NAME.hpp and NAME.cpp go (default: the current one)",
          cxxopts::value<std::string>(), "DIR");
  options("depfile", "write what NAME.cpp depends on, for a build system", cxxopts::value<std::string>(), "FILE");
  options("allow-heads", "the history may have several heads");
}

bool is_word(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What can stand in an #include line, and in a rule of the build.
bool is_file_name(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return is_word(c) || c == '.' || c == '+' || c == '-'; });
}

/// Identifiers with `::` between them.
bool is_namespace(std::string_view text) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find("::", begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    if (part.empty() || (part.front() >= '0' && part.front() <= '9') || !std::ranges::all_of(part, is_word)) {
      return false;
    }
    begin = end + 2;
  }
  return !text.empty();
}

std::vector<Dialect> dialects(const Context& context) {
  const auto given = context.arguments().text("dialects");
  if (!given) {
    return {context.dialect()};
  }
  std::set<Dialect> dialects;
  for (std::size_t begin = 0; begin <= given->size();) {
    const std::size_t end = std::min(given->find(',', begin), given->size());
    const std::string name = given->substr(begin, end - begin);
    const auto dialect = find_dialect(name);
    if (!dialect) {
      fail_usage(fmt::format("unknown dialect '{}'", name), "the dialects are sqlite and postgresql");
    }
    dialects.insert(*dialect);
    begin = end + 1;
  }
  return {dialects.begin(), dialects.end()};
}

EmbeddedNames names(const Context& context) {
  const std::string& file = context.arguments().single("the name");
  if (!is_file_name(file)) {
    fail_usage(fmt::format("'{}' cannot be the name of a header", file), "it has letters, digits and _ . + -");
  }
  EmbeddedNames names{file, context.arguments().text("namespace").value_or(file)};
  if (!is_namespace(names.space)) {
    fail_usage(fmt::format("'{}' cannot be a namespace", names.space),
               "--namespace takes identifiers with '::' between them");
  }
  return names;
}

/// Two checkouts at different places must give the same files.
EmbeddedFolder folder(const Context& context) {
  const std::string path = migrations_directory(context);
  const fs::path normal = (fs::absolute(path) / "").lexically_normal().parent_path();
  return {path, normal.filename().string()};
}

Exit run(const Context& context) {
  const EmbeddedNames names = retort::names(context);
  const std::vector<Dialect> dialects = retort::dialects(context);
  std::vector<std::string> inputs;
  std::vector<History> histories;
  std::vector<CompiledHistory> compiled;
  histories.reserve(dialects.size());
  for (const Dialect dialect : dialects) {
    histories.push_back(load_directory(context, dialect, WayDown::must_work, &inputs));
    compiled.push_back({dialect, &histories.back()});
  }
  const History& history = histories.front();
  if (history.heads().size() > 1 && !context.arguments().has("allow-heads")) {
    throw Failure(Exit::migrations, several_heads(history, history.heads()));
  }
  const fs::path output_directory = context.arguments().text("output-directory").value_or("");
  const std::string source = (output_directory / (names.file + ".cpp")).string();
  write_file(output_directory / (names.file + ".hpp"), write_embedded_header(names, history.size(), dialects));
  write_file(source, write_embedded_source(names, pack(compiled, folder(context))));
  if (const auto depfile = context.arguments().text("depfile")) {
    write_file(*depfile, write_depfile(source, inputs));
  }
  context.console().finish({{"source", source}});
  return Exit::fine;
}

} // namespace

const CommandLine embed_command = {"embed", "NAME", "write the history as a C++ source and header", add_options, run};

} // namespace retort
