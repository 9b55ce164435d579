#include "text/printable.hpp"
#include "validate/statements.hpp"
#include "validate/validate.hpp"

#include <fmt/format.h>
#include <pg_query.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace retort {
namespace {

/// The version of PostgreSQL whose grammar libpg_query has.
constexpr int parser_version = PG_VERSION_NUM / 10'000;

/// Words of SQL that may be newer than the grammar of libpg_query, and the version that brought them
/// (https://www.postgresql.org/docs/release/). A statement that is refused and holds one that is newer may be fine on a
/// newer server, so that it must not fail a build.
struct NewSyntax {
  int version;
  std::string_view words;
};

constexpr std::array<NewSyntax, 16> new_syntax = {{
    {16, "IS JSON"},
    {16, "JSON_ARRAY"},
    {16, "JSON_OBJECT"},
    {16, "WITH INHERIT"},
    {16, "SYSTEM_USER"},
    {17, "JSON_TABLE"},
    {17, "JSON_QUERY"},
    {17, "JSON_VALUE"},
    {17, "JSON_EXISTS"},
    {17, "MERGE_ACTION"},
    {17, "NOT MATCHED BY"},
    {17, "AT LOCAL"},
    {18, "WITHOUT OVERLAPS"},
    {18, "NOT ENFORCED"},
    {18, "VIRTUAL"},
    {18, "RETURNING WITH"},
}};

/// 1_000, 0x1F, 0o17, 0b1: PostgreSQL 16.
bool has_new_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool grouped = text[i] == '_' && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    const bool radix = text[i - 1] == '0' && std::string_view("xXoObB").find(text[i]) != std::string_view::npos;
    if (grouped || radix) {
      return true;
    }
  }
  return false;
}

/// Upper case, white space as one space: the form in which new_syntax is written.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!out.ends_with(' ')) {
        out += ' ';
      }
    } else {
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    }
  }
  return out;
}

std::optional<int> newer_version(std::string_view text) {
  const std::string statement = folded(text);
  for (const NewSyntax& syntax : new_syntax) {
    if (syntax.version > parser_version && statement.find(syntax.words) != std::string::npos) {
      return syntax.version;
    }
  }
  return parser_version < 16 && has_new_number(text) ? std::optional(16) : std::nullopt;
}

std::size_t byte_offset(std::string_view text, int position) {
  std::size_t offset = 0;
  for (int character = 1; character < position && offset < text.size(); ++character) {
    offset += std::max<std::size_t>(1, utf8_sequence(text.substr(offset)));
  }
  return offset;
}

struct ResultFreer {
  void operator()(PgQuerySplitResult* result) const { pg_query_free_split_result(*result); }
};

} // namespace

void parse_postgresql(const History& history, const Plan& plan, Diagnostics& diagnostics) {
  for_each_statement(history, plan, [&](const Source& source, const Statement& statement) {
    const std::string text(text_of(source, statement));
    PgQuerySplitResult result = pg_query_split_with_parser(text.c_str());
    const std::unique_ptr<PgQuerySplitResult, ResultFreer> freer(&result);
    if (result.error == nullptr) {
      return;
    }
    const std::size_t offset = byte_offset(text, result.error->cursorpos);
    const std::size_t word = std::string_view(text).substr(offset).find_first_of(" \t\r\n(),;");
    const Location location =
        locate(source, statement.offset + offset, std::max<std::size_t>(1, std::min(word, text.size() - offset)));
    if (const auto version = newer_version(text)) {
      diagnostics.warning(result.error->message, location).hint =
          fmt::format("this looks like syntax of PostgreSQL {}, which this build's parser does not know", *version);
    } else {
      diagnostics.error(result.error->message, location);
    }
  });
}

} // namespace retort
