#include "schema/shown.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string shown_schema(const std::string& sql) { return shown(schema_of(Dialect::sqlite, sql)); }

TEST(SqliteSchema, ATableHasColumnsAndConstraints) {
  EXPECT_EQ(shown_schema(R"(
    CREATE TABLE customer (id INTEGER PRIMARY KEY AUTOINCREMENT, email text NOT NULL COLLATE NOCASE UNIQUE);
    CREATE TABLE orders (
      id INTEGER NOT NULL,
      "customer_id" INTEGER REFERENCES customer(id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
      total decimal ( 10,2 ) DEFAULT -1 CHECK (total > 0),
      gross REAL GENERATED ALWAYS AS (total * 1.2) STORED,
      state VARCHAR(9) DEFAULT "new" NOT NULL ON CONFLICT REPLACE,
      CONSTRAINT one_each UNIQUE (customer_id, state DESC) ON CONFLICT IGNORE
      CONSTRAINT known CHECK (state IN ('new', "old"))
      PRIMARY KEY (id, customer_id COLLATE NOCASE)
    ) WITHOUT ROWID;)"),
            R"(table customer
table orders: without rowid yes
column customer.email of customer: position 2; type TEXT; nullable no; collation nocase
column customer.id of customer: position 1; type INTEGER; nullable yes
column orders.customer_id of orders: position 2; type INTEGER; nullable yes
column orders.gross of orders: position 4; type REAL; nullable yes; generated total * 1.2 stored
column orders.id of orders: position 1; type INTEGER; nullable no
column orders.state of orders: position 5; type VARCHAR(9); nullable no (on conflict replace); default 'new'
column orders.total of orders: position 3; type DECIMAL(10, 2); nullable yes; default -1
primary key customer of customer: columns id; autoincrement yes
primary key orders of orders: columns id, customer_id COLLATE NOCASE
unique constraint customer (email) of customer: columns email
unique constraint orders.one_each of orders: columns customer_id, state DESC; on conflict ignore
check constraint orders (total > 0) of orders: condition total > 0
check constraint orders.known of orders: condition state IN ('new', 'old')
foreign key orders (customer_id) of orders: columns customer_id; references customer(id); on delete cascade; on update set null; deferrable initially deferred
)");
}

TEST(SqliteSchema, IndexesViewsAndTriggersAreObjects) {
  EXPECT_EQ(shown_schema(R"(
    CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);
    CREATE UNIQUE INDEX IF NOT EXISTS dear ON ORDERS (lower("Note"), total ASC, [id] DESC) where TOTAL > 5;
    CREATE VIEW big(a, "b c") AS SELECT id,  total FROM "orders" -- those
      WHERE total > 100;
    CREATE TRIGGER touched AFTER UPDATE OF total ON ORDERS WHEN new.total < 0 BEGIN
      DELETE FROM orders WHERE id = old.id; /* gone */
      SELECT 'a  b';
    END;
    CREATE TRIGGER instead INSTEAD OF INSERT ON big BEGIN SELECT 1; END;)"),
            R"(table orders
column orders.id of orders: position 1; type INTEGER; nullable yes
column orders.note of orders: position 3; type TEXT; nullable yes
column orders.total of orders: position 2; type INTEGER; nullable yes
primary key orders of orders: columns id
index dear of orders: table orders; unique yes; columns lower(note), total, id DESC; where total > 5
view big: columns a, "b c"; definition SELECT id, total FROM orders WHERE total > 100
trigger "instead" of big: table big; definition INSTEAD OF INSERT ON big BEGIN SELECT 1; END
trigger touched of orders: table orders; definition AFTER UPDATE OF total ON ORDERS WHEN new.total < 0 BEGIN DELETE FROM orders WHERE id = old.id; SELECT 'a  b'; END
)");
}

} // namespace
} // namespace retort
