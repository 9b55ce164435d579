#pragma once

#include "schema/postgresql_hosts.hpp"

#include <map>
#include <string>

namespace retort::postgresql_change {

/// Tables that become partitions or heirs of others, or are none any more: the numbers of these changes.
struct TableMoves {
  std::multimap<std::string, std::size_t> leaving; ///< by the tables that they leave
  std::multimap<std::string, std::size_t> joining; ///< by the partitioned tables that they join
};

TableMoves table_moves(const Items& items, const std::vector<std::size_t>& hosts);

/// Whether it is a table that is no heir of some other any more.
bool leaves(const Item& item);

} // namespace retort::postgresql_change
