#include "plan/sql_file.hpp"

#include "revision/statement.hpp"
#include "revision/text_check.hpp"

#include <fmt/format.h>

#include <utility>

namespace retort {
namespace {

Command own(CommandKind kind, std::string text) { return {kind, true, 0, nullptr, {}, std::move(text)}; }

} // namespace

std::vector<Command> sql_file_commands(const Source& source, Dialect dialect, std::string_view what) {
  Diagnostics diagnostics;
  if (!check_text(source, diagnostics)) {
    throw Failure(Exit::migrations, diagnostics.sorted());
  }
  std::vector<Command> commands = {own(CommandKind::begin, dialect == Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN")};
  for (const Statement& statement : split(source, 0, source.text().size(), dialect, diagnostics)) {
    switch (statement.kind) {
    case StatementKind::transaction_begin:
    case StatementKind::transaction_end:
    case StatementKind::transaction_control:
    case StatementKind::outside_transaction:
      diagnostics
          .error(fmt::format("{} in {}, which is loaded in one transaction",
                             leading_words(text_of(source, statement), dialect), what),
                 locate(source, statement.offset, statement.length))
          .hint = "remove this statement";
      break;
    default: commands.push_back({CommandKind::own, true, 0, &source, statement, {}});
    }
  }
  if (diagnostics.has_errors()) {
    throw Failure(Exit::migrations, diagnostics.sorted());
  }
  if (commands.size() == 1) {
    return {};
  }
  commands.push_back(own(CommandKind::commit, "COMMIT"));
  return commands;
}

} // namespace retort
