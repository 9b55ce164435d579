#pragma once

#include "schema/postgresql_items.hpp"
#include "schema/postgresql_retype.hpp"

#include <map>
#include <string>
#include <string_view>

namespace retort::postgresql_change {

/// How the values of columns get other types, where the types themselves change, too. Must not outlive the items.
class Conversions {
public:
  explicit Conversions(const Items& items);

  /// Of a column that changes. `from` is what it is when its turn comes.
  Retyping of(const Item& column, const Object& from) const;

private:
  using Types = std::map<std::string, std::string, std::less<>>; // of domains, by the domains' names

  Retyping replaced(const Item& column, const Object& from) const;
  std::string replacement_hazard(const Item& item) const;

  const Items& items_;
  Types from_types_;
  Types to_types_;
};

} // namespace retort::postgresql_change
