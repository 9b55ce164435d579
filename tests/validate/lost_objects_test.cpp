#include "validate/validated.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const std::string shop = "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer, total);\n"
                         "CREATE INDEX orders_customer ON orders (customer);\n"
                         "CREATE TRIGGER orders_checked AFTER INSERT ON orders BEGIN SELECT 1; END;\n";

const std::string rebuild = "CREATE TABLE new_orders (id INTEGER PRIMARY KEY, customer NOT NULL, total);\n"
                            "INSERT INTO new_orders SELECT * FROM orders;\n"
                            "DROP TABLE orders;\n"
                            "ALTER TABLE new_orders RENAME TO orders;\n";

const std::string index = "CREATE INDEX orders_customer ON orders (customer);\n";
const std::string trigger = "CREATE TRIGGER orders_checked AFTER INSERT ON orders BEGIN SELECT 1; END;\n";

std::string tried(const History& history, const Plan& plan) {
  Diagnostics diagnostics;
  try_sqlite(history, plan, {}, diagnostics);
  return rendered(diagnostics);
}

std::string tried_up(const std::vector<std::string>& ups) {
  const History history = history_of_ups(ups, Dialect::sqlite);
  return tried(history, whole_way_up(history));
}

std::string tried_down(const std::vector<RevisionText>& revisions) {
  const History history = history_of(revisions);
  return tried(history, plan_downgrade(history, resolve_state(history, "head"), "base"));
}

/// The warning at the statement `sql` on that line of a file.
std::string lost(const std::string& place, const std::string& object, const std::string& sql = "DROP TABLE orders",
                 const std::string& table = "orders") {
  const std::string line = place.substr(place.find(':') + 1);
  return place + ":1: warning: the rebuild of table " + table + " lost its " + object + "\n" +
         std::string(5 - line.size(), ' ') + line + " | " + sql + ";\n      | " + "^" +
         std::string(sql.size() - 1, '~') + "\n";
}

const std::string hint = "hint: create it again behind the rebuild, or drop it by name before; where this is applied "
                         "already, do so in a new revision\n";

TEST(LostObjects, F24_ARebuildThatLosesAnIndexAndATriggerIsAWarning) {
  EXPECT_EQ(tried_up({shop, rebuild}),
            "2.sql:4:1: warning: the rebuild of table orders lost its index orders_customer\n"
            "    4 | DROP TABLE orders;\n"
            "      | ^~~~~~~~~~~~~~~~~\n" +
                hint +
                "2.sql:4:1: warning: the rebuild of table orders lost its trigger "
                "orders_checked\n"
                "    4 | DROP TABLE orders;\n"
                "      | ^~~~~~~~~~~~~~~~~\n" +
                hint);
}

TEST(LostObjects, F24_WhatIsCreatedAgainIsKept) {
  EXPECT_EQ(tried_up({shop, rebuild + index + trigger}), "");
  EXPECT_EQ(tried_up({shop, rebuild + "CREATE UNIQUE INDEX \"Orders_Customer\" ON orders (total);\n" + trigger}), "");
}

TEST(LostObjects, F24_WhatStandsElsewhereUnderItsNameIsKept) {
  EXPECT_EQ(tried_up({shop, rebuild + trigger +
                                "CREATE TABLE bill (customer);\nCREATE INDEX orders_customer ON bill "
                                "(customer);\n"}),
            "");
}

TEST(LostObjects, F24_WhatIsDroppedByNameIsMeant) {
  EXPECT_EQ(
      tried_up({shop, "DROP INDEX orders_customer;\nDROP TRIGGER IF EXISTS main.\"ORDERS_checked\";\n" + rebuild}), "");
}

TEST(LostObjects, F24_TheSameUnderAnotherNameIsKept) {
  EXPECT_EQ(tried_up({shop, rebuild + "CREATE INDEX by_customer ON [orders](\"customer\");\n"
                                      "CREATE TRIGGER checked AFTER INSERT ON orders\nBEGIN\n  SELECT 1;\nEND;\n"}),
            "");
  // Made before the tables change places.
  EXPECT_EQ(tried_up({shop, "CREATE TABLE new_orders (id INTEGER PRIMARY KEY, customer NOT NULL, total);\n"
                            "CREATE INDEX new_orders_customer ON new_orders (customer);\n"
                            "DROP TABLE orders;\nALTER TABLE new_orders RENAME TO orders;\n" +
                                trigger}),
            "");
  EXPECT_EQ(tried_up({shop, rebuild + trigger + "CREATE UNIQUE INDEX by_customer ON orders (customer);\n"}),
            lost("2.sql:4", "index orders_customer") + hint);
}

TEST(LostObjects, F24_ATableThatWasRenamedFirstIsFollowed) {
  EXPECT_EQ(tried_up({shop, "ALTER TABLE Orders RENAME TO old_orders;\n"
                            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer NOT NULL, total);\n"
                            "INSERT INTO orders SELECT * FROM old_orders;\n"
                            "DROP TABLE IF EXISTS main.`old_orders`;\n" +
                                trigger}),
            lost("2.sql:5", "index orders_customer", "DROP TABLE IF EXISTS main.`old_orders`") + hint);
}

