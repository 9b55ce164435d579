#include "dialect/dialect.hpp"

namespace retort {
namespace {

std::string enclosed(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    out.append(c == quote ? 2 : 1, c);
  }
  out += quote;
  return out;
}

} // namespace

std::string_view name(Dialect dialect) { return dialect == Dialect::sqlite ? "sqlite" : "postgresql"; }

std::optional<Dialect> find_dialect(std::string_view wanted) {
  for (const Dialect dialect : all_dialects) {
    if (name(dialect) == wanted) {
      return dialect;
    }
  }
  return {};
}

std::string literal(std::string_view text) { return enclosed(text, '\''); }

std::string quoted(std::string_view identifier) { return enclosed(identifier, '"'); }

} // namespace retort
