#include "session/migrator.hpp"

#include <fmt/format.h>

namespace retort {

Migrator::Migrator(const Url& url, const std::vector<RevisionText>& revisions, const SessionOptions& session_options)
    : Migrator(url.dialect, revisions, open_session(url, session_options)) {}

Migrator::Migrator(Dialect dialect, const std::vector<RevisionText>& revisions, std::unique_ptr<Session> session)
    : transactions(default_transactions(dialect)), dialect_(dialect), history_(history_of(revisions, dialect)),
      session_(std::move(session)) {}

Stream Migrator::render(const Applied& applied, Plan plan) const {
  StreamOptions options;
  options.dialect = dialect_;
  options.transactions = transactions;
  options.writer = revision_table::Writer::session;
  options.user = "tester";
  options.resets = session_->resets();
  options.creates_table = !applied.has_table;
  return render_stream(history_, std::move(plan), options);
}

std::string Migrator::migrate(const MakePlan& make_plan) {
  EventLog log(history_, follows);
  try {
    const std::size_t steps =
        session_->migrate([&](const Applied& applied) { return render(applied, make_plan(applied)); }, log);
    log.text += fmt::format("{} steps\n", steps);
  } catch (const Failure& failure) {
    log.text += fmt::format("exit {}\n{}", static_cast<int>(failure.exit()), rendered(failure.diagnostics()));
  }
  return log.text;
}

std::string Migrator::upgrade(const std::string& target) {
  return migrate([&](const Applied& applied) {
    Plan plan = plan_upgrade(history_, state_of(history_, applied), target);
    resume(history_, applied.journal, plan);
    return plan;
  });
}

std::size_t Migrator::upgrade(Observer& observer) {
  return session_->migrate(
      [&](const Applied& applied) {
        return render(applied, plan_upgrade(history_, state_of(history_, applied), "head"));
      },
      observer);
}

std::string Migrator::downgrade(const std::string& target) {
  return migrate([&](const Applied& applied) {
    Plan plan = plan_downgrade(history_, state_of(history_, applied), target);
    resume(history_, applied.journal, plan);
    return plan;
  });
}

std::string Migrator::stamp(const std::string& target) {
  return migrate([&](const Applied& applied) {
    return plan_stamp(history_, state_of(history_, applied), target, find_drift(history_, applied).edited);
  });
}

std::string Migrator::purge(const std::string& target) {
  return migrate([&](const Applied& applied) {
    Plan plan = plan_purge(history_, target);
    plan.drops_journal = applied.has_journal;
    return plan;
  });
}

} // namespace retort