TEST(LostObjects, F24_ATableThatIsCopiedAwayAndBackIsFollowed) {
  EXPECT_EQ(tried_up({shop, "CREATE TEMP TABLE kept AS SELECT * FROM orders;\nDROP TABLE orders;\n"
                            "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, customer, total);\n"
                            "INSERT INTO orders SELECT * FROM kept;\nDROP TABLE kept;\n" +
                                trigger}),
            lost("2.sql:3", "index orders_customer") + hint);
}

TEST(LostObjects, F24_ATableThatGoesForGoodTakesItsObjectsAlong) {
  EXPECT_EQ(tried_up({shop, "DROP TABLE orders;\n"}), "");
  EXPECT_EQ(tried_up({shop, "CREATE TABLE other (a);\nDROP TABLE orders;\nALTER TABLE other RENAME TO another;\n"}),
            "");
}

TEST(LostObjects, F24_ConstraintsViewsAndOtherTablesDoNotCount) {
  EXPECT_EQ(tried_up({"CREATE TABLE orders (id INTEGER PRIMARY KEY, customer UNIQUE, total);\n"
                      "CREATE TABLE note (a);\nCREATE INDEX note_a ON note (a);\n"
                      "CREATE TRIGGER noted AFTER INSERT ON note BEGIN DELETE FROM orders; END;\n",
                      "CREATE TABLE new_orders (id INTEGER PRIMARY KEY, customer, total);\n"
                      "CREATE VIEW totals AS SELECT total FROM note, new_orders;\nDROP VIEW totals;\n"
                      "DROP TABLE orders;\nPRAGMA legacy_alter_table = ON;\n"
                      "ALTER TABLE new_orders RENAME TO orders;\n"}),
            "");
}

TEST(LostObjects, F24_ALaterRevisionSettlesIt) {
  const std::string warning = lost("2.sql:4", "index orders_customer") + hint;
  EXPECT_EQ(tried_up({shop, rebuild + trigger, "SELECT 1;\n"}), warning);
  EXPECT_EQ(tried_up({shop, rebuild + trigger, index}), "");
  EXPECT_EQ(tried_up({shop, rebuild + trigger, "DROP INDEX IF EXISTS orders_customer;\n"}), "");
  EXPECT_EQ(tried_up({shop, rebuild + trigger, "DROP TABLE orders;\n"}), "");
  EXPECT_EQ(tried_up({shop, rebuild + trigger, rebuild + trigger}), warning);
}

TEST(LostObjects, F24_EveryRebuildIsLookedAt) {
  EXPECT_EQ(tried_up({shop + "CREATE TABLE t (a);\nCREATE INDEX t_a ON t (a);\n",
                      "DROP TABLE t;\nCREATE TABLE t (a, b);\n" + rebuild + index}),
            lost("2.sql:2", "index t_a", "DROP TABLE t", "t") + hint + lost("2.sql:6", "trigger orders_checked") +
                hint);
}

TEST(LostObjects, F24_ARebuildInPartsIsOne) {
  const History history =
      history_of({{"1", "-- migrate:up\n" + shop},
                  {"2", "-- migrate:up\nDROP TABLE orders;\n-- migrate:up transaction:false\nVACUUM;\n-- migrate:up\n"
                        "CREATE TABLE orders (id, customer);\n" +
                            index}});
  EXPECT_EQ(tried(history, whole_way_up(history)), lost("2.sql:2", "trigger orders_checked") + hint);
}

TEST(LostObjects, F24_TheWayDownLosesWhatWasThereBefore) {
  const std::string down_hint = "hint: create it again behind the rebuild, or drop it by name before\n";
  const RevisionText first = {"1", "-- migrate:up\n" + shop + "-- migrate:down\nDROP TABLE orders;\n"};
  // What the revision itself brought goes with it.
  EXPECT_EQ(tried_down({first,
                        {"2", "-- migrate:up\n" + rebuild + index + trigger +
                                  "CREATE INDEX orders_total ON orders (total);\n-- migrate:down\n" + rebuild}}),
            lost("2.sql:12", "index orders_customer") + down_hint + lost("2.sql:12", "trigger orders_checked") +
                down_hint);
  EXPECT_EQ(tried_down({first,
                        {"2", "-- migrate:up\n" + rebuild + index + trigger + "-- migrate:down\n" + rebuild + index +
                                  trigger}}),
            "");
}

TEST(LostObjects, F24_ATrialThatStopsReportsWhatItSaw) {
  EXPECT_EQ(tried_up({shop, rebuild + trigger, "SELECT 1;\n", "broken;\n"}),
            lost("2.sql:4", "index orders_customer") + hint +
                "4.sql:2:1: error: near \"broken\": syntax error\n"
                "    2 | broken;\n      | ^~~~~~\n");
}

} // namespace
} // namespace retort
