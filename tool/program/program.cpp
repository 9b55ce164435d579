#include "cli/program.hpp"

#include "history/embedded.hpp"
#include "program/check_command.hpp"
#include "program/driver.hpp"
#include "text/version.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace retort {
namespace {

/// A program with a history inside.
class EmbeddedProgram : public Program {
public:
  EmbeddedProgram(std::string name, const EmbeddedHistory& history, std::initializer_list<const Driver*> drivers)
      : name_(std::move(name)), history_(history), drivers_(drivers) {}

  std::string name() const override { return name_; }
  std::string title() const override {
    return fmt::format("{}: database migrations, {} (Retort {}).", name_, heads(), retort::version());
  }
  std::string version() const override { return fmt::format("{} {} (Retort {})", name_, heads(), retort::version()); }

  std::vector<CommandLine> commands() const override {
    return {upgrade_command, downgrade_command, stamp_command, current_command,
            history_command, heads_command,     show_command,  database_check_command};
  }

  void add_options(cxxopts::OptionAdder& options) const override {
    options("c,config", "a file with a [database.NAME] and its url", cxxopts::value<std::string>(), "FILE");
  }

  /// A file that lies about in the place where a program runs is not its configuration.
  Config config(const std::optional<std::string>& path) const override { return path ? read_config(path) : Config(); }

  Origin origin() const override { return Origin::program; }

  History load(const Context& context, std::optional<Dialect> dialect) const override {
    const auto asked = dialect || !context.arguments().has("dialect") ? dialect : context.find_dialect();
    const Dialect chosen = asked.value_or(dialects().front());
    require(chosen);
    return open_history(history_, chosen);
  }

  std::optional<Dialect> usual_dialect() const override {
    const std::vector<Dialect> all = dialects();
    return all.size() == 1 ? std::optional(all.front()) : std::nullopt;
  }

  std::unique_ptr<Session> open(const Url& url, const SessionOptions& options) const override {
    require(url.dialect);
    const auto found =
        std::ranges::find_if(drivers_, [&](const Driver* driver) { return driver->dialect == url.dialect; });
    if (found == drivers_.end()) {
      fail_usage(fmt::format("this program cannot connect to {} databases", retort::name(url.dialect)),
                 "scripts (--sql) need no connection");
    }
    return (*found)->open(url, options);
  }

private:
  /// `at 0003`, `at 0003, 0004`.
  std::string heads() const {
    std::vector<std::string_view> ids;
    for (std::size_t number = 0; number < history_.head_count(); ++number) {
      ids.push_back(history_.id(history_.head(number)));
    }
    return ids.empty() ? "at base" : fmt::format("at {}", fmt::join(ids, ", "));
  }

  std::vector<Dialect> dialects() const {
    std::vector<Dialect> dialects;
    std::ranges::copy_if(all_dialects, std::back_inserter(dialects),
                         [&](Dialect dialect) { return history_.has(dialect); });
    return dialects;
  }

  void require(Dialect dialect) const {
    if (!history_.has(dialect)) {
      fail_usage(fmt::format("this program has no migrations for {}", retort::name(dialect)),
                 fmt::format("it has those for {}", retort::name(dialects().front())));
    }
  }

  std::string name_;
  const EmbeddedHistory& history_;
  std::vector<const Driver*> drivers_;
};

/// What a program was started as, without its folder.
std::string name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

} // namespace

int run_program(int argc, const char* const* argv, const EmbeddedHistory& history,
                std::initializer_list<const Driver*> drivers) {
  const std::vector<std::string> words(argv, argv + argc);
  const std::string name = words.empty() ? "" : name_of(words.front());
  return run(EmbeddedProgram(name, history, drivers), {words.begin() + (words.empty() ? 0 : 1), words.end()});
}

} // namespace retort
