#include "testing/battery_database.hpp"

#include "library/migration.hpp"

#include <fmt/format.h>

#include <exception>

namespace retort {

BatteryDatabase::BatteryDatabase(BatteryRun& run) : run_(run), url_(run.next_url()) { make_empty(); }

void BatteryDatabase::make_empty() {
  run_.given().databases.begin_template(url_);
  if (!run_.given().contents.extensions.empty()) {
    Observer silent;
    create_extensions(*open_session(parse_url(url_), run_.given().options), run_.given().contents.extensions, silent);
  }
}

BatteryDatabase::BatteryDatabase(BatteryRun& run, const std::string& original) : run_(run), url_(run.next_url()) {
  copy(original);
}

BatteryDatabase::~BatteryDatabase() {
  if (url_.empty()) {
    return;
  }
  const BatteryCase& given = run_.given();
  try {
    if (!run_.has_errors() && std::uncaught_exceptions() == 0) {
      given.databases.drop(url_);
      return;
    }
    given.databases.keep(url_, "a test of the battery failed");
    run_.result().kept.push_back(
        fmt::format("{}{}{}", given.afterwards, given.afterwards.empty() ? "" : " && ", client_command(url_)));
  } catch (const Failure&) {
    // It is removed when the test runs again.
  }
}

void BatteryDatabase::copy(const std::string& original) { run_.given().databases.clone(original, url_); }

void BatteryDatabase::remove() {
  run_.given().databases.drop(url_);
  url_.clear();
}

std::size_t BatteryDatabase::upgrade(const std::string& target) const {
  Observer silent;
  return upgrade(target, run_.given().options, silent);
}

std::size_t BatteryDatabase::upgrade(const std::string& target, const SessionOptions& options,
                                     Observer& observer) const {
  const std::unique_ptr<Session> session = open_session(parse_url(url_), options);
  MigrationRequest request{Migration::upgrade, target};
  request.out_of_order = true; // a step at a time, in a history with branches
  return session->migrate(
      [&](const Applied& applied) {
        return stream_for(run_.history(), request, applied,
                          {run_.dialect(), {}, Surroundings::none, session->resets(), options.schema});
      },
      observer);
}

void BatteryDatabase::run(Direction direction, const std::vector<Index>& revisions) const {
  const std::unique_ptr<Session> session = open_session(parse_url(url_), run_.given().options);
  Observer silent;
  session->migrate(
      [&](const Applied& applied) {
        Plan plan(state_of(run_.history(), applied));
        for (const Index revision : revisions) {
          plan.steps.push_back({direction, Action::run, revision, 0});
        }
        return stream_of(run_.history(), std::move(plan), applied,
                         {run_.dialect(), {}, Surroundings::none, session->resets(), run_.given().options.schema});
      },
      silent);
}

void BatteryDatabase::run(const SqlFiles& files) const {
  Observer silent;
  files.run(*open_session(parse_url(url_), run_.given().options), silent);
}

bool BatteryDatabase::try_to_run(Direction direction, Index revision) const {
  try {
    run(direction, {revision});
    return true;
  } catch (const Failure& failure) {
    snapshot(); // for a server that cannot be reached no revision is to blame
    run_.blame(revision, direction, failure);
    return false;
  }
}

} // namespace retort
