#include "faults/postgresql_fault.hpp"

namespace retort {
namespace {

/// CREATE INDEX CONCURRENTLY and other statements outside of transactions.
class PostgresqlConcurrentIndexTest : public PostgresqlFault {
protected:
  void table_with_duplicates() {
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\nINSERT INTO a VALUES (1), (1);\n");
    ASSERT_EQ(tool_.run({"upgrade", "head"}).status, 0);
  }
  void index(const std::string& statement) {
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up transaction:false\n" + statement + ";\n");
  }
};

TEST_F(PostgresqlConcurrentIndexTest, F1_F2_WorksWhileAnotherProcessWaits) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up transaction:false\nSELECT pg_sleep(1);\n"
                           "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY a_x ON a (x);\n");
  Process first(tool_.invocation({"upgrade", "head"}));
  await_statement("%pg_sleep%");
  Process second(tool_.invocation({"upgrade", "head"}));
  const Output first_output = first.wait();
  const Output second_output = second.wait();
  EXPECT_EQ(first_output.out, "upgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n") << first_output.err;
  EXPECT_EQ(second_output.status, 0) << second_output.text();
  EXPECT_EQ(second_output.out, "");
  EXPECT_THAT(second_output.err, testing::StartsWith("waiting: another process migrates this database (backend pid "));
  EXPECT_EQ(run("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_x'::regclass"), "t\n");
}

TEST_F(PostgresqlConcurrentIndexTest, F17_NamesTheInvalidIndexThatAFailureLeaves) {
  table_with_duplicates();
  index("CREATE UNIQUE INDEX CONCURRENTLY A_x ON a (x)");
  const std::string where = "    4 | CREATE UNIQUE INDEX CONCURRENTLY A_x ON a (x);\n"
                            "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n";
  EXPECT_EQ(upgrade(),
            "exit 3\n--- err\nmigrations/0002_b.sql:4:1: error: could not create unique index \"a_x\" [23505]\n" +
                where +
                "note: Key (x)=(1) is duplicated.\nnote: the index a_x is invalid now\n"
                "note: no revision was committed\nhint: DROP INDEX a_x; then run this again\n");
  EXPECT_EQ(upgrade(), "exit 3\n--- err\nmigrations/0002_b.sql:4:1: error: relation \"a_x\" already exists [42P07]\n" +
                           where +
                           "note: the index a_x is invalid now\n"
                           "note: no revision was committed\nhint: DROP INDEX a_x; then run this again\n");
  run("DROP INDEX a_x");
  run("DELETE FROM a");
  EXPECT_EQ(upgrade(),
            "exit 0\n--- out\nupgrade 0001 -> 0002  B.\n--- err\npostgresql://postgres@/postgres is at 0002\n")
      << "the name of the database is the URL's";
}

TEST_F(PostgresqlConcurrentIndexTest, F17_NamesAnIndexWhoseNameTheServerChose) {
  table_with_duplicates();
  index("CREATE UNIQUE INDEX CONCURRENTLY ON a (x)");
  EXPECT_THAT(upgrade(), testing::HasSubstr("note: the index a_x_idx is invalid now\n"));
}

TEST_F(PostgresqlConcurrentIndexTest, F17_IfNotExistsDoesNotHideAnInvalidIndex) {
  table_with_duplicates();
  index("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a (x)");
  upgrade();
  EXPECT_EQ(upgrade(), "exit 3\n--- err\nerror: the index a_x is invalid: an earlier CREATE INDEX CONCURRENTLY failed\n"
                       "note: no revision was committed\nhint: DROP INDEX a_x; then run this again\n");
  EXPECT_EQ(applied(), "0001\n");
}

TEST_F(PostgresqlConcurrentIndexTest, F16_ANotFinishedRevisionGoesOnBehindTheIndex) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:up transaction:false\n"
                           "CREATE INDEX CONCURRENTLY a_x ON a (x);\n-- migrate:up transaction:false\n"
                           "CREATE INDEX CONCURRENTLY a_y ON a (y);\n");
  EXPECT_THAT(upgrade(), testing::HasSubstr("migrations/0001_a.sql:8:1: error: column \"y\" does not exist [42703]\n"));
  EXPECT_EQ(tool_.text({"current"}), "exit 0\n--- out\nbase\n");
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:up transaction:false\n"
                           "CREATE INDEX CONCURRENTLY a_x ON a (x);\n-- migrate:up transaction:false\n"
                           "CREATE INDEX CONCURRENTLY a_y ON a ((x + 1));\n");
  EXPECT_EQ(tool_.run({"upgrade", "head"}).out, "upgrade base -> 0001  A.\n");
  EXPECT_EQ(run("SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = 'a'::regclass"), "2\n");
  EXPECT_EQ(run("SELECT to_regclass('public.retort_journal')"), "\n");
}

TEST_F(PostgresqlConcurrentIndexTest, F19_ANewEnumValueIsTooNewToBeUsed) {
  tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TYPE mood AS ENUM ('sad');\n");
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nALTER TYPE mood ADD VALUE 'glad';\nSELECT 'glad'::mood;\n");
  EXPECT_EQ(
      upgrade({"--transaction", "all"}),
      "exit 3\n--- err\n"
      "migrations/0002_b.sql:5:8: error: unsafe use of new value \"glad\" of enum type mood [55P04]\n"
      "    5 | SELECT 'glad'::mood;\n      |        ^~~~~~~~~~~~\n"
      "note: New enum values must be committed before they can be used.\nnote: no revision was committed\n"
      "hint: a new enum value can be used only after a commit; move what uses it to a revision of its own, or try "
      "--transaction each\n");
}

} // namespace
} // namespace retort
