#include "script/script.hpp"

#include "script/printer.hpp"
#include "text/printable.hpp"
#include "text/version.hpp"

#include <fmt/format.h>

namespace retort {

void Printer::comment(std::string_view text) {
  out_ += "-- ";
  out_ += printable(text);
  out_ += '\n';
}

void Printer::heading() {
  const std::size_t steps = stream_.plan.steps.size();
  const std::string work = stream_.plan.ensures_table
                               ? "the revision table, where it is missing"
                               : fmt::format("{} {} from {}", steps, steps == 1 ? "step" : "steps", start_name());
  comment(fmt::format("Retort {}, {}: {}", version(), name(options_.dialect), work));
  for (const std::string& remark : options_.remarks) {
    comment(remark);
  }
}

void Printer::announce(const Command& command) {
  if (command.step < stream_.plan.steps.size() && announced_.insert(command.step).second) {
    out_ += '\n';
    comment(describe(history(), stream_.plan.steps[command.step]));
  }
}

std::size_t Printer::settings(std::size_t first) {
  std::size_t next = first;
  for (; next < stream_.commands.size() && stream_.commands[next].kind == CommandKind::own; ++next) {
    out_ += next > first ? "; " : "";
    out_ += stream_.commands[next].sql();
  }
  out_ += ";\n";
  return next;
}

std::string Printer::start_literals() const {
  std::string literals;
  for (const Index index : stream_.plan.start.members()) {
    literals += literals.empty() ? "" : ", ";
    literals += literal(history()[index].id);
  }
  return literals;
}

std::string Printer::start_name() const {
  return stream_.plan.purges ? "any state" : id_list(history(), tips(history(), stream_.plan.start));
}

std::string write_script(const Stream& stream, const ScriptOptions& options) {
  Printer printer(stream, options);
  return options.dialect == Dialect::sqlite ? write_sqlite_script(std::move(printer))
                                            : write_postgresql_script(std::move(printer));
}

} // namespace retort
