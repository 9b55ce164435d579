// What becomes of values whose columns get other types: they are kept, or the change fails, or it says what it does.
#include "schema/change.hpp"
#include "schema/shown.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <exception>

namespace retort {
namespace {

class PostgresqlRetype : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
  }

  /// What a table `t` with a row of values becomes where it has other columns: what is said of each, and its value
  /// then.
  static std::string change(const std::string& from_types, const std::string& values, const std::string& to_types) {
    const auto database = make_test_database(Dialect::postgresql);
    database->run(from_types);
    database->run(fmt::format("INSERT INTO t VALUES ({})", values));
    const SchemaChange change =
        change_schema(read_schema(database->parsed_url()), schema_of(Dialect::postgresql, to_types));
    std::string out = "\n";
    for (const SchemaChange::Step& step : change.steps) {
      const std::size_t type = step.sql.find(" TYPE ");
      const std::string action = step.sql.substr(type == std::string::npos ? 0 : type + 1);
      out += fmt::format("{}{}{}\n", action, step.hazard.empty() ? "" : " -- ", step.hazard);
      try {
        database->run(step.sql);
      } catch (const std::exception& refused) {
        const std::string message = refused.what();
        const std::size_t begin = message.find("ERROR:");
        out += fmt::format("  {}\n", message.substr(begin, message.find('\n', begin) - begin));
      }
    }
    return out + database->run("SELECT * FROM t");
  }
};

TEST_F(PostgresqlRetype, ADomainThatIsMadeAnewDoesNotCut) {
  EXPECT_EQ(change("CREATE DOMAIN d AS text; CREATE TABLE t (a d, b d[], c d)", "'0123456789', '{0123456789}', 'ok'",
                   "CREATE DOMAIN d AS varchar(5); CREATE TABLE t (a d, b d[], c d)"),
            R"(
ALTER DOMAIN public.d RENAME TO d_old
CREATE DOMAIN public.d AS character varying(5)
TYPE public.d USING a -- fails where a value of t.a is longer
  ERROR:  value too long for type character varying(5)
TYPE public.d[] USING b -- fails where a value of t.b is longer
  ERROR:  value too long for type character varying(5)
TYPE public.d USING c -- fails where a value of t.c is longer
DROP DOMAIN public.d_old
  ERROR:  cannot drop type d_old because other objects depend on it
0123456789|{0123456789}|ok
)");
}

TEST_F(PostgresqlRetype, TextsAreNotCut) {
  EXPECT_EQ(change("CREATE TABLE t (a text, b text[], c varchar(200)[], d text, e text[], f text, g text)",
                   "'012', '{012}', '{0123}', '0123', '{0123}', repeat('n', 70), 'xyz'",
                   "CREATE TABLE t (a varchar(2), b varchar(2)[], c varchar(3)[], d char(3), e char(3)[], f name, "
                   "g \"char\")"),
            R"(
TYPE character varying(2) -- fails where a value of t.a is longer
  ERROR:  value too long for type character varying(2)
TYPE character varying(2)[] -- fails where a value of t.b is longer
  ERROR:  value too long for type character varying(2)
TYPE character varying(3)[] -- fails where a value of t.c is longer
  ERROR:  value too long for type character varying(3)
TYPE character(3) -- fails where a value of t.d is longer
  ERROR:  value too long for type character(3)
TYPE character(3)[] -- fails where a value of t.e is longer
  ERROR:  value too long for type character(3)
TYPE name -- cuts longer values of t.f
TYPE "char" USING g::"char" -- cuts longer values of t.g
012|{012}|{0123}|0123|{0123}|nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn|x
)");
}

TEST_F(PostgresqlRetype, BitsAreNotCut) {
  EXPECT_EQ(change("CREATE TABLE t (a bit varying(8), b bit(8), c text, d bit varying, e bit(2))",
                   "'11111111', '11111111', '11111111', '11', '10'",
                   "CREATE TABLE t (a bit varying(4), b bit(4), c bit(4), d bit(2), e bit varying(3))"),
            R"(
TYPE bit varying(4) -- fails where a value of t.a is longer
  ERROR:  bit string too long for type bit varying(4)
TYPE bit(4) -- fails where a value of t.b has another length
  ERROR:  bit string length 8 does not match type bit(4)
TYPE bit(4) USING c::bit varying -- fails where a value of t.c is no bit(4)
  ERROR:  bit string length 8 does not match type bit(4)
TYPE bit(2) -- fails where a value of t.d has another length
TYPE bit varying(3)
11111111|11111111|11111111|11|10
)");
}

