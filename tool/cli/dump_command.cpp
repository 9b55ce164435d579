#include "cli/change_text.hpp"
#include "cli/declared_schema.hpp"
#include "cli/schema_reader.hpp"
#include "schema/read.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  add_declared_schema_option(options);
  add_scratch_options(options);
  options("o,output", "the file (default: standard output)", cxxopts::value<std::string>(), "FILE");
}

Schema read_side(const Context& context, const std::string& side) {
  return SchemaReader(context).read(side, is_database(side) ? parse_url(side).dialect : context.dialect());
}

Exit run(const Context& context) {
  const std::vector<std::string>& words = context.arguments().positional();
  if (words.size() > 1) {
    fail_usage("dump takes one schema", "a database's URL, a revision, a DDL file (*.sql), or 'declared'");
  }
  const Schema schema = words.empty() ? read_schema(context.url()) : read_side(context, words.front());
  std::string text = change_text(change_schema(empty_schema(schema.dialect), schema));
  if (const auto file = context.arguments().text("output")) {
    write_file(*file, text);
    context.console().finish({{"file", *file}});
    return Exit::fine;
  }
  if (context.console().format == Format::text) {
    fmt::print("{}", text);
  }
  context.console().finish({{"sql", text}});
  return Exit::fine;
}

} // namespace

const CommandLine dump_command = {"dump", "[SCHEMA]", "write a schema as DDL", add_options, run};

} // namespace retort
