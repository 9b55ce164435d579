// The exact statements of some changes.
#include "schema/change.hpp"
#include "schema/shown.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace retort {
namespace {

/// The statements, and what is said of each.
std::string change(const std::string& from, const std::string& to, const ChangeOptions& options = {}) {
  const SchemaChange change =
      change_schema(schema_of(Dialect::postgresql, from), schema_of(Dialect::postgresql, to), options);
  std::string out = "\n";
  for (const SchemaChange::Step& step : change.steps) {
    out += fmt::format("{};{}{}{}\n", step.sql, step.hazard.empty() ? "" : " -- ", step.hazard,
                       step.in_transaction ? "" : " -- alone");
  }
  for (const std::string& line : change.impossible) {
    out += fmt::format("impossible: {}\n", line);
  }
  return out;
}

class PostgresqlDdl : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
  }
  ChangeOptions online_{{}, true};
};

TEST_F(PostgresqlDdl, ATableWithEverything) {
  EXPECT_EQ(change("", R"(
    CREATE TYPE mood AS ENUM ('ok', 'bad');
    CREATE TABLE customer (id int PRIMARY KEY);
    CREATE TABLE orders (
      id bigint GENERATED ALWAYS AS IDENTITY (START 5) PRIMARY KEY,
      number serial NOT NULL UNIQUE,
      m mood NOT NULL DEFAULT 'ok',
      customer_id int NOT NULL REFERENCES customer ON DELETE CASCADE,
      total numeric(10, 2) DEFAULT 0 CHECK (total > 0),
      gross numeric GENERATED ALWAYS AS (total * 1.2) STORED,
      note text COLLATE "C",
      during int4range,
      EXCLUDE USING gist (during WITH &&)) WITH (fillfactor = 70);
    CREATE INDEX by_note ON orders (lower(note)) WHERE total > 5;
    COMMENT ON TABLE orders IS 'what people want';
    COMMENT ON COLUMN orders.note IS 'it''s free';)"),
            R"(
CREATE TYPE public.mood AS ENUM ('ok', 'bad');
CREATE SEQUENCE public.orders_number_seq AS integer;
CREATE TABLE public.customer (
  id integer NOT NULL,
  CONSTRAINT customer_pkey PRIMARY KEY (id)
);
CREATE TABLE public.orders (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1),
  number integer NOT NULL DEFAULT nextval('public.orders_number_seq'::regclass),
  m public.mood NOT NULL DEFAULT 'ok'::public.mood,
  customer_id integer NOT NULL,
  total numeric(10,2) DEFAULT 0,
  gross numeric GENERATED ALWAYS AS (total * 1.2) STORED,
  note text COLLATE "C",
  during int4range,
  CONSTRAINT orders_pkey PRIMARY KEY (id),
  CONSTRAINT orders_number_key UNIQUE (number),
  CONSTRAINT orders_total_check CHECK ((total > (0)::numeric)),
  CONSTRAINT orders_during_excl EXCLUDE USING gist (during WITH &&)
) WITH (fillfactor = 70);
COMMENT ON TABLE public.orders IS 'what people want';
COMMENT ON COLUMN public.orders.note IS 'it''s free';
ALTER SEQUENCE public.orders_number_seq OWNED BY public.orders.number;
ALTER TABLE public.orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customer(id) ON DELETE CASCADE;
CREATE INDEX by_note ON public.orders USING btree (lower(note)) WHERE (total > (5)::numeric);
)");
}

TEST_F(PostgresqlDdl, ATypeBelowAView) {
  const std::string rest =
      "CREATE TABLE other (); CREATE VIEW v AS SELECT total FROM orders, other; COMMENT ON VIEW v IS 'seen';"
      "CREATE INDEX i ON orders (total)";
  EXPECT_EQ(change("CREATE TABLE orders (total int DEFAULT 1);" + rest,
                   "CREATE TABLE orders (total smallint DEFAULT 1);" + rest),
            R"(
DROP VIEW public.v;
ALTER TABLE public.orders ALTER COLUMN total DROP DEFAULT;
ALTER TABLE public.orders ALTER COLUMN total TYPE smallint; -- fails where a value of orders.total is out of range
ALTER TABLE public.orders ALTER COLUMN total SET DEFAULT 1;
CREATE VIEW public.v AS
SELECT orders.total
   FROM public.orders,
    public.other;
COMMENT ON VIEW public.v IS 'seen';
)");
}

