#include "schema/shown.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace retort {
namespace {

/// A kind of object: how one of it comes and goes, and what another one in its place is.
struct Change {
  const char* kind;
  const char* without;
  const char* with;
  const char* other;
  const char* added;
  const char* removed;
  const char* altered;
};

const Change changes[] = {
    {"Table", "", "CREATE TABLE a (id INTEGER)", "CREATE TABLE a (id INTEGER) STRICT", "table a is extra\n",
     "table a is missing\n", "table a: strict is yes instead of none\n"},
    {"WithoutRowid", "", "CREATE TABLE a (id PRIMARY KEY)", "CREATE TABLE a (id PRIMARY KEY) WITHOUT ROWID",
     "table a is extra\n", "table a is missing\n", "table a: without rowid is yes instead of none\n"},
    {"VirtualTable", "", "CREATE VIRTUAL TABLE a USING fts5(b)", "CREATE VIRTUAL TABLE a USING fts5(b, c)",
     "table a is extra\n", "table a is missing\n", "table a: using is fts5(b, c) instead of fts5(b)\n"},
    {"Column", "CREATE TABLE a (id)", "CREATE TABLE a (id, b TEXT)",
     "CREATE TABLE a (id, b INT NOT NULL DEFAULT 0 COLLATE NOCASE)", "column a.b is extra\n", "column a.b is missing\n",
     "column a.b: type is INT instead of TEXT; nullable is no instead of yes; default is 0 instead of none; collation "
     "is "
     "nocase instead of none\n"},
    {"Position", "CREATE TABLE a (id)", "CREATE TABLE a (id, b)", "CREATE TABLE a (b, id)", "column a.b is extra\n",
     "column a.b is missing\n", "column a.b: position is 1 instead of 2\ncolumn a.id: position is 2 instead of 1\n"},
    {"Generated", "CREATE TABLE a (id)", "CREATE TABLE a (id, b AS (id))", "CREATE TABLE a (id, b AS (id) STORED)",
     "column a.b is extra\n", "column a.b is missing\n", "column a.b: generated is id stored instead of id virtual\n"},
    {"PrimaryKey", "CREATE TABLE a (id INTEGER)", "CREATE TABLE a (id INTEGER PRIMARY KEY)",
     "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)", "primary key of a is extra\n",
     "primary key of a is missing\n", "primary key of a: autoincrement is yes instead of none\n"},
    {"Unique", "CREATE TABLE a (id)", "CREATE TABLE a (id UNIQUE)", "CREATE TABLE a (id UNIQUE ON CONFLICT REPLACE)",
     "unique constraint a (id) is extra\n", "unique constraint a (id) is missing\n",
     "unique constraint a (id): on conflict is replace instead of none\n"},
    {"Check", "CREATE TABLE a (id)", "CREATE TABLE a (id CHECK (id > 0))", "CREATE TABLE a (id CHECK (id > 1))",
     "check constraint a (id > 0) is extra\n", "check constraint a (id > 0) is missing\n",
     "check constraint a (id > 0) is missing\ncheck constraint a (id > 1) is extra\n"},
    {"NamedCheck", "CREATE TABLE a (id)", "CREATE TABLE a (id CONSTRAINT c CHECK (id > 0))",
     "CREATE TABLE a (id CONSTRAINT c CHECK (id > 1))", "check constraint a.c is extra\n",
     "check constraint a.c is missing\n", "check constraint a.c: condition is id > 1 instead of id > 0\n"},
    {"ForeignKey", "CREATE TABLE a (id)", "CREATE TABLE a (id REFERENCES b)",
     "CREATE TABLE a (id REFERENCES b(x) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL DEFERRABLE INITIALLY "
     "DEFERRED)",
     "foreign key a (id) is extra\n", "foreign key a (id) is missing\n",
     "foreign key a (id): references is b(x) instead of b; on delete is set null instead of none; on update is cascade "
     "instead of none; match is full instead of none; deferrable is initially deferred instead of none\n"},
    {"Index", "CREATE TABLE a (id)", "CREATE TABLE a (id); CREATE INDEX i ON a (id)",
     "CREATE TABLE a (id); CREATE UNIQUE INDEX i ON a (abs(id) DESC) WHERE id > 0", "index i is extra\n",
     "index i is missing\n",
     "index i: unique is yes instead of none; columns is abs(id) DESC instead of id; where is id > 0 instead of "
     "none\n"},
    {"View", "CREATE TABLE a (id)", "CREATE TABLE a (id); CREATE VIEW v AS SELECT 1",
     "CREATE TABLE a (id); CREATE VIEW v (one) AS SELECT 2", "view v is extra\n", "view v is missing\n",
     "view v: columns is one instead of none; definition is SELECT 2 instead of SELECT 1\n"},
    {"Trigger", "CREATE TABLE a (id)", "CREATE TABLE a (id); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
     "CREATE TABLE a (id); CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT '1 '; END", "trigger t is extra\n",
     "trigger t is missing\n",
     "trigger t: definition is AFTER INSERT ON a BEGIN SELECT '1 '; END instead of AFTER INSERT ON a BEGIN SELECT 1; "
     "END\n"},
};

void PrintTo(const Change& change, std::ostream* out) { *out << change.kind; }

class SqliteChange : public testing::TestWithParam<Change> {};

TEST_P(SqliteChange, IsDescribed) {
  const Change& change = GetParam();
  EXPECT_EQ(difference(Dialect::sqlite, change.without, change.with), change.added);
  EXPECT_EQ(difference(Dialect::sqlite, change.with, change.without), change.removed);
  EXPECT_EQ(difference(Dialect::sqlite, change.with, change.other), change.altered);
}

INSTANTIATE_TEST_SUITE_P(Kinds, SqliteChange, testing::ValuesIn(changes),
                         [](const auto& change) { return std::string(change.param.kind); });

} // namespace
} // namespace retort
