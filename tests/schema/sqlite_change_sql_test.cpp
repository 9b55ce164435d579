#include "schema/change_run.hpp"
#include "schema/shown.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace retort {
namespace {

/// The steps from one schema to another one, each with its hazard before it.
std::string change(const std::string& from, const std::string& to, const std::vector<Rename>& renames = {}) {
  const SchemaChange change =
      change_schema(schema_of(Dialect::sqlite, from), schema_of(Dialect::sqlite, to), {renames});
  std::string out;
  for (const std::string& line : change.impossible) {
    out += fmt::format("impossible: {}\n", line);
  }
  for (const SchemaChange::Step& step : change.steps) {
    EXPECT_TRUE(step.in_transaction);
    out += step.hazard.empty() ? "" : fmt::format("-- {}\n", step.hazard);
    out += fmt::format("{};\n", step.sql);
  }
  return out;
}

TEST(SqliteChangeSql, AddsAColumnAsItIsWritten) {
  EXPECT_EQ(change("CREATE TABLE orders (id INTEGER PRIMARY KEY)",
                   "CREATE TABLE orders (id INTEGER PRIMARY KEY, Note  text /* what */ NOT NULL DEFAULT '' -- why\n)"),
            "ALTER TABLE orders ADD COLUMN Note  text /* what */ NOT NULL DEFAULT '';\n");
}

TEST(SqliteChangeSql, DropsAColumn) {
  EXPECT_EQ(
      change("CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT)", "CREATE TABLE orders (id INTEGER PRIMARY KEY)"),
      "-- loses the column orders.note\n"
      "ALTER TABLE orders DROP COLUMN note;\n");
}

TEST(SqliteChangeSql, RebuildsATableWithWhatBelongsToIt) {
  const std::string around = R"(;
    CREATE INDEX orders_total ON orders (total) -- for reports
    ;
    CREATE VIEW big AS SELECT id FROM orders WHERE total > 100;
    CREATE TRIGGER touched AFTER UPDATE ON orders BEGIN SELECT 1; END;
    CREATE TABLE lines (order_id INTEGER REFERENCES orders(id));
    CREATE TRIGGER added AFTER INSERT ON lines BEGIN UPDATE orders SET total = 0; END;)";
  EXPECT_EQ(
      change("CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INTEGER, note TEXT)" + around,
             "CREATE TABLE orders (\n  id INTEGER PRIMARY KEY AUTOINCREMENT,\n  total INTEGER NOT NULL -- cents\n)" +
                 around),
      R"(DROP TRIGGER added;
DROP VIEW big;
CREATE TABLE new_orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  total INTEGER NOT NULL -- cents
);
-- fails where orders.total is NULL
INSERT INTO new_orders (id, total)
SELECT id, total
FROM orders;
UPDATE sqlite_sequence SET seq =
  (SELECT max(seq) FROM sqlite_sequence WHERE name IN ('orders', 'new_orders'))
WHERE name = 'new_orders';
-- loses the column orders.note
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;
CREATE INDEX orders_total ON orders (total);
CREATE VIEW big AS SELECT id FROM orders WHERE total > 100;
CREATE TRIGGER added AFTER INSERT ON lines BEGIN UPDATE orders SET total = 0; END;
CREATE TRIGGER touched AFTER UPDATE ON orders BEGIN SELECT 1; END;
)");
}

TEST(SqliteChangeSql, FillsAFullTextIndex) {
  EXPECT_EQ(change("CREATE TABLE docs (body TEXT)",
                   "CREATE TABLE docs (body TEXT); CREATE VIRTUAL TABLE words USING fts5(body, content=docs)"),
            "CREATE VIRTUAL TABLE words USING fts5(body, content=docs);\n"
            "INSERT INTO words (words) VALUES ('rebuild');\n");
}

TEST(SqliteChangeSql, FillsNoFullTextIndexOfATableWithoutRows) {
  const std::string words = "CREATE TABLE docs (body TEXT); CREATE VIEW texts AS SELECT body FROM docs;"
                            "CREATE VIRTUAL TABLE words USING fts5(body, tags, content=docs);"
                            "CREATE VIRTUAL TABLE marks USING fts5(body, tags, content=texts)";
  EXPECT_EQ(change("", words), "CREATE TABLE docs (body TEXT);\n"
                               "CREATE VIRTUAL TABLE marks USING fts5(body, tags, content=texts);\n"
                               "CREATE VIRTUAL TABLE words USING fts5(body, tags, content=docs);\n"
                               "CREATE VIEW texts AS SELECT body FROM docs;\n");
}