TEST_F(PostgresqlDdl, OnlineIndexes) {
  EXPECT_EQ(change("CREATE TABLE orders (a int, b int); CREATE INDEX gone ON orders (a)",
                   "CREATE TABLE orders (a int, b int UNIQUE DEFERRABLE, CHECK (a > 0));"
                   "CREATE UNIQUE INDEX i ON orders (a DESC) WHERE b > 0",
                   online_),
            R"(
CREATE UNIQUE INDEX CONCURRENTLY orders_b_key ON public.orders (b); -- fails where two rows of orders have the same b -- alone
CREATE UNIQUE INDEX CONCURRENTLY i ON public.orders USING btree (a DESC) WHERE (b > 0); -- fails where two rows of orders have the same a DESC -- alone
ALTER TABLE public.orders ADD CONSTRAINT orders_b_key UNIQUE USING INDEX orders_b_key DEFERRABLE;
ALTER TABLE public.orders ADD CONSTRAINT orders_a_check CHECK ((a > 0)) NOT VALID;
ALTER TABLE public.orders VALIDATE CONSTRAINT orders_a_check; -- fails where a row of orders breaks CHECK ((a > 0)) -- alone
DROP INDEX CONCURRENTLY public.gone; -- alone
)");
}

TEST_F(PostgresqlDdl, OnlineNotNullAndKeys) {
  EXPECT_EQ(change("CREATE TABLE customer (id int); CREATE TABLE orders (a int, \"B\" text)",
                   "CREATE TABLE customer (id int PRIMARY KEY);"
                   "CREATE TABLE orders (a int REFERENCES customer, \"B\" text NOT NULL)",
                   online_),
            R"(
CREATE UNIQUE INDEX CONCURRENTLY customer_pkey ON public.customer (id); -- fails where two rows of customer have the same id -- alone
ALTER TABLE public.customer ADD CONSTRAINT id_filled CHECK (id IS NOT NULL) NOT VALID;
ALTER TABLE public.orders ADD CONSTRAINT "B_filled" CHECK ("B" IS NOT NULL) NOT VALID;
ALTER TABLE public.customer VALIDATE CONSTRAINT id_filled; -- fails where customer.id is NULL -- alone
ALTER TABLE public.customer ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.customer DROP CONSTRAINT id_filled;
ALTER TABLE public.customer ADD CONSTRAINT customer_pkey PRIMARY KEY USING INDEX customer_pkey;
ALTER TABLE public.orders ADD CONSTRAINT orders_a_fkey FOREIGN KEY (a) REFERENCES public.customer(id) NOT VALID;
ALTER TABLE public.orders VALIDATE CONSTRAINT "B_filled"; -- fails where orders."B" is NULL -- alone
ALTER TABLE public.orders ALTER COLUMN "B" SET NOT NULL;
ALTER TABLE public.orders DROP CONSTRAINT "B_filled";
ALTER TABLE public.orders VALIDATE CONSTRAINT orders_a_fkey; -- fails where a of orders is not in customer (id) -- alone
)");
}

TEST_F(PostgresqlDdl, ValuesOfAnEnumAreCommittedBeforeTheyAreUsed) {
  EXPECT_EQ(change("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE a (m mood)",
                   "CREATE TYPE mood AS ENUM ('bad', 'ok', 'good'); CREATE TABLE a (m mood DEFAULT 'good')"),
            R"(
ALTER TYPE public.mood ADD VALUE 'bad' BEFORE 'ok'; -- alone
ALTER TYPE public.mood ADD VALUE 'good'; -- alone
ALTER TABLE public.a ALTER COLUMN m SET DEFAULT 'good'::public.mood;
)");
}

