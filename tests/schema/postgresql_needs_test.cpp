#include "schema/shown.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// A line for each object that needs others.
std::string needs_after(const std::string& sql) {
  std::string out;
  for (const Object& object : schema_of(Dialect::postgresql, sql).objects) {
    if (object.needs.empty() || object.kind == ObjectKind::schema) {
      continue;
    }
    out += std::string(name(object.kind)) + " " + object.name + ":";
    for (const ObjectKey& key : object.needs) {
      if (key.kind != ObjectKind::schema) {
        out += " " + std::string(name(key.kind)) + " " + key.name + ",";
      }
    }
    out.back() = '\n';
  }
  return out;
}

class PostgresqlNeeds : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
  }
};

TEST_F(PostgresqlNeeds, ColumnsNeedTypesFunctionsAndSequences) {
  EXPECT_EQ(needs_after(R"(
    CREATE TYPE mood AS ENUM ('ok');
    CREATE DOMAIN moods AS mood[] CHECK (VALUE[1] = 'ok');
    CREATE TYPE both_of AS (m mood, l moods);
    CREATE FUNCTION usual() RETURNS mood LANGUAGE sql AS 'SELECT ''ok''::public.mood';
    CREATE TABLE a (id serial, m mood DEFAULT usual(), l both_of[]);)"),
            R"(enum mood
domain moods: enum mood
composite type both_of: enum mood, domain moods
sequence a_id_seq: column a.id
table a
column a.id: sequence a_id_seq
column a.l: composite type both_of
column a.m: enum mood, function usual()
check constraint moods.moods_check: enum mood, domain moods
function usual(): enum mood
)");
}

TEST_F(PostgresqlNeeds, PartsOfTablesNeedColumns) {
  EXPECT_EQ(needs_after(R"(
    CREATE FUNCTION f(x int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT x';
    CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
    CREATE TABLE a (id int PRIMARY KEY, b int CHECK (f(b) > 0), g int GENERATED ALWAYS AS (b + 1) STORED,
                    parent int REFERENCES a, UNIQUE (b, g));
    CREATE INDEX i ON a (f(b)) WHERE g > 0;
    CREATE STATISTICS s ON b, g FROM a;
    CREATE POLICY p ON a USING (EXISTS (SELECT FROM a x WHERE x.b = 1));
    CREATE TRIGGER t BEFORE UPDATE OF b ON a FOR EACH ROW WHEN (old.g > 1) EXECUTE FUNCTION t();
    CREATE RULE r AS ON DELETE TO a DO ALSO SELECT f(1);)"),
            R"(table a
column a.g: column a.b
primary key a: column a.id
unique constraint a.a_b_g_key: column a.b, column a.g
check constraint a.a_b_check: column a.b, function f(integer)
foreign key a.a_parent_fkey: column a.id, column a.parent, primary key a
index i: table a, column a.b, column a.g, function f(integer)
statistics s: column a.b, column a.g
function f(integer)
function t()
trigger a.t: table a, column a.b, column a.g, function t()
rule a.r: table a, function f(integer)
policy a.p: table a, column a.b
)");
}

TEST_F(PostgresqlNeeds, ViewsNeedColumnsAndViews) {
  EXPECT_EQ(needs_after(R"(
    CREATE TABLE a (id int PRIMARY KEY, b int);
    CREATE VIEW v AS SELECT b FROM a;
    CREATE VIEW grouped AS SELECT id, b FROM a GROUP BY id;
    CREATE MATERIALIZED VIEW m AS SELECT b FROM v;
    CREATE INDEX i ON m (b);
    CREATE FUNCTION rows_of() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM public.a';)"),
            R"(table a
primary key a: column a.id
index i: materialized view m
view grouped: column a.b, column a.id, primary key a
view v: column a.b
materialized view m: view v
function rows_of(): table a
)");
}

TEST_F(PostgresqlNeeds, PartitionsNeedTheirTables) {
  EXPECT_EQ(needs_after(R"(
    CREATE TABLE a (id int PRIMARY KEY) PARTITION BY RANGE (id);
    CREATE TABLE p PARTITION OF a FOR VALUES FROM (1) TO (9);
    CREATE TABLE ref (p int REFERENCES p);
    CREATE TABLE parent (x int);
    CREATE TABLE child () INHERITS (parent);)"),
            R"(table a
table child: table parent
table p: table a
table parent
table ref
column a.id: table a
primary key a: column a.id
foreign key ref.ref_p_fkey: column p.id, column ref.p, primary key a
)");
}

} // namespace
} // namespace retort
