#pragma once

#include "cli/commands.hpp"
#include "schema/schema.hpp"
#include "testing/scratch_database.hpp"

#include <memory>
#include <string>

namespace retort {

/// The options of commands that need databases of their own: --server, --sqlite-extension.
void add_scratch_options(cxxopts::OptionAdder& options);

/// Makes the scratch databases of one command. Those of PostgreSQL are on the server that --server names, otherwise on
/// a private one, started when it is first needed, which ends with this process.
class ScratchMaker {
public:
  explicit ScratchMaker(const Context& context) : context_(context) {}

  std::unique_ptr<ScratchDatabase> make(Dialect dialect);

private:
  const Context& context_;
  std::string server_;
};

/// The schema that DDL files make. Warns of rows in them. Throws Failure as a scratch database does.
Schema read_files(const Context& context, ScratchMaker& scratch, const SqlFiles& files, Dialect dialect);

/// Reads what a command line calls a schema.
class SchemaReader {
public:
  explicit SchemaReader(const Context& context) : context_(context), scratch_(context) {}

  /// The schema of a database (a URL), of a DDL file, `declared`, or of the revisions that targets name, which may
  /// have been replaced; `current` is the database of the command line. Throws Failure as reading any of them does.
  Schema read(const std::string& side, Dialect dialect);

private:
  Schema read_revisions(const std::string& targets, Dialect dialect);

  const Context& context_;
  ScratchMaker scratch_;
};

/// Whether it is the URL of a database.
bool is_database(const std::string& side);

} // namespace retort