TEST_F(PostgresqlDdl, WhatNoCreateSays) {
  EXPECT_EQ(change("CREATE EXTENSION citext", R"(
    CREATE EXTENSION citext;
    COMMENT ON EXTENSION citext IS 'names';
    CREATE TYPE pair AS (a int, b text);
    COMMENT ON COLUMN pair.b IS 'second';
    CREATE TABLE a (x int PRIMARY KEY, y text) WITH (toast.autovacuum_enabled = off);
    ALTER TABLE a CLUSTER ON a_pkey;
    CREATE INDEX i ON a ((x + 1));
    ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 77;
    CREATE STATISTICS s ON x, y FROM a;
    ALTER STATISTICS s SET STATISTICS 55;
    CREATE VIEW v AS SELECT x, y FROM a;
    ALTER VIEW v ALTER COLUMN y SET DEFAULT '5';
    CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
    CREATE TABLE p (a int) PARTITION BY RANGE (a);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
    CREATE TRIGGER touched BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION touch();
    ALTER TABLE p1 DISABLE TRIGGER touched;
    CREATE INDEX alone ON ONLY p (a);)"),
            R"(
COMMENT ON EXTENSION citext IS 'names';
CREATE TYPE public.pair AS (a integer, b text);
COMMENT ON COLUMN public.pair.b IS 'second';
CREATE TABLE public.a (
  x integer NOT NULL,
  y text,
  CONSTRAINT a_pkey PRIMARY KEY (x)
) WITH (toast.autovacuum_enabled = off);
CREATE TABLE public.p (
  a integer
) PARTITION BY RANGE (a);
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (0) TO (9);
ALTER TABLE public.a CLUSTER ON a_pkey;
CREATE INDEX alone ON ONLY public.p USING btree (a);
CREATE INDEX i ON public.a USING btree (((x + 1)));
ALTER INDEX public.i ALTER COLUMN 1 SET STATISTICS 77;
CREATE STATISTICS public.s ON x, y FROM public.a;
ALTER STATISTICS public.s SET STATISTICS 55;
CREATE VIEW public.v AS
SELECT a.x,
    a.y
   FROM public.a;
ALTER VIEW public.v ALTER COLUMN y SET DEFAULT '5'::text;
CREATE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$BEGIN RETURN new; END$function$;
CREATE AGGREGATE public.joined(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
CREATE TRIGGER touched BEFORE UPDATE ON public.p FOR EACH ROW EXECUTE FUNCTION public.touch();
ALTER TABLE public.p1 DISABLE TRIGGER touched;
)");
}

TEST_F(PostgresqlDdl, ValuesOfAnEnumAreFoundInOtherTexts) {
  EXPECT_EQ(change("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE a (m mood[])",
                   "CREATE TYPE mood AS ENUM ('ok', 'new'); CREATE TABLE a (m mood[] DEFAULT '{new}')"),
            R"(
ALTER TYPE public.mood ADD VALUE 'new'; -- alone
ALTER TABLE public.a ALTER COLUMN m SET DEFAULT '{new}'::public.mood[];
)");
  EXPECT_EQ(change("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE a (m mood)",
                   "CREATE TYPE mood AS ENUM ('ok', E'b\\\\n'); CREATE TABLE a (m mood DEFAULT E'b\\\\n')"),
            R"(
ALTER TYPE public.mood ADD VALUE E'b\\n'; -- alone
ALTER TABLE public.a ALTER COLUMN m SET DEFAULT 'b\n'::public.mood;
)");
  EXPECT_EQ(
      change("CREATE TYPE mood AS ENUM ('ok')", "CREATE TYPE mood AS ENUM ('ok', 'new'); CREATE TABLE a (m mood)"),
      R"(
ALTER TYPE public.mood ADD VALUE 'new';
CREATE TABLE public.a (
  m public.mood
);
)");
}

TEST_F(PostgresqlDdl, WhatGoesAndComesAgainDoesSoAtOnce) {
  const std::string rest = "ALTER TABLE doc ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON doc USING (tenant = 1);"
                           "CREATE VIEW v AS SELECT tenant FROM doc;";
  EXPECT_EQ(change("CREATE TYPE st AS ENUM ('a'); CREATE TABLE doc (tenant int, s st);" + rest,
                   "CREATE TYPE st AS ENUM ('a', 'b'); CREATE TABLE doc (tenant bigint, s st DEFAULT 'b');" + rest),
            R"(
ALTER TYPE public.st ADD VALUE 'b'; -- alone
DROP POLICY own ON public.doc;
DROP VIEW public.v;
ALTER TABLE public.doc ALTER COLUMN s SET DEFAULT 'b'::public.st;
ALTER TABLE public.doc ALTER COLUMN tenant TYPE bigint;
CREATE VIEW public.v AS
SELECT doc.tenant
   FROM public.doc;
CREATE POLICY own ON public.doc USING (tenant = 1);
)");
}

TEST_F(PostgresqlDdl, OnlineNothingIsMissingMeanwhile) {
  EXPECT_EQ(change("CREATE TABLE t (id int PRIMARY KEY, a int, b int, ok int CHECK (ok > 0));"
                   "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (b); CREATE UNIQUE INDEX uq ON t (b, ok);"
                   "CREATE TABLE r (t int REFERENCES t)",
                   "CREATE TABLE t (id int PRIMARY KEY, a bigint, b int, ok int CHECK (ok > 1));"
                   "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (b, id); CREATE UNIQUE INDEX uq ON t (b);"
                   "CREATE TABLE r (t int REFERENCES t ON DELETE CASCADE)",
                   online_),
            R"(
CREATE INDEX CONCURRENTLY i_new ON public.t USING btree (b, id); -- alone
CREATE UNIQUE INDEX CONCURRENTLY uq_new ON public.t USING btree (b); -- fails where two rows of t have the same b -- alone
DROP VIEW public.v;
DROP INDEX public.i;
DROP INDEX public.uq;
ALTER TABLE public.r DROP CONSTRAINT r_t_fkey;
ALTER TABLE public.t DROP CONSTRAINT t_ok_check;
ALTER TABLE public.t ALTER COLUMN a TYPE bigint; -- rewrites the table of t.a while nobody can use it
ALTER TABLE public.t ADD CONSTRAINT t_ok_check CHECK ((ok > 1)) NOT VALID;
ALTER TABLE public.r ADD CONSTRAINT r_t_fkey FOREIGN KEY (t) REFERENCES public.t(id) ON DELETE CASCADE NOT VALID;
ALTER INDEX public.i_new RENAME TO i;
ALTER INDEX public.uq_new RENAME TO uq;
CREATE VIEW public.v AS
SELECT t.a
   FROM public.t;
ALTER TABLE public.t VALIDATE CONSTRAINT t_ok_check; -- fails where a row of t breaks CHECK ((ok > 1)) -- alone
ALTER TABLE public.r VALIDATE CONSTRAINT r_t_fkey; -- fails where t of r is not in t (id) -- alone
)");
}

TEST_F(PostgresqlDdl, OnlineIndexesOfWhatChangesAreBuiltWithIt) {
  EXPECT_EQ(change("CREATE TABLE t (a int PRIMARY KEY, b text); CREATE INDEX i ON t (a)",
                   "CREATE TABLE t (a int, b text NOT NULL, c int, PRIMARY KEY (a, b)); CREATE INDEX i ON t (a, c);"
                   "CREATE INDEX j ON t (c)",
                   online_),
            R"(
CREATE UNIQUE INDEX CONCURRENTLY t_pkey_new ON public.t (a, b); -- fails where two rows of t have the same a, b -- alone
DROP INDEX public.i;
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
ALTER TABLE public.t ALTER COLUMN b SET NOT NULL; -- fails where t.b is NULL
ALTER TABLE public.t ADD COLUMN c integer;
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
CREATE INDEX i ON public.t USING btree (a, c);
CREATE INDEX CONCURRENTLY j ON public.t USING btree (c); -- alone
)");
}

TEST_F(PostgresqlDdl, OnlineTypesThatKeepTheTableAsItIs) {
  EXPECT_EQ(change("CREATE TABLE t (a varchar(9), b numeric(4, 2), c timestamp(3), d varchar(9), e numeric(4, 2))",
                   "CREATE TABLE t (a text, b numeric(6, 2), c timestamp, d varchar(8), e numeric(6, 3))", online_),
            R"(
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER TABLE public.t ALTER COLUMN b TYPE numeric(6,2);
ALTER TABLE public.t ALTER COLUMN c TYPE timestamp without time zone;
ALTER TABLE public.t ALTER COLUMN d TYPE character varying(8); -- fails where a value of t.d is longer; rewrites the table of t.d while nobody can use it
ALTER TABLE public.t ALTER COLUMN e TYPE numeric(6,3); -- rewrites the table of t.e while nobody can use it
)");
}

TEST_F(PostgresqlDdl, AFunctionThatReadsWhatNeedsIt) {
  EXPECT_EQ(change("", "CREATE TABLE item (pos bigint); CREATE FUNCTION next_pos() RETURNS bigint LANGUAGE sql AS "
                       "'SELECT max(pos) FROM item'; ALTER TABLE item ALTER pos SET DEFAULT next_pos();"),
            R"(
SET check_function_bodies = off;
CREATE FUNCTION public.next_pos()
 RETURNS bigint
 LANGUAGE sql
AS $function$SELECT max(pos) FROM item$function$;
RESET check_function_bodies;
CREATE TABLE public.item (
  pos bigint DEFAULT public.next_pos()
);
)");
}

TEST_F(PostgresqlDdl, ATableMovesWithItsIndexesAndSequences) {
  const std::string one = "CREATE SCHEMA s; CREATE TABLE t (id serial PRIMARY KEY, k int); CREATE INDEX i ON t (k)";
  const std::string other =
      "CREATE SCHEMA s; CREATE TABLE s.t (id serial PRIMARY KEY, k int); CREATE INDEX i ON s.t (k)";
  EXPECT_EQ(change(one, other, {{{ObjectKind::table, "t", "s.t"}}}), "\nALTER TABLE public.t SET SCHEMA s;\n");
  EXPECT_EQ(change(other, one, {{{ObjectKind::table, "s.t", "t"}}}), "\nALTER TABLE s.t SET SCHEMA public;\n");
}

TEST_F(PostgresqlDdl, AColumnIsRenamedInPartitionsToo) {
  const std::string part = "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9)";
  EXPECT_EQ(change("CREATE TABLE t (a int) PARTITION BY RANGE (a);" + part,
                   "CREATE TABLE t (b int) PARTITION BY RANGE (b);" + part,
                   {{{ObjectKind::column, "t.a", "t.b"}, {ObjectKind::column, "t1.a", "t1.b"}}}),
            "\nALTER TABLE public.t RENAME COLUMN a TO b;\n");
}

TEST_F(PostgresqlDdl, ASequenceThatStartsHigher) {
  EXPECT_EQ(change("CREATE SEQUENCE s", "CREATE SEQUENCE s START 1000 MINVALUE 1000"), R"(
SELECT pg_catalog.setval('public.s', 1000, false) FROM public.s WHERE last_value < 1000;
ALTER SEQUENCE public.s MINVALUE 1000 START WITH 1000;
)");
}

TEST_F(PostgresqlDdl, WhatIsImpossible) {
  EXPECT_EQ(change("CREATE TABLE a (id int)", "CREATE TABLE a (id int) PARTITION BY RANGE (id)"), R"(
impossible: table a: PARTITION BY cannot be changed
)");
}

} // namespace
} // namespace retort
