#pragma once

#include "dialect/dialect.hpp"
#include "revision/statement.hpp"
#include "text/source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// `up` or `down`.
inline std::string_view name(Direction direction) { return direction == Direction::up ? "up" : "down"; }

/// A name in a header, and where it stands in the revision's head source.
struct Reference {
  std::string name;
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// What a header gives a reason for, and where it stands in the revision's head source.
struct Reason {
  std::string text;
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// A stretch of SQL in a source, before it is split for a dialect.
struct Section {
  Direction direction = Direction::up;
  std::optional<Dialect> dialect; ///< absent: counts for every dialect
  bool transactional = true;
  std::shared_ptr<const Source> source;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Statements that run, and are recorded, together: all of one transaction, or a single one outside of any.
struct Unit {
  struct Piece {
    const Source* source; ///< kept alive by the revision
    Statement statement;
  };

  bool transactional = true;
  std::vector<Piece> pieces;
  std::string checksum; ///< docs/checksum.md; only when the change has several units
};

/// What a revision runs in one direction on one dialect.
struct Change {
  std::vector<Unit> units;
};

/// One schema change, as its files say it.
struct Revision {
  std::string id;
  std::string message;
  std::string path;                   ///< of its file or folder, as messages show it
  std::shared_ptr<const Source> head; ///< the source with the header: the file, or up.sql

  std::optional<std::vector<Reference>> revises; ///< absent: follows the revision before it in id order; empty: a base
  std::vector<Reference> depends_on;
  std::vector<Reference> labels;
  std::vector<Reference> replaces;    ///< besides the one with its own id (docs/decisions/squash.md)
  bool cuts_transaction = false;      ///< asks for a commit behind it, or needs one (ALTER TYPE … ADD VALUE)
  std::optional<Reason> irreversible; ///< why it has no way down
  std::optional<Reason> deletes;      ///< why rows are lost on its way down and up again
  std::vector<Section> sections;      ///< none in a history that was embedded

  // Filled when the revision is compiled for a dialect.
  Change up;
  std::optional<Change> down; ///< absent: irreversible
  std::string checksum;       ///< docs/checksum.md

  std::vector<Revision> replaced; ///< what `replaces` names, each behind the one before; the last has this one's id
};

} // namespace retort
