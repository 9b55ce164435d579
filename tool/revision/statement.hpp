#pragma once

#include "dialect/dialect.hpp"
#include "dialect/statement_rules.hpp"
#include "text/diagnostic.hpp"
#include "text/digest.hpp"
#include "text/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// One SQL statement as it stands in its source, from its first token to its last one, without the terminator.
struct Statement {
  std::size_t offset = 0;
  std::size_t length = 0;
  StatementKind kind = StatementKind::ordinary;
};

inline std::string_view text_of(const Source& source, const Statement& statement) {
  return source.text().substr(statement.offset, statement.length);
}

/// Splits the bytes `[begin, end)` of `source` into statements as the database's own client would (F31). Statements
/// without tokens are dropped; the last one needs no terminator.
///
/// Problems (an unterminated string, a psql meta-command, COPY data, …) go to `diagnostics`, each at its position; the
/// statements are then those of the text as far as it can be understood.
/// When `digest` is given, the tokens of every statement go into it in the checksum's canonical form
/// (docs/checksum.md): tokens joined by one space, by one newline where white space with a newline separates two string
/// literals; comments left out, `/*+ hints */` kept; line ends inside tokens as LF; ` ;` and a newline behind every
/// statement.
std::vector<Statement> split(const Source& source, std::size_t begin, std::size_t end, Dialect dialect,
                             Diagnostics& diagnostics, Digest* digest = nullptr);

/// What messages call a statement of this text, such as `CREATE INDEX CONCURRENTLY`; empty for an ordinary one.
std::string leading_words(std::string_view text, Dialect dialect);

} // namespace retort
