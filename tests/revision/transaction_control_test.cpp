#include "support/compiled.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

/// How a statement between two others is refused.
std::string between(const std::string& statement, Dialect dialect) {
  const std::string text = compiled("-- migrate:up\nA;\n" + statement + ";\nB;\n", dialect);
  const std::string ran = "up {A; " + statement + "; B}\nirreversible\n";
  EXPECT_EQ(text.substr(0, ran.size()), ran);
  return text.substr(std::min(ran.size(), text.size()));
}

std::string refusal_of(const std::string& statement, const std::string& called) {
  return "a.sql:3:1: error: transaction control in a revision: " + called + "\n    3 | " + statement + ";\n      | ^" +
         std::string(statement.size() - 1, '~') +
         "\nhint: Retort opens and ends the transaction; remove the statement, or split the revision here\n";
}

using Cases = std::vector<std::pair<std::string, std::string>>;

TEST(TransactionControl, F15_OfSqliteIsRefusedWhereItStands) {
  const Cases cases = {{"BEGIN", "BEGIN"},           {"begin immediate", "BEGIN"}, {"COMMIT", "COMMIT"},
                       {"END TRANSACTION", "END"},   {"ROLLBACK", "ROLLBACK"},     {"ROLLBACK TO a", "ROLLBACK"},
                       {"SAVEPOINT a", "SAVEPOINT"}, {"RELEASE a", "RELEASE"}};
  for (const auto& [statement, called] : cases) {
    EXPECT_EQ(between(statement, Dialect::sqlite), refusal_of(statement, called));
  }
}

TEST(TransactionControl, F15_OfPostgresqlIsRefusedWhereItStands) {
  const Cases cases = {{"BEGIN", "BEGIN"},
                       {"START TRANSACTION READ ONLY", "START TRANSACTION"},
                       {"COMMIT", "COMMIT"},
                       {"COMMIT AND CHAIN", "COMMIT AND CHAIN"},
                       {"COMMIT PREPARED 'a'", "COMMIT PREPARED"},
                       {"END WORK", "END"},
                       {"ROLLBACK", "ROLLBACK"},
                       {"ROLLBACK PREPARED 'a'", "ROLLBACK PREPARED"},
                       {"ABORT", "ABORT"},
                       {"SAVEPOINT a", "SAVEPOINT"},
                       {"RELEASE SAVEPOINT a", "RELEASE"},
                       {"PREPARE TRANSACTION 'a'", "PREPARE TRANSACTION"}};
  for (const auto& [statement, called] : cases) {
    EXPECT_EQ(between(statement, Dialect::postgresql), refusal_of(statement, called));
  }
}

TEST(TransactionControl, IsRefusedOutsideATransactionToo) {
  EXPECT_EQ(compiled("-- migrate:up transaction:false\nBEGIN;\nA;\nCOMMIT;\n", Dialect::postgresql),
            "up !{BEGIN} !{A} !{COMMIT}\nirreversible\n"
            "a.sql:2:1: error: transaction control in a revision: BEGIN\n"
            "    2 | BEGIN;\n"
            "      | ^~~~~\n"
            "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n"
            "a.sql:4:1: error: transaction control in a revision: COMMIT\n"
            "    4 | COMMIT;\n"
            "      | ^~~~~~\n"
            "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n");
}

TEST(TransactionControl, InBodiesAndLiteralsIsNone) {
  EXPECT_EQ(compiled("-- migrate:up\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;\nSELECT 'COMMIT;';\n",
                     Dialect::sqlite),
            "up {CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END; SELECT 'COMMIT;'}\nirreversible\n");
  EXPECT_EQ(compiled("-- migrate:up\nDO $$ BEGIN; COMMIT; END $$;\n", Dialect::postgresql),
            "up {DO $$ BEGIN; COMMIT; END $$}\nirreversible\n");
}

// ---- the outer transaction ----

