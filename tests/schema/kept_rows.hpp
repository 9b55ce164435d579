#pragma once

#include "schema/change.hpp"
#include "session/test_database.hpp"

#include <string>
#include <vector>

namespace retort {

/// What a change has to leave as it is: the rows of the tables that both schemas have, in the columns that both have,
/// but for those that both compute and those that a hazard names; a hazard is what stands between `; `. One that begins
/// with `fails` names none: what it speaks of did not happen.
class KeptRows {
public:
  KeptRows(const Schema& from, const Schema& to, const std::vector<Rename>& renames,
           const std::vector<std::string>& hazards);

  /// In the database before the change, and after it.
  std::string before(const TestDatabase& database) const;
  std::string after(const TestDatabase& database) const;

private:
  struct Table {
    std::string from;
    std::string to;
    std::vector<std::string> from_columns;
    std::vector<std::string> to_columns;
  };

  std::vector<Table> tables_;
};

} // namespace retort
