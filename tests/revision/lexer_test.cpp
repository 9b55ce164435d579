#include "revision/lexer.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string_view word(TokenKind kind) {
  switch (kind) {
  case TokenKind::end: return "end";
  case TokenKind::word: return "word";
  case TokenKind::quoted_identifier: return "quoted";
  case TokenKind::string: return "string";
  case TokenKind::dollar_string: return "dollar";
  case TokenKind::number: return "number";
  case TokenKind::variable: return "variable";
  case TokenKind::punctuation: return "punctuation";
  case TokenKind::hint: return "hint";
  }
  return "unknown";
}

/// The tokens as `kind<text>`, then the diagnostics.
std::string lex(const std::string& sql, Dialect dialect) {
  const Source source("a.sql", sql);
  Diagnostics diagnostics;
  Lexer lexer(source, 0, sql.size(), lexicon(dialect), diagnostics);
  std::string out;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    out += out.empty() ? "" : " ";
    out += word(token.kind);
    out += "<";
    out += lexer.text_of(token);
    out += ">";
  }
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    out += "\n";
    out += render(diagnostic);
  }
  return out;
}

std::string postgresql(const std::string& sql) { return lex(sql, Dialect::postgresql); }
std::string sqlite(const std::string& sql) { return lex(sql, Dialect::sqlite); }

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(Lexer, EndsForGood) {
  const Source source("a.sql", " -- c");
  Diagnostics diagnostics;
  Lexer lexer(source, 0, 5, lexicon(Dialect::sqlite), diagnostics);
  EXPECT_EQ(lexer.next().kind, TokenKind::end);
  EXPECT_EQ(lexer.next().kind, TokenKind::end);
  EXPECT_EQ(lexer.next().offset, 5U);
}

TEST(Lexer, PostgresqlStrings) {
  EXPECT_EQ(postgresql("'a''b' 'c\\' E'd\\'e' e''"), "string<'a''b'> string<'c\\'> string<E'd\\'e'> string<e''>");
  EXPECT_EQ(postgresql("B'1'X'2'N'3'u&'4'"), "string<B'1'> string<X'2'> string<N'3'> string<u&'4'>");
  EXPECT_EQ(postgresql("name'a' U&b u'c'"),
            "word<name> string<'a'> word<U> punctuation<&> word<b> word<u> string<'c'>");
}

TEST(Lexer, PostgresqlStringsGoOnAfterANewline) {
  EXPECT_EQ(first_line(postgresql("E'a'\n'b\\'c'")), "string<E'a'> string<'b\\'c'>");
  EXPECT_EQ(first_line(postgresql("E'a' -- d\n -- e\n'b\\'c'")), "string<E'a'> string<'b\\'c'>");
  EXPECT_EQ(first_line(postgresql("E'a'\n'b'\n'c\\'d'")), "string<E'a'> string<'b'> string<'c\\'d'>");
  EXPECT_EQ(postgresql("E'a' 'b\\' c"), "string<E'a'> string<'b\\'> word<c>");
  EXPECT_EQ(postgresql("E'a'/*\n*/'b\\' c"), "string<E'a'> string<'b\\'> word<c>");
  EXPECT_EQ(postgresql("E'a',\n'b\\' c"), "string<E'a'> punctuation<,> string<'b\\'> word<c>");
  EXPECT_EQ(postgresql("'a'\n'b\\' c"), "string<'a'> string<'b\\'> word<c>");
}

TEST(Lexer, PsqlForgetsThatAnEscapeStringGoesOn) {
  EXPECT_EQ(postgresql("E'a'\n'b\\n'"), "string<E'a'> string<'b\\n'>");
  EXPECT_EQ(postgresql("E'a'\n'b\\'c'"), "string<E'a'> string<'b\\'c'>\n"
                                         "a.sql:2:1: error: psql would end this string elsewhere\n"
                                         "    2 | 'b\\'c'\n"
                                         "      | ^\n"
                                         "hint: write E'…' in one piece: psql does not know that the escapes go on\n");
}

