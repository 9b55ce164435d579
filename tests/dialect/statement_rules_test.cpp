#include "dialect/statement_rules.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace retort {
namespace {

/// The tokens of `sql`, which has spaces between all of them.
class Tokens {
public:
  explicit Tokens(const std::string& sql) {
    std::istringstream in(sql);
    for (std::string token; in >> token;) {
      strings_.push_back(token);
    }
    texts_.assign(strings_.begin(), strings_.end());
  }

  TokenTexts texts() const { return texts_; }

private:
  std::vector<std::string> strings_;
  std::vector<std::string_view> texts_;
};

std::optional<std::size_t> matched(std::string_view pattern, const std::string& sql) {
  return match(pattern, Tokens(sql).texts());
}

TEST(Pattern, KeywordsAreNotQuoted) {
  EXPECT_EQ(matched("DROP INDEX", "drop Index a"), 2U);
  EXPECT_EQ(matched("DROP INDEX", "DROP \"INDEX\" a"), std::nullopt);
  EXPECT_EQ(matched("DROP INDEX", "DROP"), std::nullopt);
  EXPECT_EQ(matched("DROP INDEX", ""), std::nullopt);
}

TEST(Pattern, NamesMayBeQuoted) {
  for (const std::string name :
       {"foreign_keys", "Foreign_Keys", "\"foreign_keys\"", "'foreign_keys'", "[foreign_keys]"}) {
    EXPECT_EQ(matched("PRAGMA [@ .] foreign_keys", "PRAGMA " + name), 2U) << name;
    EXPECT_EQ(matched("PRAGMA [@ .] foreign_keys", "PRAGMA main . " + name + " = 1"), 4U) << name;
  }
  EXPECT_EQ(matched("PRAGMA [@ .] foreign_keys", "PRAGMA foreign_key_check"), std::nullopt);
  EXPECT_EQ(matched("PRAGMA @", "PRAGMA ="), std::nullopt);
}

TEST(Pattern, AlternativesAndOptionalWords) {
  EXPECT_EQ(matched("CREATE [TEMP|TEMPORARY] TRIGGER", "CREATE TRIGGER"), 2U);
  EXPECT_EQ(matched("CREATE [TEMP|TEMPORARY] TRIGGER", "CREATE TEMPORARY TRIGGER"), 3U);
  EXPECT_EQ(matched("CREATE [TEMP|TEMPORARY] TRIGGER", "CREATE TEMP TEMP TRIGGER"), std::nullopt);
  EXPECT_EQ(matched("[QUERY PLAN] A", "QUERY A"), std::nullopt);
}

TEST(Pattern, GapsTakeAsLittleAsPossible) {
  EXPECT_EQ(matched("A ... B C", "A B x B C y B C"), 5U);
  EXPECT_EQ(matched("A ... B ... C", "A x B B y C C"), 6U);
  EXPECT_EQ(matched("A ... B", "A x"), std::nullopt);
  EXPECT_EQ(matched("A ... B", "A B"), 2U);
  EXPECT_EQ(matched("A [( ... )] B", "A ( x ( y ) B"), 7U);
  EXPECT_EQ(matched("A [( ... )] B", "A B"), 2U);
}

TEST(Pattern, TheEndOfTheStatement) {
  EXPECT_EQ(matched("CLUSTER [VERBOSE] $", "CLUSTER"), 1U);
  EXPECT_EQ(matched("CLUSTER [VERBOSE] $", "CLUSTER VERBOSE"), 2U);
  EXPECT_EQ(matched("CLUSTER [VERBOSE] $", "CLUSTER VERBOSE a"), std::nullopt);
}

TEST(StatementRules, EveryKindButOrdinaryHasAName) {
  const StatementRule* rule = find_rule(Dialect::postgresql, Tokens("CREATE UNIQUE INDEX CONCURRENTLY i").texts());
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->kind, StatementKind::outside_transaction);
  EXPECT_EQ(rule->name, "CREATE INDEX CONCURRENTLY");
  EXPECT_EQ(find_rule(Dialect::postgresql, Tokens("INSERT INTO a").texts()), nullptr);
}

StatementKind postgresql_kind(const std::string& sql) {
  const StatementRule* rule = find_rule(Dialect::postgresql, Tokens(sql).texts());
  return rule == nullptr ? StatementKind::ordinary : rule->kind;
}

TEST(StatementRules, F36_WhatKeepsTheSession) {
  for (const std::string sql :
       {"CREATE TABLE a ( b int GENERATED ALWAYS AS IDENTITY , c int DEFAULT f ( ) )",
        "create table if not exists a ( )", "CREATE UNLOGGED TABLE a ( )", "CREATE INDEX ON a ( b )",
        "CREATE UNIQUE INDEX a ON b ( c )", "CREATE TYPE a AS ENUM ( 'b' )", "DROP TABLE a", "DROP INDEX a",
        "DROP TYPE a", "DROP VIEW a", "COMMENT ON TABLE a IS 'b'"}) {
    EXPECT_EQ(postgresql_kind(sql), StatementKind::keeps_session) << sql;
  }
}

