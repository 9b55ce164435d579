#include "schema/difference.hpp"
#include "schema/read.hpp"
#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"

#include <fmt/format.h>

namespace retort {

void test_declared_schema(BatteryRun& run) {
  const std::vector<std::filesystem::path>& paths = run.given().declared_schema;
  if (paths.empty()) {
    run.skip("no schema is declared");
    return;
  }
  const SqlFiles files(paths, run.dialect(), "a declared schema");
  const BatteryDatabase declared(run);
  declared.run(files);
  const BatteryDatabase upgraded(run);
  upgraded.upgrade(run.given().contents.target);
  std::vector<std::string> lines;
  for (const Difference& difference :
       compare(read_schema(parse_url(declared.url())), read_schema(parse_url(upgraded.url())), ColumnOrder::ignored)) {
    lines.push_back(describe(difference));
  }
  if (lines.empty()) {
    return;
  }
  Diagnostic& diagnostic =
      run.blame(fmt::format("the revisions lead to another schema than {}{} declares", paths.front().string(),
                            paths.size() == 1 ? "" : fmt::format(" (and {} more)", paths.size() - 1)));
  add_notes(diagnostic, lines);
  diagnostic.hint =
      "'retort revision --autogenerate' writes what closes the difference, unless the declared schema is wrong";
}

} // namespace retort