TEST(Lexer, PostgresqlDollarQuotes) {
  EXPECT_EQ(postgresql("$$a$b$$ $t$ $$ $T$ $t$"), "dollar<$$a$b$$> dollar<$t$ $$ $T$ $t$>");
  EXPECT_EQ(postgresql("$\xC3\xA9$'$\xC3\xA9$"), "dollar<$\xC3\xA9$'$\xC3\xA9$>");
  EXPECT_EQ(postgresql("a$$b$$ 1$$c$$ $1$$d$$"), "word<a$$b$$> number<1> dollar<$$c$$> variable<$1> dollar<$$d$$>");
  EXPECT_EQ(postgresql("$a b$"), "punctuation<$> word<a> word<b$>");
}

TEST(Lexer, PostgresqlIdentifiers) {
  EXPECT_EQ(postgresql("\"a\"\"b\" U&\"c\" _d1$ stra\xC3\x9F"
                       "e"),
            "quoted<\"a\"\"b\"> quoted<U&\"c\"> word<_d1$> word<stra\xC3\x9F"
            "e>");
}

TEST(Lexer, PostgresqlOperators) {
  EXPECT_EQ(postgresql("a->b->>c"), "word<a> punctuation<->> word<b> punctuation<->>> word<c>");
  EXPECT_EQ(postgresql("=-1 @-1 <>+- ||/-"), "punctuation<=> punctuation<-> number<1> punctuation<@-> number<1> "
                                             "punctuation<<>> punctuation<+> punctuation<-> punctuation<||/->");
  EXPECT_EQ(postgresql("+/* c */- @--c\n*"), "punctuation<+> punctuation<-> punctuation<@> punctuation<*>");
  EXPECT_EQ(postgresql("a::b:=c..d[1:2]"), "word<a> punctuation<::> word<b> punctuation<:=> word<c> punctuation<..> "
                                           "word<d> punctuation<[> number<1> punctuation<:> number<2> punctuation<]>");
}

TEST(Lexer, Numbers) {
  EXPECT_EQ(postgresql("1.5e3 1e-3 1E+3 .5 1. 1..10 1.5.3"),
            "number<1.5e3> number<1e-3> number<1E+3> number<.5> number<1.> number<1> punctuation<..> number<10> "
            "number<1.5> number<.3>");
  EXPECT_EQ(postgresql("0x1F 1_000 1e 1e-a"),
            "number<0x1F> number<1_000> number<1e> number<1e> punctuation<-> word<a>");
  EXPECT_EQ(postgresql("1e3$$ 1e+3$$a$$ 1a$b $1E'c'"),
            "number<1e3$$> number<1e+3> dollar<$$a$$> number<1a$b> variable<$1E> string<'c'>");
  EXPECT_EQ(sqlite("0x1F 1.5e-3 .5 1."), "number<0x1F> number<1.5e-3> number<.5> number<1.>");
}

TEST(Lexer, SqliteTokens) {
  EXPECT_EQ(sqlite("'a''b' \"c\"\"d\" `e``f` [g]h] x'1F' E'i'"),
            "string<'a''b'> quoted<\"c\"\"d\"> quoted<`e``f`> quoted<[g]> word<h> punctuation<]> string<x'1F'> word<E> "
            "string<'i'>");
  EXPECT_EQ(sqlite("?1 :a @b $c $d::e(f;g) #h"), "variable<?1> variable<:a> variable<@b> variable<$c> "
                                                 "variable<$d::e(f;g)> variable<#h>");
  EXPECT_EQ(
      sqlite("a->b->>c==1||d<<2!=3"),
      "word<a> punctuation<->> word<b> punctuation<->>> word<c> punctuation<==> number<1> punctuation<||> word<d> "
      "punctuation<<<> number<2> punctuation<!=> number<3>");
  EXPECT_EQ(sqlite("$$a;$$ \\ =-1"), "variable<$$a> punctuation<;> variable<$$> punctuation<\\> punctuation<=> "
                                     "punctuation<-> number<1>");
}

