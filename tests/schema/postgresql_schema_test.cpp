#include "schema/shown.hpp"
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

class PostgresqlSchema : public testing::Test {
protected:
  void SetUp() override {
    if (const auto reason = missing(Dialect::postgresql)) {
      GTEST_SKIP() << *reason;
    }
  }
};

TEST_F(PostgresqlSchema, ATableHasColumnsAndConstraints) {
  EXPECT_EQ(shown(schema_of(Dialect::postgresql, R"(
    CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY (START 7) PRIMARY KEY,
                           email varchar(40) COLLATE "C" UNIQUE);
    COMMENT ON COLUMN customer.email IS 'where';
    CREATE TABLE orders (
      id serial PRIMARY KEY,
      customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE DEFERRABLE,
      total numeric(10, 2) DEFAULT 0 CHECK (total > 0),
      gross numeric GENERATED ALWAYS AS (total * 1.2) STORED,
      during int4range,
      EXCLUDE USING gist (during WITH &&));)")),
            R"(schema public
sequence orders_id_seq of orders: type integer; start 1; increment 1; minimum 1; maximum 2147483647; cache 1; owned by orders.id
table customer
table orders
column customer.email of customer: position 2; type character varying(40); nullable yes; collation "C"; comment where
column customer.id of customer: position 1; type bigint; nullable no; identity always (start 7 increment 1 minimum 1 maximum 9223372036854775807 cache 1)
column orders.customer_id of orders: position 2; type bigint; nullable no
column orders.during of orders: position 5; type int4range; nullable yes
column orders.gross of orders: position 4; type numeric; nullable yes; generated (total * 1.2) stored
column orders.id of orders: position 1; type integer; nullable no; default nextval('public.orders_id_seq'::regclass)
column orders.total of orders: position 3; type numeric(10,2); nullable yes; default 0
primary key customer of customer: name customer_pkey; definition PRIMARY KEY (id)
primary key orders of orders: name orders_pkey; definition PRIMARY KEY (id)
unique constraint customer.customer_email_key of customer: definition UNIQUE (email)
check constraint orders.orders_total_check of orders: definition CHECK ((total > (0)::numeric))
foreign key orders.orders_customer_id_fkey of orders: definition FOREIGN KEY (customer_id) REFERENCES public.customer(id) ON DELETE CASCADE DEFERRABLE
exclusion constraint orders.orders_during_excl of orders: definition EXCLUDE USING gist (during WITH &&)
)");
}

