#include "schema/shown.hpp"

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

} // namespace
} // namespace retort