TEST(Lexer, Comments) {
  EXPECT_EQ(postgresql("a/*b/*c*/d*/e--f\rg"), "word<a> word<e> word<g>");
  EXPECT_EQ(sqlite("a/*b/*c*/d--f\rg\nh/*/i*/j/*k"), "word<a> word<d> word<h> word<j>");
}

TEST(Lexer, Hints) {
  EXPECT_EQ(postgresql("/*+ a /* b */ */ c /* + */"), "hint</*+ a /* b */ */> word<c>");
  EXPECT_EQ(sqlite("/*+ a */c/*+ open"), "hint</*+ a */> word<c>");
}

TEST(Lexer, KnowsWhereALineEndsBetweenTokens) {
  const std::string sql = "a b\nc -- d\ne /* f */ g /*\n*/ h";
  const Source source("a.sql", sql);
  Diagnostics diagnostics;
  Lexer lexer(source, 0, sql.size(), lexicon(Dialect::postgresql), diagnostics);
  std::string newlines;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    newlines += token.after_newline ? '1' : '0';
  }
  EXPECT_EQ(newlines, "001100");
}

TEST(Lexer, PointsAtTheOpeningOfWhatDoesNotEnd) {
  EXPECT_EQ(postgresql("a\n E'b\\'"), "word<a> string<E'b\\'>\n"
                                      "a.sql:2:2: error: unterminated string\n"
                                      "    2 |  E'b\\'\n"
                                      "      |  ^~\n");
  EXPECT_EQ(postgresql("a $b$ $$"), "word<a> dollar<$b$ $$>\n"
                                    "a.sql:1:3: error: unterminated dollar-quoted string\n"
                                    "    1 | a $b$ $$\n"
                                    "      |   ^~~\n"
                                    "hint: it ends with $b$\n");
  EXPECT_EQ(sqlite("a [b"), "word<a> quoted<[b>\n"
                            "a.sql:1:3: error: unterminated quoted identifier\n"
                            "    1 | a [b\n"
                            "      |   ^\n");
}

TEST(Lexer, F33_PsqlMetaCommandsAreNamed) {
  EXPECT_EQ(postgresql("a \\i 'b.sql\nc"), "word<a> word<c>\n"
                                           "a.sql:1:3: error: \\i is a meta-command of psql, not SQL\n"
                                           "    1 | a \\i 'b.sql\n"
                                           "      |   ^~\n"
                                           "hint: a revision holds SQL only: write it in SQL, or remove it\n");
  EXPECT_EQ(postgresql("\\"), "\n"
                              "a.sql:1:1: error: a backslash cannot stand outside of quotes\n"
                              "    1 | \\\n"
                              "      | ^\n");
}

TEST(Lexer, F34_InvisibleCharactersAreNamed) {
  EXPECT_EQ(sqlite("a\xC2\xA0"
                   "b '\xC2\xA0'"),
            "word<a> word<b> string<'\xC2\xA0'>\n"
            "a.sql:1:2: error: no-break space (U+00A0) outside of quotes\n"
            "    1 | a\xC2\xA0"
            "b '\xC2\xA0'\n"
            "      |  ^\n"
            "hint: write a plain space instead\n");
}

TEST(Lexer, VariablesOfPsqlAreErrors) {
  EXPECT_EQ(postgresql("a[1:HOST]"), "word<a> punctuation<[> number<1> punctuation<:> word<HOST> punctuation<]>\n"
                                     "a.sql:1:4: error: psql would take :HOST for a variable of its own\n"
                                     "    1 | a[1:HOST]\n"
                                     "      |    ^~~~~\n"
                                     "hint: put a space behind the colon\n");
  EXPECT_EQ(sqlite(":HOST"), "variable<:HOST>");
  EXPECT_EQ(postgresql(":"), "punctuation<:>");
}

} // namespace
} // namespace retort
