#include "program/check_command.hpp"

#include "cli/database_check.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

Exit run(const Context& context) {
  context.arguments().expect_none();
  const Url url = context.url();
  nlohmann::json pending = nlohmann::json::array();
  const bool differs = check_database(context, url, context.load(url.dialect), pending);
  context.console().finish({{"up_to_date", !differs}, {"pending", pending}});
  return differs ? Exit::behind : Exit::fine;
}

} // namespace

const CommandLine database_check_command = {
    "check", "", "compare a database with the revisions; exit status 4 unless it is up to date", no_options, run};

} // namespace retort