TEST_F(PostgresqlRetype, Times) {
  EXPECT_EQ(
      change("SET timezone = 'UTC'; CREATE TABLE t (a time, b interval, c timestamp, d timestamp[], e timestamptz, "
             "f timetz, g interval, h interval, i date, j timestamp, k time)",
             "'10:11:12.7', '1 day 00:00:01.5', '2024-05-06 07:08:09', '{2024-05-06 07:08:09.6}', "
             "'2024-05-06 07:08:09Z', '07:08:09+02', '1 day 02:03:04', '1 year 2 days', '2024-05-06', "
             "'2024-05-06 07:08:09', '07:08:09'",
             "CREATE TABLE t (a time(0), b interval(0), c time, d date[], e timestamp(0), f time, g time, "
             "h interval year, i timestamp, j timetz(0), k interval)"),
      R"(
TYPE time(0) without time zone -- rounds values of t.a
TYPE interval(0) -- rounds values of t.b
TYPE time without time zone -- loses the date of t.c
TYPE date[] -- loses the time of day of t.d
TYPE timestamp(0) without time zone -- takes t.e as of the session's time zone; rounds its values
TYPE time without time zone -- loses the time zone of t.f
TYPE time without time zone -- loses the days of t.g
TYPE interval year -- loses parts of t.h
TYPE timestamp without time zone
TYPE time(0) with time zone USING j::time without time zone -- loses the date of t.j; takes it as of the session's time zone; rounds its values
TYPE interval
10:11:13|1 day 00:00:02|07:08:09|{2024-05-06}|2024-05-06 07:08:09|07:08:09|02:03:04|1 year|2024-05-06 00:00:00|07:08:09+00|07:08:09
)");
}

TEST_F(PostgresqlRetype, Numbers) {
  EXPECT_EQ(change("CREATE TABLE t (a boolean, b boolean, c numeric, d money, e numeric(5, 0), f numeric(5, 2), "
                   "g boolean[], h integer)",
                   "true, false, 1.239, 12.5, 12345, 1.25, '{true,false}', 1",
                   "CREATE TABLE t (a integer, b numeric(3, 1), c money, d numeric, e integer, f integer, g bigint[], "
                   "h boolean)"),
            R"(
TYPE integer USING a::integer
TYPE numeric(3,1) USING b::integer
TYPE money USING c::numeric -- rounds values of t.c; fails where one is out of range
TYPE numeric USING d::numeric
TYPE integer
TYPE integer -- rounds values of t.f
TYPE bigint[] USING g::integer[]
TYPE boolean USING h::text::boolean -- fails where a value of t.h is no boolean
1|0.0|$1.24|12.50|12345|1|{1,0}|t
)");
}

TEST_F(PostgresqlRetype, TextsAreRead) {
  EXPECT_EQ(change("CREATE TABLE t (a text, b text, c text, d text, e text[], f json, g jsonb)",
                   "'1.239', '2024-05-06 07:08:09', '2024-05-06 07:08:09', '{\"b\":1,\"a\":2,\"b\":3}', '{1.5}', "
                   "'{\"b\":1,\"a\":2,\"b\":3}', '{}'",
                   "CREATE TABLE t (a numeric(5, 2), b date, c time(0), d jsonb, e integer[], f jsonb, g json)"),
            R"(
TYPE numeric(5,2) USING a::numeric -- rounds values of t.a; fails where one is no numeric(5,2)
TYPE date USING b::date -- may change values of t.b; fails where one is no date
TYPE time(0) without time zone USING c::time without time zone -- may change values of t.c; fails where one is no time(0) without time zone
TYPE jsonb USING d::jsonb -- loses the order of keys, and keys that are there twice, in t.d; fails where one is no jsonb
TYPE integer[] USING e::integer[] -- fails where a value of t.e is no integer
  ERROR:  invalid input syntax for type integer: "1.5"
TYPE jsonb -- loses the order of keys, and keys that are there twice, in t.f
TYPE json
1.24|2024-05-06|07:08:09|{"a": 2, "b": 3}|{1.5}|{"a": 2, "b": 3}|{}
)");
}

