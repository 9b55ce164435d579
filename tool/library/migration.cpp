#include "library/migration.hpp"

#include "dialect/session_settings.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace retort {

std::optional<std::string> user_name() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  const int error = ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
  return error == 0 && found != nullptr ? std::optional<std::string>(found->pw_name) : std::nullopt;
}

Plan plan_from(const History& history, const MigrationRequest& request, const State& start,
               const std::vector<Index>& edited) {
  switch (request.migration) {
  case Migration::upgrade: return plan_upgrade(history, start, request.target);
  case Migration::downgrade: return plan_downgrade(history, start, request.target);
  default:
    return request.purges ? plan_purge(history, request.target) : plan_stamp(history, start, request.target, edited);
  }
}

Diagnostic newer(const Drift& drift) {
  Diagnostic diagnostic;
  diagnostic.message = fmt::format("the database is newer than this program, which does not know {} of its revisions",
                                   drift.gone.size());
  for (const AppliedRevision* row : drift.gone) {
    diagnostic.notes.push_back({fmt::format("{}  {}", row->id, row->message), {}});
  }
  diagnostic.hint = "use the newer program, or let it downgrade the database";
  return diagnostic;
}

void report_drift(const History& history, Drift drift, Origin origin, Diagnostics& diagnostics) {
  if (origin == Origin::program && !drift.gone.empty()) {
    diagnostics.add(newer(drift));
    drift.gone.clear();
  }
  report_drift(history, drift, diagnostics);
}

Plan plan_for(const History& history, const MigrationRequest& request, const Applied& applied) {
  Drift drift = find_drift(history, applied);
  const std::vector<Index> edited = drift.edited;
  const bool stamps = request.migration == Migration::stamp;
  if (stamps && request.purges) {
    drift = {};
  }
  if (request.origin == Origin::program && !drift.gone.empty()) {
    throw Failure(Exit::behind, newer(drift), Cause::newer);
  }
  if (stamps) {
    drift.edited.clear();
  }
  if (stamps || request.out_of_order) {
    drift.out_of_order.clear();
  }
  Diagnostics diagnostics;
  report_drift(history, drift, diagnostics);
  if (diagnostics.has_errors()) {
    throw Failure(Exit::behind, diagnostics.sorted());
  }
  Plan plan = plan_from(history, request, state_of(history, applied), edited);
  if (stamps) {
    plan.drops_journal = applied.has_journal;
  } else {
    resume(history, applied.journal, plan);
  }
  return plan;
}

StreamOptions script_stream_options(Dialect dialect, std::optional<Transactions> transactions) {
  StreamOptions options;
  options.dialect = dialect;
  options.transactions = transactions.value_or(default_transactions(dialect));
  options.resets = session_reset(dialect);
  const std::vector<std::string>& settings = session_settings(dialect);
  options.resets.insert(options.resets.end(), settings.begin(), settings.end());
  return options;
}

Stream stream_for(const History& history, const MigrationRequest& request, const Applied& applied,
                  const SessionFacts& facts) {
  return stream_of(history, plan_for(history, request, applied), applied, facts);
}

Stream stream_of(const History& history, Plan plan, const Applied& applied, const SessionFacts& facts) {
  StreamOptions options;
  options.dialect = facts.dialect;
  options.surroundings = facts.surroundings;
  options.transactions = facts.transactions.value_or(default_transactions(facts.dialect));
  options.writer = revision_table::Writer::session;
  if (facts.dialect == Dialect::sqlite) {
    options.user = user_name(); // PostgreSQL knows its own
  }
  options.resets = facts.resets;
  options.schema = facts.schema;
  options.creates_table = !applied.has_table;
  return render_stream(history, std::move(plan), options);
}

} // namespace retort
