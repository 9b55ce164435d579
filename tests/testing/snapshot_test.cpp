#include "session/conformance.hpp"
#include "testing/snapshot.hpp"

namespace retort {
namespace {

class SnapshotTest : public ConformanceTest {
protected:
  Snapshot take() const { return take_snapshot(database_->parsed_url()); }

  static std::string shown(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
      text += line + "\n";
    }
    return text;
  }
};
INSTANTIATE_TEST_SUITE_P(Dialects, SnapshotTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(SnapshotTest, ComparesSchemaRowsAndRevisions) {
  migrator({{"1_a", "-- migrate:up\nCREATE TABLE \"A b\" (x integer, \"y,z\" text);\n-- migrate:down\n"},
            {"2_b", "-- migrate:up\n-- migrate:down\n"}})
      .upgrade();
  database_->run("INSERT INTO \"A b\" VALUES (1, NULL), (2, 'b')");
  const Snapshot before = take();
  EXPECT_EQ(shown(differences(before, take(), Rows::compared)), "");

  database_->run("UPDATE \"A b\" SET x = x + 1");
  EXPECT_EQ(shown(differences(before, take(), Rows::counted)), "");
  EXPECT_EQ(shown(differences(before, take(), Rows::compared)), "table A b has other values in its rows\n");

  database_->run(
      "DELETE FROM \"A b\" WHERE x = 2; CREATE TABLE c (x integer); DELETE FROM retort_revisions WHERE id = '2'");
  EXPECT_EQ(shown(differences(before, take(), Rows::compared)), "table c is extra\n"
                                                                "table A b has 1 row instead of 2\n"
                                                                "revision 2 is not recorded\n");
  EXPECT_EQ(shown(differences(take(), before, Rows::compared)), "table c is missing\n"
                                                                "table A b has 2 rows instead of 1\n"
                                                                "revision 2 is recorded\n");
  database_->run("DROP TABLE c; UPDATE retort_revisions SET checksum = 'x' WHERE id = '1'");
  EXPECT_EQ(shown(differences(before, take(), Rows::compared)),
            "table A b has 1 row instead of 2\n"
            "revision 1 is recorded with another checksum or message\n"
            "revision 2 is not recorded\n");
}

TEST_P(SnapshotTest, DoesNotDependOnTheOrderOfRows) {
  database_->run("CREATE TABLE a (x integer); INSERT INTO a VALUES (1), (2), (3)");
  const Snapshot before = take();
  database_->run("DELETE FROM a; INSERT INTO a VALUES (3), (1), (2)");
  EXPECT_EQ(shown(differences(before, take(), Rows::compared)), "");
}

} // namespace
} // namespace retort
