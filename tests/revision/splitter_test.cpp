#include "revision/statement.hpp"
#include "text/file.hpp"
#include "text/printable.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace retort {
namespace {

namespace fs = std::filesystem;

std::string_view word(StatementKind kind) {
  switch (kind) {
  case StatementKind::ordinary: return "ordinary";
  case StatementKind::transaction_begin: return "transaction_begin";
  case StatementKind::transaction_end: return "transaction_end";
  case StatementKind::transaction_control: return "transaction_control";
  case StatementKind::foreign_keys: return "foreign_keys";
  case StatementKind::outside_transaction: return "outside_transaction";
  case StatementKind::cuts_transaction: return "cuts_transaction";
  case StatementKind::drops_table: return "drops_table";
  case StatementKind::keeps_session: return "keeps_session";
  }
  return "unknown";
}

/// One line for each statement (position, kind, first 40 bytes, last 12), then the diagnostics.
std::string describe(const Source& source, Dialect dialect) {
  Diagnostics diagnostics;
  std::string out;
  for (const Statement& statement : split(source, 0, source.text().size(), dialect, diagnostics)) {
    const Position position = source.position(statement.offset);
    const std::string_view text = text_of(source, statement);
    out += std::to_string(position.line) + ":" + std::to_string(position.column) + " ";
    out += std::string(word(statement.kind)) + " " + printable(text.substr(0, 40));
    out += text.size() > 40 ? " … " + printable(text.substr(std::max<std::size_t>(40, text.size() - 12))) + "\n" : "\n";
  }
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    out += render(diagnostic);
  }
  return out;
}

void expect_golden(Dialect dialect) {
  const fs::path root = fs::path(RETORT_TESTS_DIR) / "revision" / "split" / name(dialect);
  std::size_t compared = 0;
  for (const fs::path& directory : {root / "valid", root / "invalid"}) {
    for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
      if (entry.path().extension() == ".sql") {
        SCOPED_TRACE(entry.path().string());
        const Source source(entry.path().filename().string(), read_file(entry.path()));
        EXPECT_EQ(describe(source, dialect), read_file(fs::path(entry.path()).replace_extension(".expected")));
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 10U);
}

TEST(Splitter, SqliteMatchesTheGoldenFiles) { expect_golden(Dialect::sqlite); }

TEST(Splitter, PostgresqlMatchesTheGoldenFiles) { expect_golden(Dialect::postgresql); }

std::vector<std::string> texts(const std::string& sql, Dialect dialect) {
  const Source source("a.sql", sql);
  Diagnostics diagnostics;
  std::vector<std::string> texts;
  for (const Statement& statement : split(source, 0, sql.size(), dialect, diagnostics)) {
    texts.emplace_back(text_of(source, statement));
  }
  EXPECT_FALSE(diagnostics.has_errors());
  return texts;
}

TEST(Splitter, ReadsNothingOutsideOfItsPart) {
  const Source source("a.sql", "SELECT 'a'; SELECT 2; SELECT 'b'");
  Diagnostics diagnostics;
  const std::vector<Statement> statements = split(source, 9, 21, Dialect::postgresql, diagnostics);
  ASSERT_EQ(diagnostics.errors(), 1U);
  EXPECT_EQ(render(diagnostics.sorted().front()), "a.sql:1:10: error: unterminated string\n"
                                                  "    1 | SELECT 'a'; SELECT 2; SELECT 'b'\n"
                                                  "      |          ^\n");
  ASSERT_EQ(statements.size(), 1U);
  EXPECT_EQ(text_of(source, statements[0]), "'; SELECT 2;");
}

TEST(Splitter, PositionsAreByteOffsets) {
  const Source source("a.sql", "\xEF\xBB\xBF-- é\r\nSELECT 'é';\r\n  SELECT 2");
  Diagnostics diagnostics;
  const std::vector<Statement> statements = split(source, 0, source.text().size(), Dialect::sqlite, diagnostics);
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[0].offset, 10U);
  EXPECT_EQ(statements[0].length, 11U);
  EXPECT_EQ(source.position(statements[1].offset), (Position{3, 3}));
}

TEST(Splitter, CarriageReturnEndsALineCommentOnlyForPostgresql) {
  const std::string sql = "SELECT 1 -- a\r, 2; SELECT 3";
  EXPECT_EQ(texts(sql, Dialect::postgresql), (std::vector<std::string>{"SELECT 1 -- a\r, 2", "SELECT 3"}));
  EXPECT_EQ(texts(sql, Dialect::sqlite), (std::vector<std::string>{"SELECT 1"}));
}

TEST(Splitter, LeadingWordsNameTheRule) {
  EXPECT_EQ(leading_words("/* c */ create unique index concurrently i on a (b)", Dialect::postgresql),
            "CREATE INDEX CONCURRENTLY");
  EXPECT_EQ(leading_words("/*+ h */ VACUUM", Dialect::sqlite), "VACUUM");
  EXPECT_EQ(leading_words("SELECT 1", Dialect::postgresql), "");
}

