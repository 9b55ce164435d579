#include "session/database_error.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

class DatabaseErrorTest : public testing::Test {
protected:
  /// A command that is the statement `sql` in a file.
  Command statement(const std::string& sql) {
    Command command;
    command.kind = CommandKind::statement;
    command.source = &source_;
    command.statement.offset = source_.text().find(sql);
    command.statement.length = sql.size();
    return command;
  }

  Source source_{"a.sql", "-- A.\n\n-- migrate:up\nSELECT größe,\n  nowhere(1);\nSELECT 2;\n"};
};

TEST_F(DatabaseErrorTest, PointsAtTheWord) {
  DatabaseError error;
  error.message = "function nowhere(integer) does not exist";
  error.code = "42883";
  error.hint = "No function matches.";
  error.offset = std::string("SELECT größe,\n  ").size();
  const Command command = statement("SELECT größe,\n  nowhere(1)");
  EXPECT_EQ(render(explain(error, command, Dialect::postgresql)),
            "a.sql:5:3: error: function nowhere(integer) does not exist [42883]\n"
            "    5 |   nowhere(1);\n      |   ^~~~~~~\nhint: No function matches.\n");
}

TEST_F(DatabaseErrorTest, PointsAtTheStatementWhenTheDatabaseDoesNotSayWhere) {
  DatabaseError error;
  error.message = "no";
  error.code = "1";
  EXPECT_EQ(render(explain(error, statement("SELECT 2"), Dialect::sqlite)),
            "a.sql:6:1: error: no\n    6 | SELECT 2;\n      | ^~~~~~~~\n");
}

TEST_F(DatabaseErrorTest, MakesNotesOfLines) {
  DatabaseError error;
  error.message = "first\n\tsecond\n";
  error.code = "2BP01";
  error.detail = "view a depends on it\nview b depends on it";
  error.context = "SQL function \"f\"\nstatement 1";
  error.hint = "Use DROP … CASCADE\nto drop them, too.";
  EXPECT_EQ(render(explain(error, "cannot do it")),
            "error: cannot do it: first [2BP01]\nnote: second\nnote: view a depends on it\nnote: view b depends on it\n"
            "note: SQL function \"f\"\nnote: statement 1\nhint: Use DROP … CASCADE to drop them, too.\n");
}

TEST_F(DatabaseErrorTest, GivesAdviceWhereTheDatabaseHasNone) {
  DatabaseError error;
  error.message = "no";
  error.code = "25001";
  EXPECT_EQ(explain(error, "x").hint, "move the statement to a section of its own: -- migrate:up transaction:false");
  error.hint = "The database's own.";
  EXPECT_EQ(render(explain(error, "x")),
            "error: x: no [25001]\nnote: The database's own.\n"
            "hint: move the statement to a section of its own: -- migrate:up transaction:false\n");
  for (const char* code : {"55006", "53200"}) {
    error.code = code;
    error.hint.clear();
    EXPECT_NE(explain(error, "x").hint.find("--transaction each"), std::string::npos) << code;
  }
}

TEST_F(DatabaseErrorTest, NamesRetortsOwnCommand) {
  DatabaseError error;
  error.message = "no";
  Command command;
  command.text = "COMMIT";
  EXPECT_EQ(render(explain(error, command, Dialect::postgresql)), "error: no\nnote: while running: COMMIT\n");
}

TEST_F(DatabaseErrorTest, S7_LetsNoTextSteerTheTerminal) {
  DatabaseError error;
  error.message = "\x1b[2J\x07 \xe2\x80\xae \x9b";
  error.detail = "\x1b]0;title";
  EXPECT_EQ(render(explain(error, "x")), "error: x: \\x1b[2J\\x07 \\u202e \\x9b\nnote: \\x1b]0;title\n");
}

TEST_F(DatabaseErrorTest, SaysSomethingWithoutAMessage) {
  EXPECT_EQ(render(explain(DatabaseError(), "cannot read x")), "error: cannot read x: the database gave no reason\n");
}

TEST_F(DatabaseErrorTest, TellsWhatWasCommitted) {
  const Failure failure(Exit::database, {Severity::error, "no", {}, {}, {}});
  const auto told = [&](std::size_t committed) { return rendered(after_commits(failure, committed).diagnostics()); };
  EXPECT_EQ(told(0), "error: no\nnote: no revision was committed\n");
  EXPECT_EQ(told(1), "error: no\nnote: 1 revision was committed before this\n");
  EXPECT_EQ(told(2), "error: no\nnote: 2 revisions were committed before this\n");
  const Failure refusal(Exit::behind, {Severity::error, "no", {}, {}, {}});
  EXPECT_EQ(rendered(after_commits(refusal, 0).diagnostics()), "error: no\n");
  EXPECT_EQ(rendered(after_commits(refusal, 1).diagnostics()),
            "error: no\nnote: 1 revision was committed before this\n");
  EXPECT_TRUE(after_commits(Failure(Exit::behind, std::vector<Diagnostic>()), 0).diagnostics().empty());
}

} // namespace
} // namespace retort
