#include "cli/migration.hpp"

#include "cli/program.hpp"
#include "cli/revision_text.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "script/script.hpp"
#include "text/file.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace retort {
namespace {

/// A script's line for --tag.
std::string tag_remark(const std::string& tag) {
  if (tag.empty() || printable(tag) != tag || tag.find('\t') != std::string::npos) {
    fail_usage("--tag needs one line of text, without control characters");
  }
  return fmt::format("Tag: {}", tag);
}

/// `stamp A B` is `stamp A,B`.
std::string target_of(const Arguments& arguments, Migration migration) {
  return migration == Migration::stamp && !arguments.positional().empty()
             ? fmt::format("{}", fmt::join(arguments.positional(), ","))
             : arguments.single("the target");
}

/// A script and the plan from a given state need no database; everything else has the database's dialect.
Dialect dialect_of(const Context& context) {
  const Arguments& arguments = context.arguments();
  if (arguments.has("sql") || arguments.has("from")) {
    return context.dialect();
  }
  return context.dialect_of(context.url());
}

[[noreturn]] void refuse_idempotent(const Revision& squashed, std::string hint) {
  throw Failure(Exit::usage,
                {Severity::error,
                 fmt::format("an idempotent script cannot lead through {}, which replaces others: it cannot tell "
                             "which way a database went",
                             squashed.id),
                 locate(squashed.path),
                 {},
                 std::move(hint)});
}

/// A squashed revision is for a database without any: behind another one, such a script cannot tell. Nor can one in
/// front of what `history` has squashed: its guard takes the rows of the new way for a part of those of the old one.
void check_idempotent(const History& history, const History& followed, const Plan& plan) {
  for (std::size_t i = 1; i < plan.steps.size(); ++i) {
    const Revision& revision = followed[plan.steps[i].revision];
    if (!revision.replaced.empty()) {
      refuse_idempotent(revision, fmt::format("begin behind it, with {}:head, or leave --idempotent out", revision.id));
    }
  }
  for (Index index = 0; index < history.size(); ++index) {
    const Revision& squashed = history[index];
    const auto is_first = [&](const Step& step) { return followed[step.revision].id == squashed.replaced.front().id; };
    if (squashed.replaced.size() > 1 && std::ranges::any_of(plan.steps, is_first)) {
      refuse_idempotent(squashed, fmt::format("begin within what it replaces, with {}:head, or behind it, or leave "
                                              "--idempotent out",
                                              squashed.replaced.front().id));
    }
  }
}

} // namespace

MigrationRun::MigrationRun(const Context& context, Migration migration)
    : context_(context), migration_(migration), target_(target_of(context.arguments(), migration)),
      dialect_(dialect_of(context)) {}

void MigrationRun::goes_with_sql(const char* option) const {
  if (has(option) && !has("sql")) {
    fail_usage(fmt::format("--{} goes with --sql", option));
  }
}

void MigrationRun::check_options() const {
  for (const char* option : {"output", "idempotent", "plain", "tag"}) {
    goes_with_sql(option);
  }
  if (has("from") && !has("plan")) {
    fail_usage("--from goes with --plan");
  }
}

Exit MigrationRun::run() {
  const Arguments& arguments = context_.arguments();
  const bool offline = arguments.has("sql");
  check_options();
  if (offline) {
    check_output(context_);
  }
  asked_transactions(context_);
  history_ = load();
  if (offline) {
    write_script(target_);
    context_.console().finish({{"output", arguments.text("output").value_or("")}});
    return Exit::fine;
  }
  if (arguments.has("plan")) {
    print_plan(target_);
    return Exit::fine;
  }
  migrate(target_);
  return Exit::fine;
}

MigrationRequest MigrationRun::request(const std::string& target) const {
  return {migration_, target, context_.program().origin(), has("purge"), has("out-of-order")};
}

void MigrationRun::write_script(const std::string& target) {
  const Range range = parse_range(target);
  const bool goes_down = migration_ == Migration::downgrade;
  if (range.start.value_or("").empty() && goes_down) {
    fail_usage("a downgrade script needs a start", "write start:end, for example head:base");
  }
  const std::string start_text = range.start.value_or("").empty() ? "base" : *range.start;
  const std::string end = !range.end.empty() ? range.end : goes_down ? "base" : "heads";
  const bool idempotent = has("idempotent");
  if (idempotent && (dialect_ == Dialect::sqlite || has("plain") || migration_ != Migration::upgrade)) {
    fail_usage("--idempotent is for upgrade scripts that psql runs",
               "leave it out; a script without it refuses a database in another state");
  }
  followed_ = followed_history(history_, start_text);
  const State start = resolve_state(history(), start_text);
  ScriptOptions options{
      dialect_, has("plain") ? Client::plain : Client::shell, idempotent ? Guard::idempotent : Guard::exact, {}};
  if (const auto tag = context_.arguments().text("tag")) {
    options.remarks.push_back(tag_remark(*tag));
  }
  const Plan plan = offline_plan(start, end, options.remarks);
  if (migration_ == Migration::upgrade && plan.steps.empty() && resolve_state(history(), end, &start) != start) {
    fail_usage(fmt::format("'{}' leads down, and an upgrade goes up", target), "'downgrade' goes down");
  }
  if (idempotent) {
    check_idempotent(history_, history(), plan);
  }
  script_planned(plan);
  StreamOptions stream_options = script_stream_options(dialect_, asked_transactions(context_));
  stream_options.creates_table = !idempotent;
  stream_options.transactions = idempotent ? Transactions::each : stream_options.transactions;
  const std::string script = retort::write_script(render_stream(history(), plan, stream_options), options);
  const auto output = context_.arguments().text("output");
  if (output) {
    write_file(*output, script);
    script_written(*output);
  } else {
    fmt::print("{}", script);
  }
}

