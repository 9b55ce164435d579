#include "testing/scratch_database.hpp"

#include "library/migration.hpp"
#include "schema/read.hpp"
#include "session/sqlite_file.hpp"
#include "testing/test_databases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

namespace retort {
namespace {

class SqliteScratch : public ScratchDatabase {
public:
  explicit SqliteScratch(SessionOptions options)
      : session_(parse_url("sqlite::memory:"), confined(std::move(options))) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  Session& session() override { return session_; }

  Schema schema() override {
    session_.read(); // opens it
    return read_schema(session_.connection());
  }

  Contents contents() override {
    session_.read(); // opens it
    try {
      return read_contents(session_.connection());
    } catch (const SqliteFailure& failure) {
      throw Failure(Exit::database, explain(failure.error, "cannot read the rows"));
    }
  }

private:
  static SessionOptions confined(SessionOptions options) {
    options.other_files = OtherFiles::refused;
    return options;
  }

  SqliteFile session_;
};

std::string unused_name() {
  std::random_device random;
  return fmt::format("retort_scratch_{:08x}{:08x}", random(), random());
}

class PostgresqlScratch : public ScratchDatabase {
public:
  PostgresqlScratch(const std::string& server, const SessionOptions& options)
      : url_(sibling(server, unused_name())), databases_(open_test_databases(url_, server)) {
    databases_->begin_template(url_);
    session_ = open_session(parse_url(url_), options);
  }

  ~PostgresqlScratch() override {
    session_.reset();
    try {
      databases_->drop(url_);
    } catch (const Failure&) {
      // The server has gone, and a private one takes it along; what hindered the work was told by what was thrown.
    }
  }

  Dialect dialect() const override { return Dialect::postgresql; }
  Session& session() override { return *session_; }
  Schema schema() override { return read_schema(parse_url(url_)); }
  Contents contents() override {
#if RETORT_POSTGRESQL
    return read_contents(parse_url(url_));
#else
    throw cannot_connect_to_postgresql();
#endif
  }

private:
  std::string url_;
  std::unique_ptr<TestDatabases> databases_;
  std::unique_ptr<Session> session_;
};

/// Calls what runs a file's statements: an error that has a place is the file's, not the database's.
template <class Call>
void blame_files(Call call) {
  try {
    call();
  } catch (const Failure& failure) {
    if (failure.exit() == Exit::database &&
        std::ranges::any_of(failure.diagnostics(), [](const auto& found) { return found.location.has_value(); })) {
      throw Failure(Exit::migrations, failure.diagnostics());
    }
    throw;
  }
}

void migrate(ScratchDatabase& database, const History& history, const MigrationRequest& request) {
  Observer silent;
  Session& session = database.session();
  blame_files([&] {
    session.migrate(
        [&](const Applied& applied) {
          return stream_for(history, request, applied,
                            {database.dialect(),
                             {},
                             Surroundings::none,
                             session.resets(),
                             std::string(revision_table::default_schema)});
        },
        silent);
  });
}

} // namespace

void ScratchDatabase::upgrade(const History& history, const std::string& target) {
  migrate(*this, history, {Migration::upgrade, target});
}

void ScratchDatabase::downgrade(const History& history, const std::string& target) {
  migrate(*this, history, {Migration::downgrade, target});
}

void ScratchDatabase::run(const SqlFiles& files) {
  Observer silent;
  blame_files([&] { files.run(session(), silent); });
}

std::unique_ptr<ScratchDatabase> make_scratch_database(Dialect dialect, const std::string& server,
                                                       const SessionOptions& options) {
  if (dialect == Dialect::sqlite) {
    return std::make_unique<SqliteScratch>(options);
  }
  return std::make_unique<PostgresqlScratch>(server, options);
}

} // namespace retort