TEST(StatementRules, F36_WhatMayLeaveSomethingInTheSession) {
  for (const std::string sql : {"CREATE TEMP TABLE a ( )",
                                "CREATE TABLE pg_temp . a ( )",
                                "CREATE TABLE IF NOT EXISTS \"pg_temp\" . a ( )",
                                "CREATE TYPE pg_temp . a AS ENUM ( 'b' )",
                                "CREATE TABLE a AS SELECT f ( )",
                                "CREATE TABLE a ( b ) AS VALUES ( 1 )",
                                "CREATE TABLE a AS ( SELECT f ( ) )",
                                "CREATE UNLOGGED TABLE a AS WITH b AS ( SELECT f ( ) ) TABLE b",
                                "CREATE TABLE a AS EXECUTE b",
                                "CREATE TABLE a PARTITION OF b FOR VALUES IN ( f ( ) )",
                                "CREATE VIEW a AS SELECT 1",
                                "ALTER TABLE a ADD COLUMN b int DEFAULT f ( )",
                                "INSERT INTO a VALUES ( 1 )",
                                "SELECT f ( )",
                                "SET ROLE a",
                                "DO 'x'",
                                "CALL f ( )",
                                "DROP FUNCTION f",
                                "LISTEN a",
                                "DISCARD PLANS"}) {
    EXPECT_EQ(postgresql_kind(sql), StatementKind::ordinary) << sql;
  }
}

TEST(StatementRules, BelongToADialect) {
  const Tokens detach("DETACH a");
  EXPECT_NE(find_rule(Dialect::sqlite, detach.texts()), nullptr);
  EXPECT_EQ(find_rule(Dialect::postgresql, detach.texts()), nullptr);
}

TEST(StatementRefusals, F32_CopyDataIsRefused) {
  for (const std::string sql :
       {"COPY a FROM STDIN", "copy \"s\" . \"a\" ( b , c ) from stdin", "COPY BINARY a FROM STDIN",
        "COPY a FROM STDOUT", "COPY U&\"!0061\" UESCAPE '!' FROM STDIN",
        "COPY a . U&\"!0061\" UESCAPE '!' ( b ) FROM STDIN"}) {
    const StatementRefusal* refusal = find_refusal(Dialect::postgresql, Tokens(sql).texts());
    ASSERT_NE(refusal, nullptr) << sql;
    EXPECT_TRUE(refusal->data_follows);
  }
  EXPECT_EQ(find_refusal(Dialect::postgresql, Tokens("COPY ( SELECT a FROM stdin ) TO 'x'").texts()), nullptr);
  EXPECT_EQ(find_refusal(Dialect::sqlite, Tokens("COPY a FROM STDIN").texts()), nullptr);
}

TEST(StatementRefusals, WhatWritesTheRevisionTableIsRefused) {
  for (const std::string sql : {"INSERT INTO public . retort_revisions VALUES ( 1 )",
                                "update retort_revisions SET id = '1'", "DELETE FROM ONLY \"retort_revisions\"",
                                "TRUNCATE TABLE retort_journal", "DROP TABLE IF EXISTS retort_revisions"}) {
    const StatementRefusal* refusal = find_refusal(Dialect::postgresql, Tokens(sql).texts());
    ASSERT_NE(refusal, nullptr) << sql;
    EXPECT_EQ(refusal->message, "Retort alone writes its tables: which revisions are applied would be unknown");
  }
  for (const std::string sql :
       {"INSERT OR IGNORE INTO main . retort_revisions VALUES ( 1 )", "REPLACE INTO retort_journal VALUES ( 1 )",
        "UPDATE OR FAIL retort_revisions SET id = '1'", "DELETE FROM [retort_revisions]",
        "DROP TABLE retort_revisions"}) {
    EXPECT_NE(find_refusal(Dialect::sqlite, Tokens(sql).texts()), nullptr) << sql;
  }
  for (const std::string sql : {"SELECT id FROM retort_revisions", "INSERT INTO audit SELECT id FROM retort_revisions",
                                "DELETE FROM other_retort_revisions", "GRANT SELECT ON retort_revisions TO a"}) {
    EXPECT_EQ(find_refusal(Dialect::postgresql, Tokens(sql).texts()), nullptr) << sql;
    EXPECT_EQ(find_refusal(Dialect::sqlite, Tokens(sql).texts()), nullptr) << sql;
  }
}

} // namespace
} // namespace retort
