#include "library/operation.hpp"

#include "history/embedded.hpp"
#include "history/replaced.hpp"
#include "history/walk.hpp"

#include <fmt/format.h>

#include <utility>

namespace retort {
namespace {

constexpr std::string_view heads = "heads";

/// Whether the rows are exactly the history's revisions. False may also mean that ids are ordered differently.
bool is_complete(const EmbeddedHistory& embedded, Dialect dialect, const Applied& applied) {
  if (applied.revisions.size() != embedded.size() || !applied.journal.empty() || applied.has_journal) {
    return false;
  }
  for (std::size_t i = 0; i < applied.revisions.size(); ++i) {
    if (applied.revisions[i].id != embedded.id(i) || applied.revisions[i].checksum != embedded.checksum(dialect, i)) {
      return false;
    }
  }
  return true;
}

std::vector<std::string> heads_of(const EmbeddedHistory& embedded) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < embedded.head_count(); ++i) {
    ids.emplace_back(embedded.id(embedded.head(i)));
  }
  return ids;
}

std::vector<std::string> ids_of(const History& history, const std::vector<Index>& members) {
  std::vector<std::string> ids;
  for (const Index index : members) {
    ids.push_back(history[index].id);
  }
  return ids;
}

std::string rendered(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += render(diagnostic);
  }
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

} // namespace

Error::Error(Reason reason, std::vector<Diagnostic> diagnostics, Report report)
    : std::runtime_error(rendered(diagnostics)), reason_(reason), diagnostics_(std::move(diagnostics)),
      report_(std::move(report)) {}

void require(const EmbeddedHistory& embedded, Dialect dialect) {
  if (!embedded.has(dialect)) {
    throw Error(Error::Reason::request,
                {{Severity::error,
                  fmt::format("the program's history was not built for {}", name(dialect)),
                  {},
                  {},
                  fmt::format("add {} to the DIALECTS of migrations_add", name(dialect))}},
                {});
  }
}

Error error_of(const Failure& failure, Report report) {
  using Reason = Error::Reason;
  const Reason reason = failure.cause() == Cause::stopped  ? Reason::stopped
                        : failure.cause() == Cause::newer  ? Reason::newer
                        : failure.exit() == Exit::database ? Reason::database
                        : failure.exit() == Exit::behind   ? Reason::drifted
                                                           : Reason::request;
  return {reason, failure.diagnostics(), std::move(report)};
}

SessionOptions session_options(const Options& options) {
  SessionOptions session;
  session.lock_wait = options.lock_wait;
  session.lock_timeout = options.lock_timeout;
  session.statement_timeout = options.statement_timeout;
  session.stop = options.stop;
  if (!options.schema.empty()) {
    session.schema = options.schema;
  }
  return session;
}

Operation::Operation(const EmbeddedHistory& embedded, Dialect dialect, MigrationRequest request, const Options& options)
    : embedded_(embedded), dialect_(dialect), request_(std::move(request)), options_(options) {
  require(embedded, dialect);
  request_.origin = Origin::program;
  request_.out_of_order = options.out_of_order;
}

const History& Operation::history() {
  if (!history_) {
    history_ = open_history(embedded_, dialect_);
  }
  return followed_ ? *followed_ : *history_;
}

const History& Operation::history_of(const Applied& applied) {
  followed_.reset();
  const History& own = history();
  if (request_.migration == Migration::stamp && (request_.purges || applied.revisions.empty())) {
    followed_ = stamped_history(own, request_.target);
  } else {
    followed_ = followed_history(own, applied);
  }
  return history();
}

bool Operation::goes_to_heads() const { return request_.migration == Migration::upgrade && request_.target == heads; }

Stream Operation::plan(const Applied& applied, const Session& session) {
  return plan(applied, session.joins() ? Surroundings::transaction : Surroundings::none, session.resets());
}

Stream Operation::plan(const Applied& applied, Surroundings surroundings, std::vector<std::string> resets) {
  started_ = 0;
  state_.reset();
  if (goes_to_heads() && is_complete(embedded_, dialect_, applied)) {
    return {nullptr, Plan(State(0)), {}, {}};
  }
  Stream stream =
      stream_for(history_of(applied), request_, applied,
                 {dialect_, options_.transactions, surroundings, std::move(resets), session_options(options_).schema});
  state_ = request_.purges ? State(history().size()) : stream.plan.start;
  count_ = stream.plan.steps.size();
  return stream;
}

Report Operation::finish() {
  report_.current = state_ ? ids_of(history(), tips(history(), *state_)) : heads_of(embedded_);
  tell(Finished{report_});
  return std::move(report_);
}

void Operation::fail(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const Failure& failure) {
    throw error_of(failure, std::move(report_));
  }
}

MigratedRevision Operation::migrated(const Step& step) {
  const Revision& revision = history()[step.revision];
  return {{revision.id, revision.message}, step.direction};
}

void Operation::tell(const Event& event) const {
  if (options_.progress) {
    options_.progress(event);
  }
}

bool Operation::follows() const { return options_.progress != nullptr; }

void Operation::step_started(const Step& step) {
  const MigratedRevision revision = migrated(step);
  tell(RevisionStarted{revision, ++started_, count_});
}

void Operation::statement_ran(const Step& step, const Command& command) {
  tell(StatementRan{history()[step.revision].id, command.sql()});
}

void Operation::step_committed(const Step& step) {
  if (step.direction == Direction::up) {
    state_->add(step.revision);
  } else {
    state_->remove(step.revision);
  }
  report_.committed.push_back(migrated(step));
  tell(RevisionCommitted{report_.committed.back()});
}

void Operation::waiting_for_lock(const std::string& holder) { tell(WaitingForLock{holder}); }

void Operation::warned(const Diagnostic& diagnostic) { report_.remarks.push_back(diagnostic); }

Status status_of(const EmbeddedHistory& embedded, Dialect dialect, const Applied& applied, const Options& options) {
  require(embedded, dialect);
  Status status;
  if (options.target == heads && is_complete(embedded, dialect, applied)) {
    status.current = heads_of(embedded);
    return status;
  }
  try {
    const History own = open_history(embedded, dialect);
    const std::optional<History> followed = followed_history(own, applied);
    const History& history = followed ? *followed : own;
    const State state = state_of(history, applied);
    Drift drift = find_drift(history, applied);
    if (options.out_of_order) {
      drift.out_of_order.clear();
    }
    status.current = ids_of(history, tips(history, state));
    for (const Index index : upgrade_order(history, state, options.target)) {
      status.pending.push_back({history[index].id, history[index].message});
    }
    Diagnostics findings;
    report_drift(history, drift, findings);
    report_journal(applied.journal, findings);
    status.findings = findings.sorted();
    if (!drift.gone.empty()) {
      status.findings = {newer(drift)};
      status.standing = Standing::newer;
    } else if (!status.findings.empty()) {
      status.standing = Standing::drifted;
    } else if (!status.pending.empty()) {
      status.standing = Standing::behind;
    }
  } catch (const Failure& failure) {
    throw error_of(failure);
  }
  return status;
}

std::vector<std::string> current_of(const Status& status) {
  if (status.standing == Standing::newer) {
    throw Error(Error::Reason::newer, status.findings, {});
  }
  return status.current;
}

std::vector<RevisionName> pending_of(Status status) {
  if (!status.findings.empty()) {
    throw Error(status.standing == Standing::newer ? Error::Reason::newer : Error::Reason::drifted,
                std::move(status.findings), {});
  }
  return std::move(status.pending);
}

} // namespace retort
