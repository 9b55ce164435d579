#pragma once

namespace retort::postgresql_change {

/// What a table or a view is when something is done to a part of it.
enum class Owner {
  created,    ///< by this change: it has no rows
  filled,     ///< it may have rows
  partitioned ///< and so may its partitions
};

/// What becomes of the position of a column's counter, which is an identity or a sequence, when that is made or goes.
enum class Position {
  lost,
  handed_over ///< to another one
};

/// How something changes while others use its table (ChangeOptions::online).
enum class Online {
  no,
  built,    ///< an index, under its name
  replaced, ///< an index, under another name until the old one is gone
  dropped,  ///< an index, once everything else is done
  validated ///< a constraint or NOT NULL, which holds for new rows before it does for all
};

/// How an object comes, changes or goes.
struct Style {
  Owner owner = Owner::filled;
  Online online = Online::no;
  Position position = Position::lost;
};

} // namespace retort::postgresql_change
