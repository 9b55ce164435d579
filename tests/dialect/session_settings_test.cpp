#include "dialect/session_settings.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

using Statements = std::vector<std::string>;

Statements sqlite_reset(std::string_view statement) { return statement_reset(Dialect::sqlite, statement); }

TEST(SessionSettings, FixHowPostgresqlReadsText) {
  EXPECT_EQ(session_settings(Dialect::postgresql),
            (Statements{"SET client_encoding = 'UTF8'", "SET standard_conforming_strings = on"}));
  EXPECT_EQ(session_settings(Dialect::sqlite), Statements{});
}

TEST(SessionReset, F36_BringsAPostgresqlSessionBack) {
  EXPECT_EQ(session_reset(Dialect::postgresql),
            (Statements{"RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL", "DISCARD TEMP", "DEALLOCATE ALL",
                        "CLOSE ALL", "UNLISTEN *"}));
  EXPECT_EQ(session_reset(Dialect::sqlite), Statements{});
}

TEST(SessionReset, F4_KeepsTheLock) {
  for (const std::string& statement : session_reset(Dialect::postgresql)) {
    EXPECT_NE(statement, "DISCARD ALL");
    EXPECT_EQ(statement.find("advisory"), std::string::npos);
  }
}

TEST(StatementReset, F36_PragmasGoBackToTheirDefault) {
  for (const std::string name :
       {"case_sensitive_like", "defer_foreign_keys", "foreign_keys", "ignore_check_constraints", "legacy_alter_table",
        "query_only", "recursive_triggers", "reverse_unordered_selects"}) {
    EXPECT_EQ(sqlite_reset("PRAGMA " + name + " = ON"), Statements{"PRAGMA " + name + " = OFF"});
  }
  EXPECT_EQ(sqlite_reset("PRAGMA writable_schema=1"), Statements{"PRAGMA writable_schema = RESET"});
}

TEST(StatementReset, ReadsPragmasAsSqliteDoes) {
  const Statements reset = {"PRAGMA legacy_alter_table = OFF"};
  EXPECT_EQ(sqlite_reset("pragma Legacy_Alter_Table(1)"), reset);
  EXPECT_EQ(sqlite_reset("PRAGMA\nmain.legacy_alter_table=on"), reset);
  EXPECT_EQ(sqlite_reset("PRAGMA/**/\"legacy_alter_table\" = 'on'"), reset);
}

TEST(StatementReset, OtherStatementsLeaveNothing) {
  for (const std::string_view statement :
       {"", "PRAGMA", "PRAGMA user_version = 3", "PRAGMA foreign_key_check", "PRAGMA foreign_keys_too = 1",
        "PRAGMA no_foreign_keys = 1", "SELECT 'PRAGMA foreign_keys'", "CREATE TABLE foreign_keys (a)"}) {
    EXPECT_EQ(sqlite_reset(statement), Statements{}) << statement;
  }
  EXPECT_EQ(statement_reset(Dialect::postgresql, "SET ROLE x"), Statements{}) << "session_reset covers it";
}

} // namespace
} // namespace retort
