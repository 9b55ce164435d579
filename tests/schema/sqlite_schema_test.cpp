#include "schema/shown.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <set>
#include <sstream>

namespace retort {
namespace {

std::string shown_schema(const std::string& sql) { return shown(schema_of(Dialect::sqlite, sql)); }

std::string difference(const std::string& one, const std::string& other) {
  return difference(Dialect::sqlite, one, other);
}

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

TEST(SqliteSchema, LeavesOutWhatIsNotThePeoples) {
  EXPECT_EQ(shown_schema(R"(
    CREATE TABLE retort_revisions (id TEXT PRIMARY KEY);
    CREATE TABLE retort_journal (id TEXT PRIMARY KEY);
    CREATE INDEX on_revisions ON retort_revisions (id);
    CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO counted DEFAULT VALUES;
    ANALYZE;
    CREATE VIRTUAL TABLE notes USING FTS5 (body, tokenize = 'porter  ascii');
    CREATE TABLE notes_more (id);)"),
            R"(table counted
table notes: using FTS5(body, tokenize = 'porter  ascii')
table notes_more
column counted.id of counted: position 1; type INTEGER; nullable yes
column notes_more.id of notes_more: position 1; nullable yes
primary key counted of counted: columns id; autoincrement yes
)");
}

/// The tables and indexes that are found.
std::string found_tables(const std::string& sql) {
  std::string names;
  for (const Object& object : schema_of(Dialect::sqlite, sql).objects) {
    if (object.kind == ObjectKind::table || object.kind == ObjectKind::index) {
      names += (names.empty() ? "" : " ") + object.name;
    }
  }
  return names;
}

TEST(SqliteSchema, ATableThatNoVirtualTableMadeIsNoShadow) {
  const std::string content = "CREATE TABLE notes_content (id INTEGER PRIMARY KEY, a TEXT, b TEXT);"
                              "CREATE INDEX by_a ON notes_content (a);";
  const std::string docsize = "CREATE TABLE notes_docsize (docid, size);";
  const std::string stat = "CREATE TABLE notes_stat (id INTEGER PRIMARY KEY, value INTEGER);";
  EXPECT_EQ(found_tables(content + "CREATE VIRTUAL TABLE notes USING fts5(a, b, content='')"),
            "notes notes_content by_a");
  EXPECT_EQ(found_tables(content + "CREATE VIRTUAL TABLE Notes USING fts5(a, b, content=notes_content)"),
            "Notes notes_content by_a");
  EXPECT_EQ(found_tables(content + "CREATE VIRTUAL TABLE notes USING fts4(a, b, content='notes_content')"),
            "notes notes_content by_a");
  EXPECT_EQ(found_tables(docsize + "CREATE VIRTUAL TABLE notes USING fts5(a, columnsize=0)"), "notes notes_docsize");
  EXPECT_EQ(found_tables(docsize + "CREATE VIRTUAL TABLE notes USING fts4(a, matchinfo=fts3)"), "notes notes_docsize");
  EXPECT_EQ(found_tables(docsize + stat + "CREATE VIRTUAL TABLE notes USING fts3(a, content)"),
            "notes notes_docsize notes_stat");
}

TEST(SqliteSchema, AShadowIsNoTable) {
  for (const std::string arguments :
       {"fts5(a)", "fts5(a, content='docs')", "fts5(a, content='')", "fts5(a, columnsize=0)", "fts4(a)",
        "fts4(a, content='docs')", "fts4(a, matchinfo=fts3)", "fts3(a)", "rtree(id, min_x, max_x)"}) {
    EXPECT_EQ(found_tables("CREATE TABLE docs (a); CREATE VIRTUAL TABLE notes USING " + arguments), "docs notes");
  }
  EXPECT_EQ(found_tables("CREATE VIRTUAL TABLE notes USING fts3(a); INSERT INTO notes VALUES ('b');"
                         "INSERT INTO notes (notes) VALUES ('automerge=2')"),
            "notes");
}

TEST(SqliteSchema, IsTheSameWhateverWayATableCameToBe) {
  EXPECT_EQ(difference("CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE, c INT "
                       "REFERENCES a (id) ON DELETE CASCADE CHECK (c > 0))",
                       "CREATE TABLE a (id INTEGER PRIMARY KEY -- the key\n);"
                       "ALTER TABLE a ADD COLUMN b TEXT DEFAULT 'x' NOT NULL COLLATE NOCASE;"
                       "ALTER TABLE a ADD c INT CHECK (c > 0) REFERENCES a (id) ON DELETE CASCADE"),
            "");
  EXPECT_EQ(difference("CREATE TABLE a (id, c)", "CREATE TABLE a (id, b, c); ALTER TABLE a DROP COLUMN b"), "");
  EXPECT_EQ(
      difference("CREATE TABLE a (id INTEGER, b TEXT, PRIMARY KEY (id), UNIQUE (b), CHECK (id > 0), "
                 "FOREIGN KEY (b) REFERENCES c (d))",
                 "create table [a] (\"id\" integer check(id>0) primary key asc, `b` text unique references c(d))"),
      "");
}

TEST(SqliteSchema, TheOrderOfAKeyCountsWhereItIsNoNameOfTheRowid) {
  const std::string same = "CREATE TABLE a (b INTEGER PRIMARY KEY)";
  EXPECT_EQ(difference(same, "CREATE TABLE a (b INTEGER, PRIMARY KEY (b DESC))"), "");
  EXPECT_EQ(difference(same, "CREATE TABLE a (b INTEGER, PRIMARY KEY (B COLLATE nocase ASC))"), "");
  EXPECT_EQ(difference(same, "CREATE TABLE a (b INTEGER PRIMARY KEY DESC)"),
            "primary key of a: columns is b DESC instead of b\n");
  EXPECT_EQ(difference("CREATE TABLE a (b INT PRIMARY KEY)", "CREATE TABLE a (b INT, PRIMARY KEY (b DESC))"),
            "primary key of a: columns is b DESC instead of b\n");
  EXPECT_EQ(difference("CREATE TABLE a (b INTEGER PRIMARY KEY) WITHOUT ROWID",
                       "CREATE TABLE a (b INTEGER, PRIMARY KEY (b DESC)) WITHOUT ROWID"),
            "primary key of a: columns is b DESC instead of b\n");
}

TEST(SqliteSchema, ARenamingLeavesNoTrace) {
  EXPECT_EQ(difference(R"(
    CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER CHECK (total > 0), parent REFERENCES orders (id));
    CREATE INDEX dear ON orders (total) WHERE total > 5;
    CREATE VIEW big AS SELECT orders.total FROM orders WHERE total > 100;
    CREATE TRIGGER touched AFTER UPDATE OF total ON orders BEGIN UPDATE orders SET total = new.total; END;)",
                       R"(
    CREATE TABLE old (id INTEGER PRIMARY KEY, sum INTEGER CHECK (sum > 0), parent REFERENCES old (id));
    CREATE INDEX dear ON old (sum) WHERE sum > 5;
    CREATE VIEW big AS SELECT old.sum FROM old WHERE sum > 100;
    CREATE TRIGGER touched AFTER UPDATE OF sum ON old BEGIN UPDATE old SET sum = new.sum; END;
    ALTER TABLE old RENAME TO orders;
    ALTER TABLE orders RENAME COLUMN sum TO total;)"),
            "");
}

