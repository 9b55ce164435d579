#include "testing/battery_test.hpp"

#include <gmock/gmock.h>

namespace retort {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Sets PATH to a folder while it lives.
class Path {
public:
  explicit Path(const std::string& folder) : before_(std::getenv("PATH")) { ::setenv("PATH", folder.c_str(), 1); }
  ~Path() { ::setenv("PATH", before_.c_str(), 1); }
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

private:
  std::string before_;
};

class Scripts : public BatteryTest {
protected:
  /// Has a row only when the client runs it.
  std::vector<RevisionText> client_row() const {
    return {{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\n"
                    "INSERT INTO a SELECT 1 " +
                        either("FROM pragma_function_list WHERE name = 'readfile' LIMIT 1;\n",
                               "WHERE current_setting('application_name') = 'psql';\n")}};
  }
};
INSTANTIATE_TEST_SUITE_P(Dialects, Scripts, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(Scripts, EqualTheUpgradeOnline) {
  EXPECT_EQ(run("offline_equals_online", client_row()), "exit 1\n"
                                                        "error: the script leads elsewhere than the upgrade online\n"
                                                        "note: table a has 1 row instead of 0\n"
                                                        "hint: a revision must not depend on settings of the session\n"
                                                        "kept: ~.offline_equal.2\n");
}

TEST_P(Scripts, MayHaveValuesOfTheirTime) {
  EXPECT_EQ(run("offline_equals_online",
                {{"1_a", "-- migrate:up\nCREATE TABLE a (x float);\nINSERT INTO a VALUES (random());\n"}}),
            "");
}

TEST_P(Scripts, MustHaveTheSameValuesOtherwise) {
  const std::string client = either("(SELECT count(*) FROM pragma_function_list WHERE name = 'readfile')",
                                    "CASE current_setting('application_name') WHEN 'psql' THEN 1 ELSE 0 END");
  EXPECT_THAT(run("offline_equals_online",
                  {{"1_a", "-- migrate:up\nCREATE TABLE a (x integer);\nINSERT INTO a VALUES (" + client + ");\n"}}),
              HasSubstr("note: table a has other values in its rows\n"));
}

TEST_P(Scripts, AreShownWhereTheyFail) {
  const std::string client = either("(SELECT count(*) FROM pragma_function_list WHERE name = 'readfile')",
                                    "CASE current_setting('application_name') WHEN 'psql' THEN 1 ELSE 0 END");
  const std::string said =
      run("offline_equals_online", {{"1_a", "-- migrate:up\nCREATE TABLE a (x integer CHECK (x = 0));\n"
                                            "INSERT INTO a VALUES (" +
                                                client + ");\n"}});
  EXPECT_THAT(said, StartsWith(either("exit 1\nerror: sqlite3 cannot run the script\n",
                                      "exit 1\nerror: psql cannot run the script\n")));
  EXPECT_THAT(said, HasSubstr(either("CHECK constraint failed: x = 0", "violates check constraint")));
  EXPECT_THAT(said, HasSubstr("kept: ~.offline_equal.2\n"));
}

TEST_P(Scripts, AreIdempotent) {
  EXPECT_EQ(run("idempotent_script", client_row()),
            either("skipped: SQLite has no idempotent scripts\n",
                   "exit 1\n"
                   "error: the idempotent script leads elsewhere than the upgrade online\n"
                   "note: table a has 1 row instead of 0\n"
                   "hint: a revision must not depend on settings of the session\n"
                   "kept: ~.idempotent_sc.2\n"));
}

TEST_P(Scripts, NeedTheClient) {
  const Path empty(folder_.path());
  for (const char* test : {"offline_equals_online", "guard"}) {
    EXPECT_EQ(run(test, client_row()),
              either("skipped: sqlite3 is not installed\n", "skipped: psql is not installed\n"));
  }
}

/// Nothing in a history can switch the guard off: the client here is one that runs nothing.
TEST_P(Scripts, AreGuarded) {
  const std::string client = either("sqlite3", "psql");
  folder_.write(client, "#!/bin/sh\necho did nothing\n");
  std::filesystem::permissions(folder_ / client, std::filesystem::perms::owner_all);
  const Path path(folder_.path());
  EXPECT_EQ(run("guard", {{"1_a", "-- migrate:up\n"}}),
            "exit 1\n"
            "error: a script does not refuse a database that is upgraded already\n"
            "note: did nothing\n"
            "hint: a revision must not change retort_revisions, nor how the client treats errors\n"
            "kept: ~.guard\n");
}

} // namespace
} // namespace retort
