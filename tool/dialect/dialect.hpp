#pragma once

#include <retort/history.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace retort {

inline constexpr Dialect all_dialects[] = {Dialect::sqlite, Dialect::postgresql};

/// `sqlite` or `postgresql`.
std::string_view name(Dialect dialect);

/// The dialect of that name, written exactly so.
std::optional<Dialect> find_dialect(std::string_view name);

/// `text` as a string literal: quotes doubled. PostgreSQL's needs `standard_conforming_strings = on`.
std::string literal(std::string_view text);

/// `text` as a quoted identifier: double quotes doubled.
std::string quoted(std::string_view identifier);

} // namespace retort
