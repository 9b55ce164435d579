// What only newer servers have, and changes that keep others from tables for a short time only.
#include "schema/postgresql_becomes.hpp"

#include <ostream>

namespace retort {
namespace {

struct Newer {
  const char* what;
  int since; ///< as PQserverVersion
  const char* from;
  const char* rows;
  const char* to;
};

const Newer cases[] = {
    {"Compression", 140000, "CREATE TABLE a (b text COMPRESSION pglz, c text)", "INSERT INTO a VALUES ('x', 'y')",
     "CREATE TABLE a (b text, c text COMPRESSION pglz)"},
    {"Multirange", 140000, "", "",
     "CREATE TYPE spans AS RANGE (subtype = float8, multirange_type_name = many_spans); CREATE TABLE a (b many_spans)"},
    {"BodyOfSql", 140000,
     "CREATE TABLE a (b int); CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM a WHERE b > 0; END;"
     "CREATE VIEW v AS SELECT f()",
     "INSERT INTO a VALUES (1)",
     "CREATE TABLE a (b bigint); CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM a WHERE b > 0; "
     "END; CREATE VIEW v AS SELECT f()"},
    {"NullsNotDistinct", 150000, "CREATE TABLE a (b int UNIQUE, c int); CREATE UNIQUE INDEX i ON a (c)",
     "INSERT INTO a VALUES (1, NULL)",
     "CREATE TABLE a (b int UNIQUE NULLS NOT DISTINCT, c int); CREATE UNIQUE INDEX i ON a (c) NULLS NOT DISTINCT"},
    {"SecurityInvoker", 150000, "CREATE VIEW v AS SELECT 1 AS one", "",
     "CREATE VIEW v WITH (security_invoker = true) AS SELECT 1 AS one"},
    {"UnloggedSequence", 150000, "CREATE SEQUENCE s", "", "CREATE UNLOGGED SEQUENCE s"},
    {"OnDeleteSetNullOfSome", 150000,
     "CREATE TABLE a (b int, c int, PRIMARY KEY (b, c)); CREATE TABLE d (b int, c int, FOREIGN KEY (b, c) REFERENCES "
     "a)",
     "INSERT INTO a VALUES (1, 2); INSERT INTO d VALUES (1, 2)",
     "CREATE TABLE a (b int, c int, PRIMARY KEY (b, c));"
     "CREATE TABLE d (b int, c int, FOREIGN KEY (b, c) REFERENCES a ON DELETE SET NULL (c))"},
    {"IdentityOfPartitions", 170000,
     "CREATE TABLE a (b int NOT NULL) PARTITION BY RANGE (b); CREATE TABLE p PARTITION OF a FOR VALUES FROM (1) TO (9)",
     "INSERT INTO a VALUES (1)",
     "CREATE TABLE a (b int GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (b);"
     "CREATE TABLE p PARTITION OF a FOR VALUES FROM (1) TO (9)"},
    {"Virtual", 180000, "CREATE TABLE a (b int, c int GENERATED ALWAYS AS (b + 1) STORED)", "INSERT INTO a VALUES (1)",
     "CREATE TABLE a (b int, c int GENERATED ALWAYS AS (b + 1) VIRTUAL)"},
    {"NotNullNotValid", 180000, "CREATE TABLE a (b int, c int NOT NULL)", "INSERT INTO a VALUES (1, 1)",
     "CREATE TABLE a (b int, c int); ALTER TABLE a ADD NOT NULL b NOT VALID, ADD NOT NULL c NO INHERIT"},
    {"NotEnforced", 180000, "CREATE TABLE a (b int CHECK (b > 0))", "INSERT INTO a VALUES (1)",
     "CREATE TABLE a (b int CHECK (b > 0) NOT ENFORCED)"},
    {"WithoutOverlaps", 180000, "CREATE EXTENSION btree_gist; CREATE TABLE a (b int, c int4range NOT NULL)",
     "INSERT INTO a VALUES (1, '[1,2)')",
     "CREATE EXTENSION btree_gist; CREATE TABLE a (b int, c int4range, PRIMARY KEY (b, c WITHOUT OVERLAPS))"},
    {"Everything", 130000,
     "CREATE TABLE customer (id int NOT NULL); CREATE TABLE orders (a int, b text, c int); CREATE INDEX gone ON orders "
     "(c)",
     "INSERT INTO customer VALUES (1); INSERT INTO orders VALUES (1, 'x', 1)",
     "CREATE TABLE customer (id int PRIMARY KEY, other int UNIQUE DEFERRABLE);"
     "CREATE TABLE orders (a int REFERENCES customer, b text NOT NULL, c int CHECK (c > 0), UNIQUE (c) INCLUDE (a));"
     "CREATE INDEX i ON orders (lower(b)) WHERE a > 0; ALTER INDEX i SET (fillfactor = 50)"},
};

void PrintTo(const Newer& newer, std::ostream* out) { *out << newer.what; }

class PostgresqlNewer : public testing::TestWithParam<Newer> {
protected:
  static void change_and_back(const ChangeOptions& options) {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
    const Newer& newer = GetParam();
    const auto database = make_test_database(Dialect::postgresql);
    if (std::stoi(database->run("SHOW server_version_num")) < newer.since) {
      GTEST_SKIP() << "needs a newer server";
    }
    database->run(newer.from);
    database->run(newer.rows);
    const Schema from = read_schema(database->parsed_url());
    expect_becomes(*database, schema_of(Dialect::postgresql, newer.to), options);
    expect_becomes(*database, from, options);
  }
};

TEST_P(PostgresqlNewer, ChangesUpAndDown) { change_and_back({}); }
TEST_P(PostgresqlNewer, ChangesOnline) { change_and_back({{}, true}); }

INSTANTIATE_TEST_SUITE_P(Kinds, PostgresqlNewer, testing::ValuesIn(cases),
                         [](const auto& newer) { return std::string(newer.param.what); });

} // namespace
} // namespace retort
