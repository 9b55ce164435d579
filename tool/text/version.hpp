#pragma once

#include <string_view>

namespace retort {

/// Retort's own version, as in `0.1.0`.
std::string_view version();

} // namespace retort
