#pragma once

#include "dialect/dialect.hpp"

#include <span>
#include <string_view>

namespace retort {

/// A statement body that holds statements of its own, so that a semicolon inside does not end the statement.
struct CompoundBody {
  std::string_view head;      ///< the leading words of a statement that can have one (statement_rules.hpp: pattern)
  std::string_view opener;    ///< the word that opens it
  std::string_view qualifier; ///< the word that must follow the opener; empty: none
  std::string_view nested;    ///< a word inside that takes an END of its own; empty: none
  bool required;              ///< whether every statement with that head has a body
  bool end_follows_semicolon; ///< whether only an END directly behind a semicolon closes it
};

/// What the dialect's command-line client makes of a script before the database sees it.
struct ClientSyntax {
  std::string_view name;
  char command_mark;                                  ///< begins a command of the client …
  bool commands_anywhere;                             ///< … within a statement, too, or only where one could begin
  std::span<const std::string_view> line_terminators; ///< words that end a statement when alone on a line
  std::span<const std::string_view> variables;        ///< names that `:NAME` replaces in every session, sorted
  bool joins_strings;                                 ///< knows that a string can go on on a later line
  bool counts_every_opener; ///< takes each opener at parenthesis depth 0 for a body's, qualified or not
};

/// How a dialect's SQL is cut into tokens and statements. The lexer and the splitter ask this, never for the dialect.
struct Lexicon {
  bool nested_comments;
  bool unterminated_comments;        ///< a block comment may run to the end of the text
  bool carriage_return_ends_comment; ///< a line comment ends at a carriage return, too
  bool dollar_quotes;                ///< `$tag$…$tag$`, and `$1` as a parameter
  bool string_prefixes;              ///< E'' with backslash escapes, U&'', U&"", B'', N''; X'' both dialects have
  bool continued_strings;            ///< a string that follows a string on a later line belongs to it
  std::string_view identifier_quotes;
  std::string_view variable_marks; ///< characters that begin a variable such as `:name`, `@name` or `$name(suffix)`
  std::string_view operator_characters;        ///< operators are runs of these, shortened as PostgreSQL does
  std::span<const std::string_view> operators; ///< fixed tokens of several characters, longest first
  bool parentheses_hide_semicolons;            ///< CREATE RULE … DO (…; …)
  CompoundBody body;
  ClientSyntax client;
};

const Lexicon& lexicon(Dialect dialect);

/// Whether two words are equal but for the case of ASCII letters.
bool same_word(std::string_view left, std::string_view right);

} // namespace retort