Plan MigrationRun::offline_plan(const State& start, const std::string& target,
                                std::vector<std::string>& remarks) const {
  if (migration_ != Migration::downgrade) {
    return plan_from(history(), request(target), start, {});
  }
  std::optional<Index> stopped_at;
  Plan down = plan_reversible_downgrade(history(), start, target, stopped_at);
  if (stopped_at) {
    remarks.push_back(
        fmt::format("This goes down to {} only: that revision is irreversible.", history()[*stopped_at].id));
  }
  return down;
}

Stream MigrationRun::render(const Session& session, const Applied& applied, const std::string& target) {
  followed_.reset();
  if (migration_ == Migration::stamp && (has("purge") || applied.revisions.empty())) {
    followed_ = stamped_history(history_, target);
  } else {
    followed_ = followed_history(history_, applied);
  }
  return stream_for(history(), request(target), applied,
                    {dialect_, asked_transactions(context_), Surroundings::none, session.resets(),
                     context_.session_options().schema});
}

Stream MigrationRun::planned_from(const std::string& state, const std::string& target) {
  followed_ = followed_history(history_, state);
  return render_stream(history(), plan_from(history(), request(target), resolve_state(history(), state), {}),
                       script_stream_options(dialect_, asked_transactions(context_)));
}

Stream MigrationRun::planned_for_database(const std::string& target) {
  const auto session = context_.open(Absent::empty); // as an upgrade would create it
  const Applied applied = session->read();
  return render(*session, applied, target);
}

void MigrationRun::print_plan(const std::string& target) {
  const auto from = context_.arguments().text("from");
  const Stream stream = from ? planned_from(*from, target) : planned_for_database(target);
  nlohmann::json steps = nlohmann::json::array();
  for (std::size_t i = 0; i < stream.plan.steps.size(); ++i) {
    context_.console().line(describe(history(), stream.plan.steps[i]));
    steps.push_back(to_json(history(), stream.plan.steps[i]));
    if (std::find(stream.cuts.begin(), stream.cuts.end(), i) != stream.cuts.end()) {
      context_.console().line("commit");
      steps.back()["commit"] = true;
    }
  }
  context_.console().finish({{"steps", steps}});
}

void MigrationRun::migrate(const std::string& target) {
  ConsoleObserver observer(history_, context_.console());
  nlohmann::json steps = nlohmann::json::array();
  State end(0);
  const auto session = context_.open();
  const std::size_t committed = session->migrate(
      [&](const Applied& applied) {
        Stream stream = render(*session, applied, target);
        observer.follow(history());
        end = end_of(stream.plan);
        steps = nlohmann::json::array();
        for (const Step& step : stream.plan.steps) {
          steps.push_back(to_json(history(), step));
        }
        return stream;
      },
      observer);
  const std::vector<Index> current = tips(history(), end);
  const std::string place = id_list(history(), current);
  context_.console().progress(committed == 0 && !has("purge")
                                  ? fmt::format("nothing to do: {} is at {}", context_.url().display(), place)
                                  : fmt::format("{} is at {}", context_.url().display(), place));
  context_.console().finish(
      {{"database", context_.url().display()}, {"current", ids(history(), current)}, {"steps", steps}});
}

std::optional<Transactions> asked_transactions(const Context& context) {
  const auto given = context.arguments().text("transaction");
  if (!given) {
    return std::nullopt;
  }
  if (*given != "all" && *given != "each") {
    fail_usage(fmt::format("--transaction cannot be '{}'", *given), "it is all or each");
  }
  return *given == "all" ? Transactions::all : Transactions::each;
}

MigrationRequest upgrade_request(const Context& context, const std::string& target) {
  return {Migration::upgrade, target, context.program().origin(), false, context.arguments().has("out-of-order")};
}

State end_of(const Plan& plan) {
  State end = plan.start;
  for (const Step& step : plan.steps) {
    if (step.direction == Direction::up) {
      end.add(step.revision);
    } else {
      end.remove(step.revision);
    }
  }
  return end;
}

void add_migration_options(cxxopts::OptionAdder& options) {
  options("sql", "write the script instead of running it; the target may be a range start:end");
  options("o,output", "the script's file (default: standard output)", cxxopts::value<std::string>(), "FILE");
  options("tag", "with --sql: a line on top of the script that carries this", cxxopts::value<std::string>(), "TEXT");
  options("plain", "leave out the commands of psql and sqlite3");
  options("plan", "print the steps, run nothing");
  options("from", "with --plan: the state to start from instead of a database's", cxxopts::value<std::string>(),
          "STATE");
  options("transaction", "all: one transaction; each: one for each revision", cxxopts::value<std::string>(), "HOW");
  options("lock-wait", "how long to wait for another process that migrates (default: 60)",
          cxxopts::value<std::string>(), "SECONDS");
  options("lock-timeout", "how long a statement may wait for a table, PostgreSQL (default: 5000)",
          cxxopts::value<std::string>(), "MS");
  options("sqlite-extension", "a shared library that SQLite loads; may be repeated",
          cxxopts::value<std::vector<std::string>>(), "FILE");
}

void check_output(const Context& context) {
  if (context.console().format == Format::json && !context.arguments().has("output")) {
    fail_usage("--sql and --format json both write to standard output", "write the script to a file with --output");
  }
}

} // namespace retort