TEST(SqliteChangeSql, RenamesWhatIsInTheWay) {
  EXPECT_EQ(change("CREATE TABLE a (x, y)", "CREATE TABLE a (x, y)",
                   {{ObjectKind::column, "a.x", "a.y"}, {ObjectKind::column, "a.y", "a.x"}}),
            "ALTER TABLE a RENAME COLUMN x TO old_x;\n"
            "ALTER TABLE a RENAME COLUMN y TO x;\n"
            "ALTER TABLE a RENAME COLUMN old_x TO y;\n");
  EXPECT_EQ(change("CREATE TABLE Orders (x)", "CREATE TABLE orders (x)"), "ALTER TABLE Orders RENAME TO old_Orders;\n"
                                                                          "ALTER TABLE old_Orders RENAME TO orders;\n");
}

TEST(SqliteChangeSql, RefusesRenamesOfWhatIsNotThere) {
  const std::string from = "CREATE TABLE a (x); CREATE TABLE b (y)";
  const std::string to = "CREATE TABLE a (z); CREATE TABLE b (w)";
  EXPECT_EQ(change(from, to, {{ObjectKind::table, "c", "a"}}),
            "impossible: cannot rename the table c to a: the first is not there\n");
  EXPECT_EQ(change(from, to, {{ObjectKind::column, "a.x", "a.y"}}),
            "impossible: cannot rename the column a.x to a.y: the second is not there\n");
  EXPECT_EQ(change(from, to, {{ObjectKind::column, "a.x", "b.w"}}),
            "impossible: cannot rename the column a.x to b.w: they are columns of two tables\n");
}

/// What a query finds in a database that has changed from one schema to another one.
std::string found(const std::string& from, const std::string& rows, const std::string& to, const std::string& query,
                  const std::vector<Rename>& renames = {}) {
  const auto database = make_test_database(Dialect::sqlite);
  database->run(from);
  database->run(rows);
  run(*database, change_schema(read_schema(database->parsed_url()), schema_of(Dialect::sqlite, to), {renames}));
  return database->run(query);
}

TEST(SqliteChangeRows, KeepTheirRowids) {
  const std::string rows = "INSERT INTO a (rowid, x) VALUES (3, 'c'), (900, 'd')";
  EXPECT_EQ(found("CREATE TABLE a (x)", rows, "CREATE TABLE a (x CHECK (x > ''))", "SELECT rowid, x FROM a"),
            "3|c\n900|d\n");
  EXPECT_EQ(found("CREATE TABLE a (x PRIMARY KEY)", rows, "CREATE TABLE a (x)", "SELECT rowid, x FROM a"),
            "3|c\n900|d\n");
  EXPECT_EQ(found("CREATE TABLE a (x)", rows, "CREATE TABLE a (y, id INTEGER PRIMARY KEY)", "SELECT id, y FROM a"),
            "3|\n900|\n");
  EXPECT_EQ(found("CREATE TABLE a (rowid, oid)", "INSERT INTO a (_rowid_, rowid, oid) VALUES (7, 'r', 'o')",
                  "CREATE TABLE a (rowid, oid UNIQUE)", "SELECT _rowid_, rowid, oid FROM a"),
            "7|r|o\n");
}

TEST(SqliteChangeRows, AreAllThereInALargeTable) {
  const std::string rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                           "INSERT INTO a (rowid, x) SELECT i * i, i FROM n";
  EXPECT_EQ(found("CREATE TABLE a (x)", rows, "CREATE TABLE a (x NOT NULL)",
                  "SELECT count(*), sum(rowid = x * x), max(rowid) FROM a"),
            "1000|1000|1000000\n");
}

TEST(SqliteChangeRows, AreCountedOn) {
  const std::string table = "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, x)";
  const std::string other = "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, x CHECK (x > 0))";
  const std::string query = "INSERT INTO a (x) VALUES (1); SELECT max(id) FROM a";
  EXPECT_EQ(found(table, "INSERT INTO a VALUES (800, 1); DELETE FROM a", other, query), "801\n");
  EXPECT_EQ(found(table, "INSERT INTO a VALUES (800, 1)", other, query), "801\n");
  EXPECT_EQ(found(table, "", other, query), "1\n");
  EXPECT_EQ(found("CREATE TABLE a (id INTEGER PRIMARY KEY, x)", "INSERT INTO a VALUES (800, 1)", table, query),
            "801\n");
}

TEST(SqliteChangeRows, ReferToTheNewTable) {
  const std::string from = "CREATE TABLE a (id INTEGER PRIMARY KEY, parent REFERENCES a ON DELETE CASCADE, x);"
                           "CREATE TABLE b (a_id REFERENCES a(id) ON DELETE CASCADE)";
  const std::string to = "CREATE TABLE a (id INTEGER PRIMARY KEY, parent REFERENCES a ON DELETE CASCADE, x NOT NULL);"
                         "CREATE TABLE b (a_id REFERENCES a(id) ON DELETE CASCADE)";
  for (const char* const legacy : {"OFF", "ON"}) {
    const auto database = make_test_database(Dialect::sqlite);
    database->run(from + "; INSERT INTO a VALUES (1, NULL, 0), (2, 1, 0); INSERT INTO b VALUES (2)");
    const SchemaChange change = change_schema(read_schema(database->parsed_url()), schema_of(Dialect::sqlite, to));
    database->run(fmt::format("PRAGMA legacy_alter_table = {};\nBEGIN;\n{}COMMIT;", legacy, sql_of(change)));
    EXPECT_EQ(database->run("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)"), "2|1\n");
    EXPECT_EQ(database->run("PRAGMA foreign_keys = ON; DELETE FROM a WHERE id = 1;"
                            "SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)"),
              "0|0\n");
  }
}

