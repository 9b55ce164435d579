#include "dialect/lexicon.hpp"

#include <algorithm>

namespace retort {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view sqlite_operators[] = {"->>", "->", "==", "<=", "<>", "<<", ">=", ">>", "!=", "||"};
constexpr std::string_view sqlite_line_terminators[] = {"/", "go"};

constexpr Lexicon sqlite_lexicon{
    .nested_comments = false,
    .unterminated_comments = true,
    .carriage_return_ends_comment = false,
    .dollar_quotes = false,
    .string_prefixes = false,
    .continued_strings = false,
    .identifier_quotes = R"("`[)"sv,
    .variable_marks = "$@:#?"sv,
    .operator_characters = ""sv,
    .operators = sqlite_operators,
    .parentheses_hide_semicolons = false,
    .body = {.head = "[EXPLAIN] [QUERY PLAN] CREATE [TEMP|TEMPORARY] TRIGGER"sv,
             .opener = "BEGIN"sv,
             .qualifier = ""sv,
             .nested = ""sv,
             .required = true,
             .end_follows_semicolon = true},
    .client = {.name = "sqlite3"sv,
               .command_mark = '.',
               .commands_anywhere = false,
               .line_terminators = sqlite_line_terminators,
               .variables = {},
               .joins_strings = true,
               .counts_every_opener = false},
};

constexpr std::string_view postgresql_operators[] = {"::", ":=", ".."};

// psql's documentation, "Variables"; those that only an interactive session sets are left out.
constexpr std::string_view psql_variables[] = {
    "AUTOCOMMIT",
    "COMP_KEYWORD_CASE",
    "DBNAME",
    "ECHO",
    "ECHO_HIDDEN",
    "ENCODING",
    "ERROR",
    "FETCH_COUNT",
    "HIDE_TABLEAM",
    "HIDE_TOAST_COMPRESSION",
    "HISTCONTROL",
    "HISTSIZE",
    "HOST",
    "IGNOREEOF",
    "LASTOID",
    "LAST_ERROR_MESSAGE",
    "LAST_ERROR_SQLSTATE",
    "ON_ERROR_ROLLBACK",
    "ON_ERROR_STOP",
    "PIPELINE_COMMAND_COUNT",
    "PIPELINE_RESULT_COUNT",
    "PIPELINE_SYNC_COUNT",
    "PORT",
    "PROMPT1",
    "PROMPT2",
    "PROMPT3",
    "QUIET",
    "ROW_COUNT",
    "SERVER_VERSION_NAME",
    "SERVER_VERSION_NUM",
    "SERVICE",
    "SHELL_ERROR",
    "SHELL_EXIT_CODE",
    "SHOW_ALL_RESULTS",
    "SHOW_CONTEXT",
    "SINGLELINE",
    "SINGLESTEP",
    "SQLSTATE",
    "USER",
    "VERBOSITY",
    "VERSION",
    "VERSION_NAME",
    "VERSION_NUM",
    "WATCH_INTERVAL",
};

static_assert(std::ranges::is_sorted(psql_variables));

constexpr Lexicon postgresql_lexicon{
    .nested_comments = true,
    .unterminated_comments = false,
    .carriage_return_ends_comment = true,
    .dollar_quotes = true,
    .string_prefixes = true,
    .continued_strings = true,
    .identifier_quotes = R"(")"sv,
    .variable_marks = ""sv,
    .operator_characters = "~!@#^&|`?+-*/%<>="sv,
    .operators = postgresql_operators,
    .parentheses_hide_semicolons = true,
    .body = {.head = "CREATE [OR REPLACE] FUNCTION|PROCEDURE"sv,
             .opener = "BEGIN"sv,
             .qualifier = "ATOMIC"sv,
             .nested = "CASE"sv,
             .required = false,
             .end_follows_semicolon = false},
    .client = {.name = "psql"sv,
               .command_mark = '\\',
               .commands_anywhere = true,
               .line_terminators = {},
               .variables = psql_variables,
               .joins_strings = false,
               .counts_every_opener = true},
};

constexpr char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20) : letter; }

} // namespace

const Lexicon& lexicon(Dialect dialect) {
  switch (dialect) {
  case Dialect::sqlite: return sqlite_lexicon;
  case Dialect::postgresql: break;
  }
  return postgresql_lexicon;
}

bool same_word(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

} // namespace retort