TEST(SqliteSchema, TheTableOfARenamedColumnMayHaveAWordOfSqlForItsName) {
  EXPECT_EQ(
      difference("CREATE TABLE \"order\" (key TEXT CHECK (key <> ''), UNIQUE (key)); CREATE INDEX k ON \"order\" (key)",
                 "CREATE TABLE old (akey TEXT CHECK (akey <> \"\"), UNIQUE (akey)); CREATE INDEX k ON old (akey);"
                 "ALTER TABLE old RENAME TO \"order\"; ALTER TABLE \"order\" RENAME akey TO key"),
      "");
}

TEST(SqliteSchema, IsReadWithoutChangingTheFile) {
  const Folder folder;
  EXPECT_THROW(read_schema(parse_url("sqlite:" + (folder / "none.db").string())), Failure);
  EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST(SqliteSchema, IsNotReadWhileAnotherProcessWrites) {
  const auto database = make_test_database(Dialect::sqlite);
  database->run("CREATE TABLE a (id)");
  const Url url = database->parsed_url();
  sqlite3* writer = nullptr;
  ASSERT_EQ(sqlite3_open(url.target.c_str(), &writer), SQLITE_OK);
  sqlite3_exec(writer, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
  EXPECT_EQ(refusal([&] { read_schema(url); }),
            fmt::format("3\nerror: cannot read the schema of {}: database is locked [5]\n"
                        "hint: another process writes to the database; try again\n",
                        url.display()));
  sqlite3_close(writer);
}

TEST(SqliteSchema, ColumnsAreThoseThatSqliteSees) {
  const auto database = make_test_database(Dialect::sqlite);
  database->run(R"(
    CREATE TABLE odd ("a b" VARCHAR(10) NOT NULL, [c] 'UNSIGNED BIG INT', d, "check" INT AS (c + 1),
      e DOUBLE PRECISION DEFAULT (round(1.5, 0)), f text default current_timestamp,
      g INT CONSTRAINT named NOT NULL CONSTRAINT dangling, h generated ALWAYS AS ('(' || ',') STORED,
      i INT REFERENCES odd DEFAULT +5 NOT NULL, j blob DEFAULT x'00',
      CONSTRAINT k PRIMARY KEY ("a b", d) CONSTRAINT u UNIQUE (i), CHECK (d <> ')'));
    CREATE TABLE copied AS SELECT 1 AS "x y", e FROM odd;)");
  std::set<std::string> columns;
  for (const Object& object : read_schema(database->parsed_url()).objects) {
    if (object.kind == ObjectKind::column) {
      columns.insert(std::string(object.name) + " " + std::string(object.value("position")) + " " +
                     std::string(object.value("type")) + " " + std::string(object.value("nullable")));
    }
  }
  std::set<std::string> seen;
  std::istringstream rows(database->run(
      "SELECT t.name || '.' || CASE WHEN c.name IN ('a b', 'x y', 'check') THEN '\"' || c.name || '\"' ELSE c.name END "
      "|| ' ' || (c.cid + 1) || ' ' || upper(c.type) || CASE c.\"notnull\" WHEN 0 THEN ' yes' ELSE ' no' END "
      "FROM pragma_table_list t, pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'"));
  for (std::string row; std::getline(rows, row);) {
    seen.insert(row);
  }
  EXPECT_EQ(columns, seen);
  EXPECT_EQ(seen.size(), 12U);
}

} // namespace
} // namespace retort
