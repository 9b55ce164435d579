#include "dialect/statement_rules.hpp"

#include "dialect/lexicon.hpp"

namespace retort {
namespace {

using enum StatementKind;

constexpr StatementRule sqlite_rules[] = {
    {"BEGIN", transaction_begin, "BEGIN"},
    {"COMMIT", transaction_end, "COMMIT"},
    {"END", transaction_end, "END"},
    {"ROLLBACK", transaction_control, "ROLLBACK"},
    {"SAVEPOINT", transaction_control, "SAVEPOINT"},
    {"RELEASE", transaction_control, "RELEASE"},
    {"PRAGMA [@ .] foreign_keys", foreign_keys, "PRAGMA foreign_keys"},
    {"PRAGMA [@ .] journal_mode =|(", outside_transaction, "PRAGMA journal_mode"},
    {"PRAGMA [@ .] synchronous =|(", outside_transaction, "PRAGMA synchronous"},
    {"VACUUM", outside_transaction, "VACUUM"},
    {"DETACH", outside_transaction, "DETACH"},
    {"DROP TABLE", drops_table, "DROP TABLE"},
};

// In the order in which they are tried: what PostgreSQL accepts inside a transaction stands before what it refuses.
constexpr StatementRule postgresql_rules[] = {
    {"BEGIN", transaction_begin, "BEGIN"},
    {"START TRANSACTION", transaction_begin, "START TRANSACTION"},
    {"COMMIT PREPARED", transaction_control, "COMMIT PREPARED"},
    {"COMMIT|END [WORK|TRANSACTION] AND CHAIN", transaction_control, "COMMIT AND CHAIN"},
    {"COMMIT", transaction_end, "COMMIT"},
    {"END", transaction_end, "END"},
    {"ROLLBACK PREPARED", transaction_control, "ROLLBACK PREPARED"},
    {"ROLLBACK", transaction_control, "ROLLBACK"},
    {"ABORT", transaction_control, "ABORT"},
    {"SAVEPOINT", transaction_control, "SAVEPOINT"},
    {"RELEASE", transaction_control, "RELEASE"},
    {"PREPARE TRANSACTION", transaction_control, "PREPARE TRANSACTION"},
    {"CREATE [UNIQUE] INDEX CONCURRENTLY", outside_transaction, "CREATE INDEX CONCURRENTLY"},
    {"DROP INDEX CONCURRENTLY", outside_transaction, "DROP INDEX CONCURRENTLY"},
    {"REINDEX [( ... )] DATABASE", outside_transaction, "REINDEX DATABASE"},
    {"REINDEX [( ... )] SYSTEM", outside_transaction, "REINDEX SYSTEM"},
    {"REINDEX [( ... )] SCHEMA", outside_transaction, "REINDEX SCHEMA"},
    {"REINDEX ( ... CONCURRENTLY false|off|0", ordinary, ""},
    {"REINDEX ( ... CONCURRENTLY", outside_transaction, "REINDEX CONCURRENTLY"},
    {"REINDEX [( ... )] INDEX|TABLE CONCURRENTLY", outside_transaction, "REINDEX CONCURRENTLY"},
    {"VACUUM", outside_transaction, "VACUUM"},
    {"CREATE DATABASE", outside_transaction, "CREATE DATABASE"},
    {"DROP DATABASE", outside_transaction, "DROP DATABASE"},
    {"ALTER DATABASE @ SET TABLESPACE", outside_transaction, "ALTER DATABASE SET TABLESPACE"},
    {"CREATE TABLESPACE", outside_transaction, "CREATE TABLESPACE"},
    {"DROP TABLESPACE", outside_transaction, "DROP TABLESPACE"},
    {"ALTER SYSTEM", outside_transaction, "ALTER SYSTEM"},
    {"CREATE SUBSCRIPTION ... WITH ( ... create_slot|connect = false|off|0", ordinary, ""},
    {"CREATE SUBSCRIPTION", outside_transaction, "CREATE SUBSCRIPTION"},
    {"DROP SUBSCRIPTION", outside_transaction, "DROP SUBSCRIPTION"},
    {"ALTER SUBSCRIPTION @ SET|ADD|DROP PUBLICATION ... WITH ( ... refresh = false|off|0", ordinary, ""},
    {"ALTER SUBSCRIPTION @ SET|ADD|DROP PUBLICATION", outside_transaction, "ALTER SUBSCRIPTION with a refresh"},
    {"ALTER SUBSCRIPTION @ REFRESH PUBLICATION", outside_transaction, "ALTER SUBSCRIPTION REFRESH PUBLICATION"},
    {"CLUSTER [VERBOSE] $", outside_transaction, "CLUSTER without a table"},
    {"CLUSTER ( ... ) $", outside_transaction, "CLUSTER without a table"},
    {"ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY", outside_transaction, "DETACH PARTITION CONCURRENTLY"},
    {"DISCARD ALL", outside_transaction, "DISCARD ALL"},
    {"ALTER TYPE ... ADD VALUE", cuts_transaction, "ALTER TYPE ADD VALUE"},
    // Neither defaults nor checks are evaluated when a table is created, but bounds of partitions are; the expressions
    // of an index are, with settings that are put back (https://www.postgresql.org/docs/current/sql-createindex.html).
    {"CREATE [UNLOGGED] TABLE|TYPE [IF NOT EXISTS] pg_temp", ordinary, ""},
    {"CREATE [UNLOGGED] TABLE ... AS SELECT|WITH|VALUES|TABLE|EXECUTE|(", ordinary, ""},
    {"CREATE [UNLOGGED] TABLE ... FOR VALUES", ordinary, ""},
    {"CREATE [UNLOGGED] TABLE", keeps_session, "CREATE TABLE"},
    {"CREATE [UNIQUE] INDEX", keeps_session, "CREATE INDEX"},
    {"CREATE TYPE", keeps_session, "CREATE TYPE"},
    {"DROP TABLE", keeps_session, "DROP TABLE"},
    {"DROP INDEX", keeps_session, "DROP INDEX"},
    {"DROP TYPE", keeps_session, "DROP TYPE"},
    {"DROP VIEW", keeps_session, "DROP VIEW"},
    {"COMMENT ON", keeps_session, "COMMENT ON"},
};

constexpr std::string_view standard_strings_message = "standard_conforming_strings cannot be changed: it decides where "
                                                      "strings end";
constexpr std::string_view standard_strings_hint = "remove this statement: strings are always read as with 'on', and "
                                                   "backslash escapes are written E'…'";

constexpr std::string_view table_message =
    "Retort alone writes its tables: which revisions are applied would be unknown";
constexpr std::string_view table_hint = "remove this statement; 'retort stamp' changes what is recorded";

constexpr StatementRefusal sqlite_refusals[] = {
    {"INSERT [OR @] INTO [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"REPLACE INTO [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"UPDATE [OR @] [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"DELETE FROM [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"DROP TABLE [IF EXISTS] [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
};

constexpr StatementRefusal postgresql_refusals[] = {
    {"INSERT INTO [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"UPDATE [ONLY] [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"DELETE FROM [ONLY] [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"TRUNCATE [TABLE] [ONLY] [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    {"DROP TABLE [IF EXISTS] [@ .] retort_revisions|retort_journal", table_message, table_hint, false},
    // PostgreSQL takes STDOUT there, too.
    {"COPY [BINARY] @ [UESCAPE @] [. @] [UESCAPE @] [. @] [UESCAPE @] [( ... )] FROM STDIN|STDOUT",
     "COPY … FROM STDIN: data cannot stand in a revision",
     "write the rows as INSERT, load them with psql's \\copy outside of the revision, or COPY them from a file on the "
     "server",
     true},
    {"SET [SESSION|LOCAL] standard_conforming_strings", standard_strings_message, standard_strings_hint, false},
    {"RESET standard_conforming_strings", standard_strings_message, standard_strings_hint, false},
    {"SELECT|WITH|VALUES ... set_config ( standard_conforming_strings", standard_strings_message, standard_strings_hint,
     false},
};

std::span<const StatementRule> rules(Dialect dialect) {
  return dialect == Dialect::sqlite ? std::span<const StatementRule>(sqlite_rules) : postgresql_rules;
}

std::span<const StatementRefusal> refusals(Dialect dialect) {
  return dialect == Dialect::sqlite ? std::span<const StatementRefusal>(sqlite_refusals) : postgresql_refusals;
}

bool is_quote(char byte) { return byte == '"' || byte == '\'' || byte == '`' || byte == '['; }

bool is_small(char byte) { return byte >= 'a' && byte <= 'z'; }

bool is_name(std::string_view token) {
  const auto first = static_cast<unsigned char>(token.front());
  return is_small(static_cast<char>(first | 0x20)) || first == '_' || first >= 0x80 || is_quote(token.front());
}

std::string_view without_quotes(std::string_view token) {
  return token.size() >= 2 && is_quote(token.front()) ? token.substr(1, token.size() - 2) : token;
}

bool match_alternative(std::string_view alternative, std::string_view token) {
  if (alternative == "@") {
    return is_name(token);
  }
  return same_word(alternative, is_small(alternative.front()) ? without_quotes(token) : token);
}

bool match_element(std::string_view element, std::string_view token) {
  for (;;) {
    const std::size_t bar = element.find('|');
    if (match_alternative(element.substr(0, bar), token)) {
      return true;
    }
    if (bar == std::string_view::npos) {
      return false;
    }
    element.remove_prefix(bar + 1);
  }
}

/// Whether the pattern's first element and the token begin alike: where they do not, no closer look is needed.
bool can_begin(std::string_view pattern, TokenTexts tokens, std::size_t at) {
  if (at == tokens.size() || is_quote(tokens[at].front())) {
    return true;
  }
  const char first = static_cast<char>(tokens[at].front() | 0x20);
  for (std::size_t i = 0; i < pattern.size() && pattern[i] != ' '; ++i) {
    const bool begins = i == 0 || pattern[i - 1] == '|';
    if (begins && (pattern[i] == '[' || pattern[i] == '@' || pattern[i] == '$' || (pattern[i] | 0x20) == first)) {
      return true;
    }
  }
  return false;
}

std::optional<std::size_t> match_from(std::string_view pattern, TokenTexts tokens, std::size_t at);

/// Matches the elements up to the next gap or the end from the token `at` on, and takes them off the pattern together
/// with the gap; returns the token behind them.
std::optional<std::size_t> match_run(std::string_view& pattern, TokenTexts tokens, std::size_t at) {
  while (!pattern.empty()) {
    if (pattern.front() == '[') {
      const std::size_t close = pattern.find(']');
      at = match_from(pattern.substr(1, close - 1), tokens, at).value_or(at);
      pattern.remove_prefix(close + 1);
    } else {
      const std::string_view element = pattern.substr(0, pattern.find(' '));
      pattern.remove_prefix(element.size());
      if (element == "...") {
        break;
      }
      if (element == "$" ? at != tokens.size() : at == tokens.size() || !match_element(element, tokens[at])) {
        return {};
      }
      at += element != "$";
    }
    pattern.remove_prefix(pattern.empty() ? 0 : 1);
  }
  return at;
}

std::optional<std::size_t> match_from(std::string_view pattern, TokenTexts tokens, std::size_t at) {
  std::optional<std::size_t> past = match_run(pattern, tokens, at);
  while (past && !pattern.empty()) {
    pattern.remove_prefix(1);
    std::string_view rest;
    at = *past;
    do {
      rest = pattern;
      past = can_begin(rest, tokens, at) ? match_run(rest, tokens, at) : std::nullopt;
    } while (!past && at++ < tokens.size());
    pattern = rest;
  }
  return past;
}

template <class Rule>
const Rule* find_first(std::span<const Rule> rules, TokenTexts tokens) {
  for (const Rule& rule : rules) {
    if (can_begin(rule.pattern, tokens, 0) && match(rule.pattern, tokens)) {
      return &rule;
    }
  }
  return nullptr;
}

} // namespace

std::optional<std::size_t> match(std::string_view pattern, TokenTexts tokens) { return match_from(pattern, tokens, 0); }

const StatementRule* find_rule(Dialect dialect, TokenTexts tokens) { return find_first(rules(dialect), tokens); }

const StatementRefusal* find_refusal(Dialect dialect, TokenTexts tokens) {
  return find_first(refusals(dialect), tokens);
}

} // namespace retort
