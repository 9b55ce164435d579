#include "cli/fleet.hpp"

#include "cli/migration.hpp"
#include "cli/program.hpp"
#include "cli/revision_text.hpp"
#include "cli/tenants.hpp"
#include "history/replaced.hpp"
#include "history/target.hpp"
#include "library/async_session.hpp"
#include "library/crew.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <exception>
#include <map>
#include <optional>

namespace retort {
namespace {

constexpr long usual_jobs = 8;
constexpr long most_jobs = 1'000;

/// What became of one database.
struct Outcome {
  enum class Kind { not_begun, current, upgraded, failed };
  Kind kind = Kind::not_begun;
  std::size_t committed = 0;
  std::vector<std::string> current; ///< ids
  std::vector<Diagnostic> diagnostics;
  std::chrono::milliseconds duration{0};
};

/// Keeps what a session says, to be told at the end, and where its database is.
class Listener : public Observer {
public:
  Listener(Outcome& outcome, const History& history) : outcome_(outcome), history_(&history) {}

  /// Steps are of that history from now on, and begin there.
  void follow(const History& history, State start) {
    history_ = &history;
    state_ = std::move(start);
  }

  bool follows() const override { return false; }
  void warned(const Diagnostic& diagnostic) override { outcome_.diagnostics.push_back(diagnostic); }
  void step_committed(const Step& step) override {
    ++outcome_.committed;
    state_->add(step.revision);
  }

  /// Its tips' ids; none where nothing is known.
  std::vector<std::string> current() const {
    return state_ ? ids(*history_, tips(*history_, *state_)) : std::vector<std::string>();
  }

private:
  Outcome& outcome_;
  const History* history_;
  std::optional<State> state_;
};

/// A fleet's databases stand at different places, and each has another plan.
void check_options(const Arguments& arguments, const std::string& target) {
  for (const char* option : {"sql", "plan", "from", "output", "tag", "plain", "idempotent", "depfile", "validate"}) {
    if (arguments.has(option)) {
      fail_usage(fmt::format("--{} is for one database, and other options name many", option),
                 "name one with --url or --database");
    }
  }
  for (const Target& each : parse_targets(target)) {
    if (each.place == Place::current) {
      fail_usage(fmt::format("'{}' is another place for each of many databases", target), "name a revision, or 'head'");
    }
  }
}

class Fleet {
public:
  explicit Fleet(const Context& context)
      : context_(context), target_(context.arguments().single("the target")), tenants_(find_tenants(context)),
        outcomes_(tenants_.size()) {
    jobs_ = context.arguments().number("jobs").value_or(usual_jobs);
    if (jobs_ < 1 || jobs_ > most_jobs) {
      fail_usage(fmt::format("--jobs cannot be {}", jobs_), fmt::format("it is from 1 to {}", most_jobs));
    }
    check_options(context.arguments(), target_);
    asked_transactions(context);
    for (const NamedTenant& tenant : tenants_) {
      if (!histories_.contains(tenant.url.dialect)) {
        histories_.emplace(tenant.url.dialect, context.load(tenant.url.dialect));
      }
    }
  }

  Exit run() {
    Crew crew{
        tenants_.size(), static_cast<std::size_t>(jobs_), [this](std::size_t number) { return upgrade(number); }, {}};
    stop_ = crew.stop.get_token();
    asio::io_context loop;
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](const asio::error_code& error, int /*signal*/) {
      if (!error) {
        crew.stop.request_stop();
        // The next one ends the process at once.
        asio::error_code ignored;
        signals.clear(ignored);
      }
    });
    executor_ = loop.get_executor();
    std::exception_ptr thrown;
    asio::co_spawn(loop, retort::run(executor_, crew), [&](const std::exception_ptr& exception) {
      thrown = exception;
      signals.cancel();
    });
    loop.run();
    if (thrown) {
      std::rethrow_exception(thrown);
    }
    return summarize();
  }

private:
  asio::awaitable<bool> upgrade(std::size_t number) {
    const NamedTenant& tenant = tenants_[number];
    Outcome& outcome = outcomes_[number];
    const History& own = histories_.at(tenant.url.dialect);
    std::optional<History> followed;
    const auto begin = std::chrono::steady_clock::now();
    ++begun_;
    show_progress();
    Listener listener(outcome, own);
    SessionOptions options = context_.session_options(tenant.schema);
    options.stop = stop_;
    try {
      const MigrationRequest request = upgrade_request(context_, target_);
      AsyncPlanner planner = [&](const Applied& applied, Surroundings surroundings, std::vector<std::string> resets) {
        followed = followed_history(own, applied);
        const History& history = followed ? *followed : own;
        Stream stream = stream_for(
            history, request, applied,
            {tenant.url.dialect, asked_transactions(context_), surroundings, std::move(resets), options.schema});
        listener.follow(history, stream.plan.start);
        return stream;
      };
      asio::awaitable<std::size_t> migration =
          async_migrate(executor_, tenant.url, options, std::move(planner), listener);
      outcome.committed = co_await std::move(migration);
      outcome.kind = outcome.committed > 0 ? Outcome::Kind::upgraded : Outcome::Kind::current;
    } catch (const Failure& failure) {
      outcome.kind = Outcome::Kind::failed;
      outcome.diagnostics.insert(outcome.diagnostics.end(), failure.diagnostics().begin(), failure.diagnostics().end());
    }
    outcome.current = listener.current();
    outcome.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    ++ended_;
    tell(number);
    show_progress();
    co_return outcome.kind != Outcome::Kind::failed || context_.arguments().has("keep-going");
  }

