#include "cli/directory.hpp"

#include "history/replaced.hpp"
#include "revision/reader.hpp"

namespace retort {

std::string migrations_directory(const Context& context) {
  const auto given = context.arguments().text("directory");
  return given ? *given : context.config().migrations.string();
}

History load_directory(const Context& context, std::optional<Dialect> dialect, WayDown way_down,
                       std::vector<std::string>* inputs) {
  Diagnostics diagnostics;
  Reading reading = read_revisions(migrations_directory(context), dialect, way_down, diagnostics);
  if (inputs != nullptr) {
    *inputs = std::move(reading.inputs);
  }
  History history = History::build(std::move(reading.revisions), diagnostics);
  check_replaced(history, diagnostics);
  context.console().report(diagnostics);
  return history;
}

} // namespace retort
