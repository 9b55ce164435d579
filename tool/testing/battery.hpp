#pragma once

#include "testing/template_database.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What the battery, the tests that any history should pass, works on.
struct BatteryCase {
  TestDatabases& databases;
  std::string url; ///< of the template; the battery's own databases have its name with suffixes
  TemplateContents contents;
  std::vector<std::filesystem::path> declared_schema; ///< DDL files, in their order; none: no schema is declared
  SessionOptions options;
  std::string afterwards; ///< what has to be done before a kept database can be looked at; empty: nothing
};

struct BatteryResult {
  Exit exit = Exit::fine;              ///< Exit::migrations for what is wrong with the history
  std::vector<Diagnostic> diagnostics; ///< sorted
  std::vector<std::string> remarks;    ///< what was passed over, and why; a line each
  std::vector<std::string> kept;       ///< how to look at the databases of a test that failed
  std::string skipped;                 ///< why the test cannot run here; empty: it ran
};

/// The names of the tests, in the order of docs/testing.md.
std::vector<std::string_view> battery_names();

/// Runs one test. Its databases are removed when it succeeds, and kept otherwise. The calling process has one thread.
BatteryResult run_battery(std::string_view name, const BatteryCase& given);

} // namespace retort