TEST(SqliteChangeRows, AreFoundInAFullTextIndex) {
  const std::string words = "CREATE VIRTUAL TABLE words USING fts5(body, content=docs);";
  const std::string rows = "INSERT INTO docs (rowid, body) VALUES (3, 'hello'), (9, 'world')";
  const std::string query = "SELECT words.rowid, docs.body FROM words JOIN docs ON docs.rowid = words.rowid "
                            "WHERE words MATCH 'world'";
  EXPECT_EQ(found("CREATE TABLE docs (body TEXT)", rows, "CREATE TABLE docs (body TEXT);" + words, query), "9|world\n");
  EXPECT_EQ(found("CREATE TABLE docs (body TEXT);" + words, rows + "; INSERT INTO words (words) VALUES ('rebuild')",
                  "CREATE TABLE docs (body TEXT NOT NULL);" + words, query),
            "9|world\n");
}

TEST(SqliteChangeRows, AreFoundInAFullTextIndexOfWhatChanges) {
  const auto words = [](std::string_view content) {
    return fmt::format("; CREATE VIRTUAL TABLE words USING fts5(body, content={});", content);
  };
  const std::string fill = "; INSERT INTO words (words) VALUES ('rebuild')";
  const std::string rows = "INSERT INTO docs VALUES (10, 'hello'), (20, 'world')";
  const std::string query = "SELECT rowid, body FROM words WHERE words MATCH 'hello'";
  EXPECT_EQ(found("CREATE TABLE docs (id INT PRIMARY KEY, body TEXT)" + words("docs"), rows + fill,
                  "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT)" + words("docs"), query),
            "10|hello\n");
  EXPECT_EQ(found("CREATE TABLE docs (body, other)" + words("docs"),
                  "INSERT INTO docs VALUES ('world', 'hello')" + fill,
                  "CREATE TABLE docs (other, body)" + words("docs"), query,
                  {{ObjectKind::column, "docs.other", "docs.body"}, {ObjectKind::column, "docs.body", "docs.other"}}),
            "1|hello\n");
  EXPECT_EQ(found("CREATE TABLE docs (body); CREATE TABLE more (body)" + words("docs"),
                  "INSERT INTO docs VALUES ('world'); INSERT INTO more VALUES ('hello')" + fill,
                  "CREATE TABLE docs (body); CREATE TABLE more (body)" + words("docs"), query,
                  {{ObjectKind::table, "docs", "more"}, {ObjectKind::table, "more", "docs"}}),
            "1|hello\n");
  const std::string view = "; CREATE VIEW texts AS SELECT docs.rowid AS rowid, body FROM docs";
  EXPECT_EQ(found("CREATE TABLE docs (id INT PRIMARY KEY, body TEXT)" + view + words("texts"), rows + fill,
                  "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT)" + view + words("Texts"), query),
            "10|hello\n");
  EXPECT_EQ(found("CREATE TABLE docs (id INT PRIMARY KEY, body TEXT)" + view + words("texts"), rows + fill,
                  "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT)" + view + words("texts"), query),
            "10|hello\n");
}

TEST(SqliteChangeRows, AreNotIndexedAgainWhereTheirTableHasNotAllTexts) {
  const std::string words = "CREATE VIRTUAL TABLE words USING fts5(body, tags UNINDEXED, content=docs, prefix='2 3');";
  EXPECT_THAT(change("CREATE TABLE docs (body);" + words, "CREATE TABLE docs (body NOT NULL);" + words),
              testing::Not(testing::HasSubstr("'rebuild'")));
  EXPECT_THAT(change("CREATE TABLE docs (body, Tags);" + words, "CREATE TABLE docs (body NOT NULL, Tags);" + words),
              testing::HasSubstr("'rebuild'"));
}

TEST(SqliteChangeRows, AreNotIndexedAgainWhereATableGetsAColumn) {
  const std::string words = "CREATE VIRTUAL TABLE words USING fts5(body, content=docs);";
  EXPECT_EQ(change("CREATE TABLE docs (body);" + words, "CREATE TABLE docs (body, day);" + words),
            "ALTER TABLE docs ADD COLUMN day;\n");
}

} // namespace
} // namespace retort