std::string left_out(const std::string& place, const std::string& line, std::size_t width) {
  return "a.sql:" + place + ": note: the outer transaction is left out: Retort opens its own\n    " +
         place.substr(0, 1) + " | " + line + "\n      | ^" + std::string(width - 1, '~') + "\n";
}

TEST(OuterTransaction, IsLeftOutWithANote) {
  EXPECT_EQ(compiled("-- migrate:up\nBEGIN;\nA;\nB;\nCOMMIT;\n", Dialect::sqlite),
            "up {A; B}\nirreversible\n" + left_out("2:1", "BEGIN;", 5));
  EXPECT_EQ(compiled("-- migrate:up\nSTART TRANSACTION;\nA;\nEND WORK;\n", Dialect::postgresql),
            "up {A}\nirreversible\n" + left_out("2:1", "START TRANSACTION;", 17));
  EXPECT_EQ(compiled("-- migrate:up\nBEGIN;COMMIT", Dialect::sqlite),
            "up\nirreversible\n" + left_out("2:1", "BEGIN;COMMIT", 5));
}

TEST(OuterTransaction, MayHavePragmaForeignKeysAroundIt) {
  EXPECT_EQ(compiled("-- migrate:up\nPRAGMA foreign_keys=off;\nBEGIN;\nA;\nCOMMIT;\nPRAGMA foreign_keys=on;\n",
                     Dialect::sqlite),
            "up {A}\nirreversible\n" + left_out("3:1", "BEGIN;", 5));
  EXPECT_EQ(compiled("-- migrate:up\nPRAGMA foreign_keys=off;\nBEGIN;\nA;\nCOMMIT;\n", Dialect::sqlite),
            "up {A}\nirreversible\n" + left_out("3:1", "BEGIN;", 5));
}

TEST(OuterTransaction, BelongsToOneSection) {
  EXPECT_EQ(compiled("-- migrate:up\nBEGIN;\nA;\nCOMMIT;\n-- migrate:down\nBEGIN;\nB;\nEND;\n", Dialect::sqlite),
            "up {A}\ndown {B}\n" + left_out("2:1", "BEGIN;", 5) + left_out("6:1", "BEGIN;", 5));
}

TEST(OuterTransaction, MustBeTheFirstAndTheLastStatement) {
  for (const std::string text : {"A; BEGIN; COMMIT;", "BEGIN; A; COMMIT; B;", "BEGIN; A;", "A; COMMIT;", "BEGIN;",
                                 "COMMIT; A; BEGIN;", "BEGIN; A; ROLLBACK;"}) {
    Diagnostics diagnostics;
    revision_of({"a", "-- migrate:up\n" + text}, Dialect::sqlite, diagnostics);
    const auto controls = std::ranges::count_if(diagnostics.sorted(), [](const Diagnostic& diagnostic) {
      return diagnostic.message.starts_with("transaction control in a revision: ");
    });
    EXPECT_EQ(diagnostics.errors(), static_cast<std::size_t>(controls)) << text;
    EXPECT_GT(controls, 0) << text;
    EXPECT_EQ(rendered(diagnostics).find("left out"), std::string::npos) << text;
  }
}

TEST(OuterTransaction, HidesNoInnerOne) {
  EXPECT_EQ(compiled("-- migrate:up\nBEGIN;\nA;\nCOMMIT;\nBEGIN;\nB;\nCOMMIT;\n", Dialect::sqlite),
            "up {A; COMMIT; BEGIN; B}\nirreversible\n" + left_out("2:1", "BEGIN;", 5) +
                "a.sql:4:1: error: transaction control in a revision: COMMIT\n"
                "    4 | COMMIT;\n"
                "      | ^~~~~~\n"
                "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n"
                "a.sql:5:1: error: transaction control in a revision: BEGIN\n"
                "    5 | BEGIN;\n"
                "      | ^~~~~\n"
                "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n");
}

} // namespace
} // namespace retort
