#pragma once

#include "history/history.hpp"
#include "schema/change.hpp"
#include "schema/difference.hpp"
#include "testing/scratch_database.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What a revision that is to be written does in one dialect: where it starts, where it leads, and how.
struct SchemaWay {
  Dialect dialect = Dialect::sqlite;
  History history;
  std::unique_ptr<ScratchDatabase> database; ///< stands where the revision starts
  Schema from;
  Schema to;
  SchemaChange up;
  SchemaChange down;
};

/// The same renames, the other way.
ChangeOptions reversed(ChangeOptions options);

/// The sections of one direction, from the marker on. `words` follow it: ` dialect:sqlite`. Each line of what cannot be
/// done, and of `todo`, becomes a statement that fails a build.
std::string section_text(Direction direction, std::string_view words, const SchemaChange& change,
                         const std::vector<std::string>& todo = {});

/// Why a way does not lead where it should.
struct Gap {
  Direction direction = Direction::up;
  std::string what;    ///< for the file
  std::string message; ///< for the screen
};

/// The drafted revision, compiled. Throws Failure (Exit::migrations) for what does not compile.
Revision compiled(Revision drafted, Dialect dialect);

/// Which ways are gone.
enum class Ways { up_and_down, up };

/// How a way is proven.
struct Proof {
  Ways ways = Ways::up_and_down;
  std::string below; ///< the target of the way down
  ColumnOrder order = ColumnOrder::ignored;
};

/// Goes up, and down, by the revision with that id of `history`, as anybody else will, and compares the schemas.
std::vector<Gap> prove(SchemaWay& way, const History& history, const std::string& id, const Proof& proof);

} // namespace retort