// ---- the canonical form ----

std::string checksum(const std::string& sql, Dialect dialect = Dialect::postgresql) {
  const Source source("a.sql", sql);
  Diagnostics diagnostics;
  Digest digest;
  split(source, 0, sql.size(), dialect, diagnostics, &digest);
  return digest.finish();
}

std::string digest_of(std::string_view text) {
  Digest digest;
  digest.update(text);
  return digest.finish();
}

TEST(Checksum, IsTakenOverTheCanonicalForm) {
  EXPECT_EQ(checksum("-- c\nCREATE TABLE a(b  int,\n c text/* d */);;\n/*+ h */ /*+ i */SELECT/*+ j */1 ; /*+ k */ ;"),
            digest_of("CREATE TABLE a ( b int , c text ) ;\n/*+ h */ /*+ i */ SELECT /*+ j */ 1 ;\n"));
  EXPECT_EQ(checksum(""), digest_of(""));
  EXPECT_EQ(checksum(" ;; -- c"), digest_of(""));
  EXPECT_EQ(checksum("SELECT a=-1,b->>'c',x::int,$1,1.5e+3"),
            digest_of("SELECT a = - 1 , b ->> 'c' , x :: int , $1 , 1.5e+3 ;\n"));
  EXPECT_EQ(checksum("SELECT a==-1,b->>'c',:x,[d e],\"f\"", Dialect::sqlite),
            digest_of("SELECT a == - 1 , b ->> 'c' , :x , [d e] , \"f\" ;\n"));
}

TEST(Checksum, KeepsLiteralsAsTheyStand) {
  EXPECT_EQ(checksum("SELECT 'a  b--c/*d*/', $$ e  -- f $$"), digest_of("SELECT 'a  b--c/*d*/' , $$ e  -- f $$ ;\n"));
  EXPECT_NE(checksum("SELECT 'a b'"), checksum("SELECT 'a  b'"));
}

TEST(Checksum, JoinsStringsByTheNewlineThatContinuesThem) {
  EXPECT_EQ(checksum("SELECT 'a' -- c\n\n  'b'"), digest_of("SELECT 'a'\n'b' ;\n"));
  EXPECT_EQ(checksum("SELECT 'a' 'b'"), digest_of("SELECT 'a' 'b' ;\n"));
  EXPECT_EQ(checksum("SELECT 'a'\nb"), digest_of("SELECT 'a' b ;\n"));
}

TEST(Checksum, DoesNotDependOnLineEnds) {
  EXPECT_EQ(checksum("SELECT 'a\r\nb'\r\n'c',\r\n$$\r\n$$;\r\n"), digest_of("SELECT 'a\nb'\n'c' , $$\n$$ ;\n"));
  EXPECT_EQ(checksum("SELECT 'a\rb'"), digest_of("SELECT 'a\rb' ;\n"));
}

TEST(Checksum, CoversTextsLongerThanABuffer) {
  const std::string literal = "'" + std::string(100'000, 'x') + "'";
  EXPECT_EQ(checksum("SELECT  " + literal + ",1"), digest_of("SELECT " + literal + " , 1 ;\n"));
}

// ---- sizes ----

TEST(Splitter, F35_SizesAreNoProblem) {
  const std::string many(20'000, '(');
  const std::string nested = "SELECT " + many + "1" + std::string(20'000, ')');
  EXPECT_EQ(texts(nested + ";SELECT 2", Dialect::postgresql), (std::vector<std::string>{nested, "SELECT 2"}));
  EXPECT_EQ(texts(nested + ";SELECT 2", Dialect::sqlite), (std::vector<std::string>{nested, "SELECT 2"}));

  const std::string literal = "SELECT '" + std::string(60U << 20U, ';') + "'";
  EXPECT_EQ(texts(literal + ";SELECT 2", Dialect::postgresql).size(), 2U);

  std::string comment;
  for (int depth = 0; depth < 100'000; ++depth) {
    comment += "/*";
  }
  for (int depth = 0; depth < 100'000; ++depth) {
    comment += "*/";
  }
  EXPECT_EQ(texts(comment + "SELECT 1;" + comment, Dialect::postgresql), (std::vector<std::string>{"SELECT 1"}));
}

TEST(Splitter, F35_TimeIsLinearInHostileTexts) {
  constexpr std::size_t size = 200'000;
  for (const std::string piece : {"+", "$", "$a", "-+", "\xC2\xA1", "'a'\n", "1.", ":", "a;", "(", ".."}) {
    std::string sql = "SELECT ";
    while (sql.size() < size) {
      sql += piece;
    }
    const Source source("a.sql", sql);
    for (const Dialect dialect : all_dialects) {
      Diagnostics diagnostics;
      split(source, 0, sql.size(), dialect, diagnostics);
    }
  }
}

} // namespace
} // namespace retort