TEST_F(PostgresqlRetype, AttributesOfACompositeTypeAreTakenByTheirNames) {
  const std::string table = "CREATE TYPE pairs AS (p pair, m int); CREATE DOMAIN d AS pair;"
                            "CREATE TABLE t (x pair, y pair, z pair, n pairs, d d)";
  EXPECT_EQ(change("CREATE TYPE pair AS (a int, b text, c text, \"D e\" boolean);" + table,
                   "'(1,\"x, y\",x,t)', NULL, '(,,,)', '(\"(1,2,x,t)\",5)', '(1,2,x,)'",
                   "CREATE TYPE pair AS (b varchar(9), a bigint, \"D e\" int, n date);" + table),
            R"~(
TYPE public.pair RENAME TO pair_old
TYPE public.pair AS (b character varying(9), a bigint, "D e" integer, n date)
ALTER DOMAIN public.d RENAME TO d_old
CREATE DOMAIN public.d AS public.pair
TYPE public.pairs RENAME TO pairs_old
TYPE public.pairs AS (p public.pair, m integer)
TYPE public.d USING CASE WHEN d IS DISTINCT FROM NULL THEN ROW((d).b, (d).a, (d)."D e"::integer, NULL)::text::public.pair END -- loses c of t.d; fails where a value of t.d is no pair
TYPE public.pairs USING CASE WHEN n IS DISTINCT FROM NULL THEN ROW(CASE WHEN (n).p IS DISTINCT FROM NULL THEN ROW(((n).p).b, ((n).p).a, ((n).p)."D e"::integer, NULL)::text::public.pair END, (n).m)::text::public.pairs END -- loses c of t.n; fails where a value of t.n is no pair
TYPE public.pair USING CASE WHEN x IS DISTINCT FROM NULL THEN ROW((x).b, (x).a, (x)."D e"::integer, NULL)::text::public.pair END -- loses c of t.x; fails where a value of t.x is no pair
TYPE public.pair USING CASE WHEN y IS DISTINCT FROM NULL THEN ROW((y).b, (y).a, (y)."D e"::integer, NULL)::text::public.pair END -- loses c of t.y; fails where a value of t.y is no pair
TYPE public.pair USING CASE WHEN z IS DISTINCT FROM NULL THEN ROW((z).b, (z).a, (z)."D e"::integer, NULL)::text::public.pair END -- loses c of t.z; fails where a value of t.z is no pair
TYPE public.pairs_old
DROP DOMAIN public.d_old
TYPE public.pair_old
("x, y",1,1,)||(,,,)|("(2,1,1,)",5)|(2,1,,)
)~");
  EXPECT_EQ(change("CREATE TYPE pair AS (a text, b int); CREATE TABLE t (x pair)", "'(0123,1)'",
                   "CREATE TYPE pair AS (b int, a varchar(3)); CREATE TABLE t (x pair)"),
            R"(
TYPE public.pair RENAME TO pair_old
TYPE public.pair AS (b integer, a character varying(3))
TYPE public.pair USING CASE WHEN x IS DISTINCT FROM NULL THEN ROW((x).b, (x).a)::text::public.pair END -- fails where a value of t.x is no pair
  ERROR:  value too long for type character varying(3)
TYPE public.pair_old
  ERROR:  cannot drop type pair_old because other objects depend on it
(0123,1)
)");
}

TEST_F(PostgresqlRetype, ArraysOfACompositeTypeWithOtherAttributesAreNotConverted) {
  EXPECT_EQ(
      change_schema(schema_of(Dialect::postgresql, "CREATE TYPE pair AS (a int, b int); CREATE TABLE t (x pair[])"),
                    schema_of(Dialect::postgresql, "CREATE TYPE pair AS (b int, a int); CREATE TABLE t (x pair[])"))
          .impossible,
      std::vector<std::string>{"column t.x: an array cannot be converted to one of a composite type of which "
                               "attributes come, go or change places"});
}

} // namespace
} // namespace retort
