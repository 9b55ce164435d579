#include "faults/postgresql_fault.hpp"
#include "session/proxy.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

using Cut = CommitCutter::Cut;
enum class Afterwards { connects, refuses };

/// What can go wrong in a COMMIT.
class PostgresqlCommitTest : public PostgresqlFault {
protected:
  void SetUp() override {
    PostgresqlFault::SetUp();
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n-- migrate:down\nDROP TABLE a;\n");
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE b (x integer);\n-- migrate:down\nDROP TABLE b;\n");
  }

  /// What the tool says when the connection is lost at its first COMMIT, from the first note about it on.
  std::string cut_off(Cut cut, Afterwards afterwards, const std::vector<std::string>& arguments) {
    const Proxy proxy(*database_, [=](std::size_t number) -> std::unique_ptr<Relay> {
      if (number == 0) {
        return std::make_unique<CommitCutter>(cut);
      }
      return afterwards == Afterwards::refuses ? nullptr : std::make_unique<Relay>();
    });
    tool_.environment["DATABASE_URL"] = proxy.url();
    const Output output = tool_.run(arguments);
    tool_.environment["DATABASE_URL"] = database_->url();
    EXPECT_EQ(output.status, 3) << output.text();
    EXPECT_THAT(output.err, testing::StartsWith("error: server closed the connection unexpectedly\n"));
    const std::size_t at = output.err.find("note: the connection was lost");
    return output.out + (at == std::string::npos ? output.err : output.err.substr(at));
  }
};

TEST_F(PostgresqlCommitTest, F11_TellsThatALostCommitTookEffect) {
  EXPECT_EQ(cut_off(Cut::before_the_client, Afterwards::connects, {"upgrade", "0001"}),
            "upgrade base -> 0001  A.\n"
            "note: the connection was lost during COMMIT; the transaction was committed\n"
            "note: 1 revision was committed before this\n");
  EXPECT_EQ(applied(), "0001\n");
  EXPECT_EQ(tool_.run({"upgrade", "head"}).out, "upgrade 0001 -> 0002  B.\n");
}

TEST_F(PostgresqlCommitTest, F11_TellsThatALostCommitWasRolledBack) {
  EXPECT_EQ(cut_off(Cut::before_the_server, Afterwards::connects, {"upgrade", "0001"}),
            "note: the connection was lost during COMMIT; the transaction was rolled back\n"
            "note: no revision was committed\n");
  EXPECT_EQ(run("SELECT to_regclass('public.retort_revisions')"), "\n");
}

TEST_F(PostgresqlCommitTest, F11_TellsHowManyOfSeveralTransactionsTookEffect) {
  EXPECT_EQ(cut_off(Cut::before_the_client, Afterwards::connects, {"upgrade", "head"}),
            "upgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n"
            "note: the connection was lost with 2 revisions under way; 2 of them were committed\n"
            "note: 2 revisions were committed before this\n");
  EXPECT_EQ(applied(), "0001 0002\n");
  EXPECT_EQ(cut_off(Cut::before_the_server, Afterwards::connects, {"downgrade", "base"}),
            "note: the connection was lost with 2 revisions under way; 0 of them were committed\n"
            "note: no revision was committed\n");
  EXPECT_EQ(applied(), "0001 0002\n");
}

TEST_F(PostgresqlCommitTest, F11_SaysThatTheOutcomeIsUnknown) {
  for (const Cut cut : {Cut::before_the_client, Cut::before_the_server}) {
    for (const auto& [target, what] :
         {std::pair("0001", "during COMMIT, and the server cannot be reached: whether the transaction was"),
          std::pair("head", "with 2 revisions under way, and the server cannot be reached: whether they were")}) {
      EXPECT_EQ(cut_off(cut, Afterwards::refuses, {"upgrade", target}),
                fmt::format("note: the connection was lost {} committed is unknown\n"
                            "note: no revision was committed\n"
                            "hint: 'current' will tell when the server is back\n",
                            what));
      run("DROP TABLE IF EXISTS a, b, retort_revisions");
    }
  }
}

TEST_F(PostgresqlCommitTest, F11_TellsItOfTheWayDownAndOfAllTogether) {
  EXPECT_EQ(cut_off(Cut::before_the_client, Afterwards::connects, {"upgrade", "head", "--transaction", "all"}),
            "upgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n"
            "note: the connection was lost during COMMIT; the transaction was committed\n"
            "note: 2 revisions were committed before this\n");
  EXPECT_EQ(cut_off(Cut::before_the_client, Afterwards::connects, {"downgrade", "base", "--transaction", "all"}),
            "downgrade 0002 -> 0001  B.\ndowngrade 0001 -> base  A.\n"
            "note: the connection was lost during COMMIT; the transaction was committed\n"
            "note: 2 revisions were committed before this\n");
  EXPECT_EQ(applied(), "\n");
}

TEST_F(PostgresqlCommitTest, F14_ADeferredConstraintFailsAtTheCommit) {
  tool_.revision("0003_c", "-- C.\n\n-- migrate:up\nCREATE TABLE p (id integer PRIMARY KEY);\n"
                           "CREATE TABLE c (p integer REFERENCES p DEFERRABLE INITIALLY DEFERRED);\n"
                           "INSERT INTO c VALUES (7);\n");
  EXPECT_EQ(upgrade(), "exit 3\n--- out\nupgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n--- err\n"
                       "error: insert or update on table \"c\" violates foreign key constraint \"c_p_fkey\" [23503]\n"
                       "note: Key (p)=(7) is not present in table \"p\".\nnote: while running: COMMIT\n"
                       "note: 2 revisions were committed before this\n");
  EXPECT_EQ(applied(), "0001 0002\n");
  EXPECT_EQ(run("SELECT to_regclass('p')"), "\n");
}

} // namespace
} // namespace retort
