#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string checksum(const std::string& text, Dialect dialect = Dialect::postgresql) {
  Diagnostics diagnostics;
  return revision_of({"a", text}, dialect, diagnostics).checksum;
}

std::string up(const std::string& sql) { return checksum("-- migrate:up\n" + sql); }

const std::string written = up("CREATE TABLE a (b int, c text);\nINSERT INTO a VALUES (1, 'x  y');\n");

TEST(RevisionChecksum, IsThatOfTheDocumentation) {
  EXPECT_EQ(up("-- Add notes.\nCREATE TABLE note (id  INTEGER,\n  body TEXT DEFAULT 'two\nlines') /* for now */;;\n"
               "/*+ quick */ SELECT 'a' -- and\n  'b', -1\n"),
            "d999f9f49c32033169b12f61f1913ecbc23ab010a8973decfbac407539e1cd6f");
}

TEST(RevisionChecksum, FormattingIsNotDrift) {
  EXPECT_EQ(up("CREATE  TABLE a(b int,c text);\n\n\tINSERT INTO a\nVALUES(1,'x  y')   ;"), written);
}

TEST(RevisionChecksum, CommentsAreNotDrift) {
  EXPECT_EQ(up("-- first\nCREATE TABLE a (b int, /* c */ c text);\nINSERT INTO a VALUES (1, 'x  y'); -- done\n"),
            written);
  EXPECT_NE(up("SELECT 1"), up("/*+ SeqScan(a) */ SELECT 1")) << "hints change what runs";
}

TEST(RevisionChecksum, F34_LineEndsAndAByteOrderMarkAreNotDrift) {
  EXPECT_EQ(checksum("\xEF\xBB\xBF-- migrate:up\r\nCREATE TABLE a (b int,\r\n c text);\r\n"
                     "INSERT INTO a VALUES (1, 'x  y');\r\n"),
            written);
  EXPECT_EQ(up("SELECT 'a\r\nb';"), up("SELECT 'a\nb';"));
}

TEST(RevisionChecksum, TheLastSemicolonIsNotDrift) {
  EXPECT_EQ(up("CREATE TABLE a (b int, c text);INSERT INTO a VALUES (1, 'x  y')"), written);
  EXPECT_EQ(up("CREATE TABLE a (b int, c text);;INSERT INTO a VALUES (1, 'x  y');;"), written);
}

TEST(RevisionChecksum, LiteralsAreDrift) {
  EXPECT_NE(up("CREATE TABLE a (b int, c text);INSERT INTO a VALUES (1, 'x y')"), written);
  EXPECT_NE(up("CREATE TABLE a (b int, c text);INSERT INTO a VALUES (2, 'x  y')"), written);
  EXPECT_NE(up("DO $$ a $$"), up("DO $$ a  $$"));
  EXPECT_NE(up("DO $$ a -- b\n $$"), up("DO $$ a $$"));
}

TEST(RevisionChecksum, TokensAndStatementsAreDrift) {
  EXPECT_NE(up("SELECT 1; SELECT 2"), up("SELECT 2; SELECT 1"));
  EXPECT_NE(up("SELECT 1; SELECT 2"), up("SELECT 1 SELECT 2"));
  EXPECT_NE(up("SELECT a"), up("SELECT A"));
  EXPECT_NE(up("SELECT a b"), up("SELECT ab"));
}

TEST(RevisionChecksum, IsOfTheWayUpAlone) {
  EXPECT_EQ(checksum("-- m\n-- Branch: x\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n"), up("SELECT 1"));
}

TEST(RevisionChecksum, DoesNotDependOnHowTheSectionsAreCut) {
  EXPECT_EQ(checksum("-- migrate:up\nSELECT 1;\n-- migrate:down\n;\n-- migrate:up\nSELECT 2;\n"),
            up("SELECT 1; SELECT 2"));
  EXPECT_EQ(checksum("-- migrate:up transaction:false\nSELECT 1;\n"), up("SELECT 1"));
}

TEST(RevisionChecksum, IsOfTheDialectsOwnSections) {
  const std::string text = "-- migrate:up\nSELECT 1;\n-- migrate:up dialect:sqlite\nSELECT 2;\n";
  EXPECT_EQ(checksum(text, Dialect::postgresql), up("SELECT 1"));
  EXPECT_EQ(checksum(text, Dialect::sqlite), up("SELECT 1; SELECT 2"));
}

TEST(RevisionChecksum, TheOuterTransactionIsPartOfIt) { EXPECT_NE(up("BEGIN; SELECT 1; COMMIT;"), up("SELECT 1;")); }

} // namespace
} // namespace retort
