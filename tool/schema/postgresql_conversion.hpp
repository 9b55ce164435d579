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

  /// Why the values of a column cannot be converted; empty if they can be.
  std::string impossible(const Item& column) const;

private:
  using Types = std::map<std::string, std::string, std::less<>>; // of domains, by the domains' names

  Retyping replaced(const Item& column, const Object& from) const;
  std::string replacement_hazard(const Item& item) const;
  std::string composite_hazard(const Item& composite) const;

  /// The composite type of that name that is replaced, if it is one.
  const Item* replaced_composite(std::string_view type) const;

  /// Whether the text of a value does not do: attributes come, go or change places.
  bool has_other_attributes(std::string_view type) const;
  bool has_array_of_others(std::string_view type) const;

  /// What makes a value of a composite type the new one, each attribute by its name.
  std::string row(std::string_view type, std::string_view value) const;

  const Items& items_;
  Types from_types_;
  Types to_types_;
};

} // namespace retort::postgresql_change