TEST_F(PostgresqlSchema, LeavesOutWhatIsNotThePeoples) {
  EXPECT_EQ(shown(schema_of(Dialect::postgresql, R"(
    CREATE TABLE retort_revisions (id text PRIMARY KEY);
    CREATE SCHEMA tenant;
    CREATE TABLE tenant.retort_journal (id text PRIMARY KEY);
    CREATE TEMP TABLE passing (id int);
    CREATE TABLE kept (id int);
    CREATE FUNCTION owned() RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE TABLE owned_table (id serial PRIMARY KEY CHECK (id > 0));
    CREATE INDEX owned_index ON owned_table (id);
    CREATE VIEW owned_view AS SELECT 1 AS one;
    CREATE TYPE owned_type AS ENUM ('a');
    ALTER EXTENSION plpgsql ADD FUNCTION owned();
    ALTER EXTENSION plpgsql ADD TABLE owned_table;
    ALTER EXTENSION plpgsql ADD SEQUENCE owned_table_id_seq;
    ALTER EXTENSION plpgsql ADD VIEW owned_view;
    ALTER EXTENSION plpgsql ADD TYPE owned_type;)")),
            R"(schema public
schema tenant
table kept
column kept.id of kept: position 1; type integer; nullable yes
)");
}

TEST_F(PostgresqlSchema, IsTheSameWhateverWayATableCameToBe) {
  const auto difference = [](const std::string& one, const std::string& other) {
    return retort::difference(Dialect::postgresql, one, other);
  };
  EXPECT_EQ(
      difference("CREATE TABLE a (id int PRIMARY KEY, b text NOT NULL DEFAULT 'x', c int REFERENCES a CHECK (c > 0))",
                 "CREATE TABLE a (gone int, id int); ALTER TABLE a ADD PRIMARY KEY (id), DROP COLUMN gone;"
                 "ALTER TABLE a ADD b text DEFAULT 'x'; ALTER TABLE a ALTER b SET NOT NULL; ALTER TABLE a ADD c int;"
                 "ALTER TABLE a ADD CHECK (c > 0), ADD FOREIGN KEY (c) REFERENCES a (id)"),
      "");
  EXPECT_EQ(difference("CREATE TABLE a (b int NOT NULL)", "CREATE TABLE a (b int CONSTRAINT filled NOT NULL)"), "");
  EXPECT_EQ(difference("CREATE TABLE a (b int); CREATE VIEW v AS SELECT b FROM a; CREATE INDEX i ON a (b)",
                       "CREATE SCHEMA s; SET search_path = s, public; CREATE TABLE x (c int); ALTER TABLE x SET SCHEMA "
                       "public; CREATE VIEW public.v AS SELECT c AS b FROM x; CREATE INDEX i ON x (c); ALTER TABLE x "
                       "RENAME c TO b; ALTER TABLE x RENAME TO a; DROP SCHEMA s"),
            "");
  EXPECT_EQ(difference("CREATE TABLE a (id int PRIMARY KEY, b int) PARTITION BY RANGE (id);"
                       "CREATE INDEX i ON a (b); CREATE TABLE p PARTITION OF a FOR VALUES FROM (1) TO (9)",
                       "CREATE TABLE p (id int PRIMARY KEY, b int); CREATE INDEX other ON p (b);"
                       "CREATE TABLE a (id int PRIMARY KEY, b int) PARTITION BY RANGE (id); CREATE INDEX i ON a (b);"
                       "ALTER TABLE a ATTACH PARTITION p FOR VALUES FROM (1) TO (9)"),
            "");
}

TEST_F(PostgresqlSchema, DoesNotDependOnTheSession) {
  const auto database = make_test_database(Dialect::postgresql);
  database->run(
      "CREATE TABLE a (b date DEFAULT '2026-02-01', c timestamptz DEFAULT '2026-01-01 00:00Z', d float8 DEFAULT "
      "0.1, e interval DEFAULT '1 day 2 hours'); CREATE VIEW v AS SELECT b AS \"B\" FROM a");
  const Schema before = read_schema(database->parsed_url());
  const std::string name = database->run("SELECT current_database()");
  database->run("ALTER DATABASE " + name.substr(0, name.size() - 1) + " SET search_path = public; ALTER DATABASE " +
                name.substr(0, name.size() - 1) + " SET datestyle = 'German'; ALTER DATABASE " +
                name.substr(0, name.size() - 1) + " SET timezone = 'Asia/Tokyo'; ALTER DATABASE " +
                name.substr(0, name.size() - 1) + " SET intervalstyle = 'iso_8601'; ALTER DATABASE " +
                name.substr(0, name.size() - 1) + " SET quote_all_identifiers = on");
  EXPECT_EQ(shown(compare(before, read_schema(database->parsed_url()))), "");
}

/// A connection that is open already.
class OpenConnection {
public:
  explicit OpenConnection(const TestDatabase& database)
      : handle_(connect_postgresql(database.parsed_url().target)), connection_(handle_.get(), waiter_, {}) {}

  std::string run(const std::string& sql) {
    const auto rows = run_blocking(waiter_, connection_.query(sql));
    return rows.empty() ? "" : rows[0][0].value_or("");
  }
  Schema read() { return run_blocking(waiter_, read_schema(connection_)); }

private:
  PostgresqlHandle handle_;
  Waiter waiter_;
  PostgresqlConnection connection_;
};

TEST_F(PostgresqlSchema, LeavesTheSessionAsItWas) {
  const auto database = make_test_database(Dialect::postgresql);
  OpenConnection connection(*database);
  connection.run("SET search_path = public, pg_temp");
  connection.read();
  EXPECT_EQ(connection.run("SHOW search_path"), "public, pg_temp");
  connection.run("BEGIN");
  connection.run("SET LOCAL datestyle = 'German'");
  connection.run("CREATE TABLE uncommitted (id int)");
  EXPECT_EQ(shown(connection.read()), "schema public\n"
                                      "table uncommitted\n"
                                      "column uncommitted.id of uncommitted: position 1; type integer; nullable yes\n");
  EXPECT_EQ(connection.run("SHOW datestyle"), "German, DMY");
  connection.run("COMMIT");
  EXPECT_EQ(database->run("SELECT count(*) FROM uncommitted"), "0\n");
}

TEST_F(PostgresqlSchema, IsNotMisledByTablesThatAreNamedAsTheSystems) {
  const auto database = make_test_database(Dialect::postgresql);
  OpenConnection connection(*database);
  connection.run("CREATE TEMP TABLE pg_class (oid int)");
  connection.run("SET search_path = pg_temp, pg_catalog");
  EXPECT_EQ(shown(connection.read()), "schema public\n");
}

} // namespace
} // namespace retort