  std::string place(std::size_t number) const {
    const std::vector<std::string>& current = outcomes_[number].current;
    return current.empty() ? "base" : fmt::format("{}", fmt::join(current, ", "));
  }

  /// One line, and what there is to say of it.
  void tell(std::size_t number) {
    const Outcome& outcome = outcomes_[number];
    const std::string& name = tenants_[number].name;
    const std::string_view failed = outcome.kind == Outcome::Kind::failed ? "failed" : "";
    if (outcome.committed > 0) {
      context_.console().line(fmt::format("{}: {}{}{} {}, at {}", name, failed, failed.empty() ? "" : " behind ",
                                          outcome.committed, outcome.committed == 1 ? "revision" : "revisions",
                                          place(number)));
    } else {
      context_.console().line(failed.empty() ? fmt::format("{}: at {}", name, place(number))
                                             : fmt::format("{}: {}", name, failed));
    }
    context_.console().flush();
    for (const Diagnostic& diagnostic : outcome.diagnostics) {
      context_.console().diagnose(diagnostic);
    }
  }

  std::size_t count(Outcome::Kind kind) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcomes_, [=](const Outcome& outcome) { return outcome.kind == kind; }));
  }

  void show_progress() const {
    context_.console().status(fmt::format("{} of {} done, {} failed, {} in flight", ended_, tenants_.size(),
                                          count(Outcome::Kind::failed), begun_ - ended_));
  }

  Exit summarize() {
    const std::size_t failed = count(Outcome::Kind::failed);
    const std::size_t not_begun = count(Outcome::Kind::not_begun);
    Console& console = context_.console();
    console.status({});
    console.progress(fmt::format("{} {}: {} upgraded, {} already there, {} failed, {} not begun", tenants_.size(),
                                 tenants_.size() == 1 ? "database" : "databases", count(Outcome::Kind::upgraded),
                                 count(Outcome::Kind::current), failed, not_begun));
    nlohmann::json databases = nlohmann::json::array();
    nlohmann::json failures = nlohmann::json::array();
    for (std::size_t number = 0; number < tenants_.size(); ++number) {
      databases.push_back(to_json(number));
      if (outcomes_[number].kind == Outcome::Kind::failed) {
        failures.push_back(tenants_[number].name);
        console.progress(fmt::format("failed: {}", tenants_[number].name));
      }
    }
    nlohmann::json result = {{"databases", std::move(databases)}, {"failed", std::move(failures)}};
    if (failed + not_begun > 0) {
      const std::string command = retry();
      console.progress(fmt::format("retry with: {}", command));
      result["retry"] = command;
    }
    console.finish(std::move(result));
    return failed + not_begun > 0 ? Exit::database : Exit::fine;
  }

  nlohmann::json to_json(std::size_t number) const {
    constexpr std::string_view kinds[] = {"not begun", "current", "upgraded", "failed"};
    const Outcome& outcome = outcomes_[number];
    nlohmann::json json = {{"database", tenants_[number].url.display()},
                           {"outcome", kinds[static_cast<std::size_t>(outcome.kind)]},
                           {"revisions", outcome.committed},
                           {"milliseconds", outcome.duration.count()},
                           {"current", outcome.current},
                           {"diagnostics", nlohmann::json::array()}};
    if (!tenants_[number].schema.empty()) {
      json["schema"] = tenants_[number].schema;
    }
    for (const Diagnostic& diagnostic : outcome.diagnostics) {
      json["diagnostics"].push_back(retort::to_json(diagnostic));
    }
    return json;
  }

  /// The command for those that are not where they should be.
  std::string retry() const {
    std::vector<NamedTenant> others;
    for (std::size_t number = 0; number < tenants_.size(); ++number) {
      if (outcomes_[number].kind == Outcome::Kind::failed || outcomes_[number].kind == Outcome::Kind::not_begun) {
        others.push_back(tenants_[number]);
      }
    }
    return fmt::format("{} upgrade {} {}", context_.program().name(), target_,
                       options_for(context_.arguments(), others));
  }

  const Context& context_;
  std::string target_;
  std::vector<NamedTenant> tenants_;
  std::vector<Outcome> outcomes_;
  std::map<Dialect, History> histories_;
  long jobs_ = usual_jobs;
  asio::any_io_executor executor_;
  std::stop_token stop_;
  std::size_t begun_ = 0;
  std::size_t ended_ = 0;
};

} // namespace

Exit upgrade_fleet(const Context& context) { return Fleet(context).run(); }

} // namespace retort
