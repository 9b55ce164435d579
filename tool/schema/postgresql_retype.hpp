#pragma once

#include <string>
#include <string_view>

namespace retort::postgresql_change {

/// How the values of a column become those of another type. The last step is left to PostgreSQL, which assigns what the
/// expression gives: that refuses values that are too long, where a cast to `varchar(5)` would cut them.
struct Retyping {
  std::string expression; ///< what USING says of `{}`, the column; empty where PostgreSQL needs no word
  std::string hazard;     ///< of `{}`, the column; empty: every value becomes what it was
};

/// Types as format_type prints them.
Retyping retyping(std::string_view from, std::string_view to);

/// To a type, or an array of it, that reads what another one prints; nothing is said of hazards.
Retyping retyping_by_text(std::string_view to);

} // namespace retort::postgresql_change
