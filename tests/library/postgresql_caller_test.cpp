#include "library/application.hpp"
#include "library/libpq_client.hpp"
#include "session/postgresql_test_database.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <retort/postgresql.hpp>

#include <stdexcept>
#include <thread>

namespace retort {
namespace {

/// What a program has set up on its connection stays as it is.
class PostgresqlCallerTest : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
    database_.emplace();
    client_.emplace(database_->url());
    admin_.emplace(database_->url());
  }

  /// Everything that a caller can see of its own session.
  std::string session() {
    std::string text = client_->run("SELECT name, setting, source FROM pg_settings WHERE source = 'session' "
                                    "AND name NOT LIKE 'transaction%' ORDER BY name");
    text += client_->run("SELECT current_user, session_user, current_setting('role'), "
                         "current_setting('app.login', true), current_setting('search_path')");
    text += client_->run("SELECT name, statement FROM pg_prepared_statements ORDER BY name");
    text += client_->run("SELECT name, is_holdable FROM pg_cursors ORDER BY name");
    text += client_->run("SELECT pg_listening_channels()");
    text += client_->run("SELECT relname FROM pg_class WHERE relpersistence = 't' AND relkind = 'r' ORDER BY relname");
    text += client_->run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()");
    text += std::string(PQparameterStatus(client_->get(), "client_encoding")) + "\n";
    text += PQisnonblocking(client_->get()) == 1 ? "non-blocking\n" : "blocking\n";
    text += PQpipelineStatus(client_->get()) == PQ_PIPELINE_OFF ? "" : "pipeline\n";
    text += PQtransactionStatus(client_->get()) == PQTRANS_IDLE ? "idle\n" : "in a transaction\n";
    return text;
  }

  /// Sets everything up that a caller could have, in ways that Retort would change.
  void set_up() {
    admin_->run("CREATE SCHEMA private");
    for (const char* sql : {"SET search_path = private, public", "SET lock_timeout = '1min'",
                            "SET statement_timeout = '2min'", "SET client_encoding = 'LATIN1'",
                            "SET standard_conforming_strings = off", "SET work_mem = '8MB'", "SET app.login = 'alice'",
                            "SET DateStyle = 'SQL, DMY'", "PREPARE one AS SELECT 1", "CREATE TEMP TABLE mine (a int)",
                            "LISTEN news", "BEGIN", "DECLARE kept CURSOR WITH HOLD FOR SELECT 1", "COMMIT"}) {
      client_->run(sql);
    }
  }

  std::string locks() {
    return admin_->run("SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database WHERE "
                       "locktype = 'advisory' AND datname = current_database()");
  }

  std::optional<PostgresqlTestDatabase> database_;
  std::optional<LibpqClient> client_;
  std::optional<PostgresqlClient> admin_;
};

const std::string unsettling = "SET search_path = public;\nSET lock_timeout = 77;\nSET statement_timeout = 99999;\n"
                               "SET client_encoding = 'WIN1252';\n"
                               "SET work_mem = '16MB';\nSET enable_seqscan = off;\nSET DateStyle = 'ISO, YMD';\n"
                               "SET idle_in_transaction_session_timeout = '1h';\n";

TEST_F(PostgresqlCallerTest, KeepsItsSessionOnSuccess) {
  set_up();
  const std::string before = session();
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"},
                                 {"2", "-- migrate:up\n" + unsettling + "CREATE TABLE public.c (d int);\n"},
                                 {"3", "-- migrate:up\nCREATE TABLE e (f int);\n"}},
                                {Dialect::postgresql});
  EXPECT_EQ(shown(client_->upgrade(application)), "up 1, up 2, up 3, at 3\n");
  EXPECT_EQ(session(), before);
  EXPECT_EQ(admin_->run("SELECT schemaname, tablename FROM pg_tables WHERE tablename IN ('a', 'c', 'e') ORDER BY 2"),
            "private|a\npublic|c\nprivate|e\n");
  EXPECT_EQ(shown(client_->upgrade(application)), "at 3\n");
  EXPECT_EQ(shown(client_->check(application)), "current at 3\n");
  EXPECT_EQ(session(), before);
  EXPECT_EQ(client_->take_notices(), "");
}

