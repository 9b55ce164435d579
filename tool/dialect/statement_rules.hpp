#pragma once

#include "dialect/dialect.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace retort {

/// What a statement's leading words say about where it can run.
enum class StatementKind : std::uint8_t {
  ordinary,
  transaction_begin,   ///< BEGIN, START TRANSACTION
  transaction_end,     ///< COMMIT, END
  transaction_control, ///< ROLLBACK, SAVEPOINT, PREPARE TRANSACTION, …
  foreign_keys,        ///< SQLite's PRAGMA foreign_keys
  outside_transaction, ///< refused by the database inside a transaction (F16, F29)
  cuts_transaction,    ///< its effect can be used only after a commit: ALTER TYPE … ADD VALUE (F19)
  drops_table,         ///< SQLite's DROP TABLE: deletes the rows of other tables where foreign keys are on (F22)
  keeps_session,       ///< runs nobody's code and leaves nothing in the session (F36)
};

/// The texts of a statement's tokens, from its first one on, without comments and hints.
using TokenTexts = std::span<const std::string_view>;

/// Matches the first tokens of a statement; returns how many were needed, or nothing. A pattern is made of elements
/// with one space between them:
///
///     CREATE        a keyword: not quoted, in any case
///     foreign_keys  in small letters, a name: quoted or not
///     @             any name
///     ( = .         punctuation, as it stands
///     A|B           one of these
///     [A B]         may be absent; not nested
///     ...           any number of tokens, as few as possible
///     $             the end of the statement
std::optional<std::size_t> match(std::string_view pattern, TokenTexts tokens);

/// Statements of one kind, known by their leading words.
struct StatementRule {
  std::string_view pattern;
  StatementKind kind;
  std::string_view name; ///< what messages call such a statement: `CREATE INDEX CONCURRENTLY`
};

/// The first rule that matches; none for statements that can run anywhere.
const StatementRule* find_rule(Dialect dialect, TokenTexts tokens);

/// Statements that a revision cannot hold.
struct StatementRefusal {
  std::string_view pattern; ///< its last token is the one that the message points at
  std::string_view message;
  std::string_view hint;
  bool data_follows; ///< whether what comes behind the statement is data instead of SQL
};

/// The first refusal that matches.
const StatementRefusal* find_refusal(Dialect dialect, TokenTexts tokens);

} // namespace retort