TEST_F(PostgresqlCallerTest, KeepsSettingsThatItWroteInAnotherEncoding) {
  admin_->run("CREATE SCHEMA \"b\u00fcro\"");
  const std::string startup =
      database_->url() + (database_->url().find('?') == std::string::npos ? "?" : "&") + "client_encoding=LATIN1";
  for (const std::string& url : {database_->url(), startup}) {
    client_.emplace(url);
    client_->run(url == startup ? "SET lock_timeout = '1min'" : "SET client_encoding = 'LATIN1'");
    client_->run("SET search_path = \"b\xfcro\", public");
    const std::string before = session();
    EXPECT_NE(before.find("b\xfcro"), std::string::npos);
    const Application good({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}, {"2", "-- migrate:up\n" + unsettling}},
                           {Dialect::postgresql});
    const Application bad({{"1", "-- migrate:up\n" + unsettling + "SELECT 1 / 0;\n"}}, {Dialect::postgresql});
    EXPECT_EQ(outcome([&] { return client_->upgrade(bad); }).substr(0, 9), "database,");
    EXPECT_EQ(session(), before);
    EXPECT_EQ(outcome([&] { return client_->upgrade(good); }), "up 1, up 2, at 2\n");
    EXPECT_EQ(session(), before);
    client_->run("BEGIN");
    client_->run("DELETE FROM public.retort_revisions");
    client_->run("DROP TABLE a");
    EXPECT_EQ(outcome([&] { return client_->upgrade(good); }), "up 1, up 2, at 2\n");
    client_->run("COMMIT");
    EXPECT_EQ(session(), before);
    EXPECT_EQ(admin_->run("SELECT schemaname FROM pg_tables WHERE tablename = 'a'"), "b\u00fcro\n");
    admin_->run("DROP TABLE \"b\u00fcro\".a; DROP TABLE public.retort_revisions");
  }
}

TEST_F(PostgresqlCallerTest, KeepsItsSessionWhenAStatementFails) {
  set_up();
  const std::string before = session();
  const Application application(
      {{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}, {"2", "-- migrate:up\n" + unsettling + "SELECT 1 / 0;\n"}},
      {Dialect::postgresql});
  EXPECT_EQ(outcome([&] { return client_->upgrade(application); }),
            "database, up 1, at \n"
            "migrations/2.sql:10:1: error: division by zero [22012]\n"
            "   10 | SELECT 1 / 0;\n"
            "      | ^~~~~~~~~~~~\n"
            "note: 1 revision was committed before this\n");
  EXPECT_EQ(session(), before);
}

TEST_F(PostgresqlCallerTest, KeepsItsSessionWhenItIsRefused) {
  set_up();
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}}, {Dialect::postgresql});
  client_->upgrade(application);
  client_->run("UPDATE public.retort_revisions SET id = '9'");
  const std::string before = session();
  EXPECT_THROW(client_->upgrade(application), Error);
  EXPECT_EQ(session(), before);
  client_->run("SET default_transaction_read_only = on");
  const std::string read_only = session();
  EXPECT_THROW(client_->upgrade(application), Error);
  EXPECT_EQ(session(), read_only);
}

TEST_F(PostgresqlCallerTest, KeepsItsSessionWhenItsCallbackThrows) {
  set_up();
  const std::string before = session();
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"},
                                 {"2", "-- migrate:up\n" + unsettling},
                                 {"3", "-- migrate:up\nCREATE TABLE public.e (f int);\nSELECT pg_sleep(0.2);\n"}},
                                {Dialect::postgresql});
  for (int events = 0; events < 10; ++events) {
    Options options;
    options.progress = [left = events](const Event&) mutable {
      if (left-- == 0) {
        throw std::out_of_range("enough");
      }
    };
    EXPECT_THROW(client_->upgrade(application, options), std::out_of_range) << events;
    EXPECT_EQ(session(), before) << events;
    admin_->run("DROP TABLE IF EXISTS private.a, public.e, public.retort_revisions");
  }
}

TEST_F(PostgresqlCallerTest, KeepsItsRole) {
  const std::string role = database_->name() + "_app";
  admin_->run("CREATE ROLE " + role + "; GRANT ALL ON SCHEMA public TO " + role);
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\nRESET ROLE;\n"},
                                 {"2", "-- migrate:up\nRESET SESSION AUTHORIZATION;\nCREATE TABLE c (d int);\n"},
                                 {"3", "-- migrate:up\nCREATE TABLE e (f int);\n"}},
                                {Dialect::postgresql});
  for (const char* way : {"SET ROLE ", "SET SESSION AUTHORIZATION "}) {
    client_->run(way + role);
    const std::string before = session();
    EXPECT_EQ(outcome([&] { return client_->upgrade(application); }), "up 1, up 2, up 3, at 3\n");
    EXPECT_EQ(session(), before);
    EXPECT_EQ(admin_->run("SELECT tablename, tableowner = '" + role +
                          "' FROM pg_tables WHERE schemaname = 'public' "
                          "ORDER BY 1"),
              "a|t\nc|f\ne|t\nretort_revisions|t\n");
    client_->run("RESET SESSION AUTHORIZATION; RESET ROLE");
    admin_->run("DROP TABLE a, c, e, retort_revisions");
  }
  admin_->run("DROP OWNED BY " + role + "; DROP ROLE " + role);
}

TEST_F(PostgresqlCallerTest, KeepsItsModes) {
  const Application application({{"1", "-- migrate:up\nDO $$ BEGIN RAISE NOTICE 'hello'; END $$;\n"}},
                                {Dialect::postgresql});
  PQsetnonblocking(client_->get(), 1);
  EXPECT_EQ(shown(client_->upgrade(application)), "up 1, at 1\n");
  EXPECT_EQ(PQisnonblocking(client_->get()), 1);
  EXPECT_EQ(client_->take_notices(), "NOTICE:  hello\n");
}

TEST_F(PostgresqlCallerTest, MayHaveAStatementTimeoutOfItsOwn) {
  client_->run("SET statement_timeout = 50");
  const Application application({{"1", "-- migrate:up\nSELECT pg_sleep(0.2);\n"}}, {Dialect::postgresql});
  EXPECT_EQ(outcome([&] { return client_->upgrade(application); }), "up 1, at 1\n");
  EXPECT_EQ(client_->run("SHOW statement_timeout"), "50ms\n");
}

TEST_F(PostgresqlCallerTest, MayHaveRevisionsThatSetTheirTransaction) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"},
                                 {"2", "-- migrate:up\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\n"
                                       "INSERT INTO a VALUES (1);\n"}},
                                {Dialect::postgresql});
  EXPECT_EQ(outcome([&] { return client_->upgrade(application); }), "up 1, up 2, at 2\n");
}

TEST_F(PostgresqlCallerTest, MustBeIdle) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}}, {Dialect::postgresql});
  const auto upgrade = [&] { return outcome([&] { return client_->upgrade(application); }); };
  const std::string busy = "database, at \n"
                           "error: the connection is busy; nothing was run\n"
                           "note: no revision was committed\n"
                           "hint: read the results of what was sent, leave pipeline mode, and close what is still "
                           "running\n";
  client_->run("BEGIN");
  EXPECT_THROW(client_->run("SELECT 1 / 0"), std::runtime_error);
  EXPECT_EQ(upgrade(), "database, at \n"
                       "error: the connection's transaction has failed; nothing was run\n"
                       "note: no revision was committed\n"
                       "hint: roll it back first\n");
  EXPECT_EQ(PQtransactionStatus(client_->get()), PQTRANS_INERROR);
  client_->run("ROLLBACK");
  PQenterPipelineMode(client_->get());
  EXPECT_EQ(upgrade(), busy);
  EXPECT_EQ(PQpipelineStatus(client_->get()), PQ_PIPELINE_ON);
  EXPECT_EQ(PQtransactionStatus(client_->get()), PQTRANS_IDLE);
  PQexitPipelineMode(client_->get());
  PQsendQuery(client_->get(), "SELECT 1");
  EXPECT_EQ(upgrade(), busy);
  EXPECT_EQ(PQtransactionStatus(client_->get()), PQTRANS_ACTIVE);
  while (PGresult* result = PQgetResult(client_->get())) {
    PQclear(result);
  }
  EXPECT_EQ(upgrade(), "up 1, at 1\n");
}

TEST_F(PostgresqlCallerTest, MustBeConnected) {
  const Application application({{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}}, {Dialect::postgresql});
  const std::unique_ptr<PGconn, void (*)(PGconn*)> closed(PQconnectdb("host=/nowhere"), PQfinish);
  for (PGconn* connection : {closed.get(), static_cast<PGconn*>(nullptr)}) {
    EXPECT_EQ(outcome([&] { return upgrade(connection, application); }),
              "database, at \n"
              "error: the connection is not open; nothing was run\n"
              "note: no revision was committed\n"
              "hint: connect first, and look at PQstatus\n");
  }
}

TEST_F(PostgresqlCallerTest, MayBeLostAtAnyEvent) {
  const Application application(
      {{"1", "-- migrate:up\nCREATE TABLE a (b int);\n"}, {"2", "-- migrate:up\nCREATE TABLE c (d int);\n"}},
      {Dialect::postgresql});
  for (int events = 0; events < 7; ++events) {
    LibpqClient client(database_->url());
    const std::string pid = client.run("SELECT pg_backend_pid()");
    Options options;
    options.progress = [&, left = events](const Event&) mutable {
      if (left-- == 0) {
        admin_->run("SELECT pg_terminate_backend(" + pid + ", 5000)");
      }
    };
    try {
      client.upgrade(application, options);
    } catch (const Error& error) {
      EXPECT_EQ(error.reason(), Error::Reason::database) << error.what();
    }
    EXPECT_EQ(locks(), "0\n");
    admin_->run("DROP TABLE IF EXISTS a, c, retort_revisions");
  }
}

} // namespace
} // namespace retort
