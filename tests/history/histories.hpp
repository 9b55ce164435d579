#pragma once

#include "support/revisions.hpp"

namespace retort {

inline const std::string up = "-- migrate:up\n";

inline History linear() { return history_of({{"1", "-- Revises: base\n" + up}, {"2", up}, {"3", up}, {"0004_x", up}}); }

inline History forked() {
  return history_of({{"1_a", "-- Revises: base\n" + up},
                     {"20260101_b", "-- Revises: 1\n-- Branch: billing\n" + up},
                     {"20260102_c", "-- Revises: 1\n" + up}});
}

/// 1000 - 2000 - 3000 - 6000; 2000 - 4000 (billing) - 6000, a merge; 5000 (stock), a base, on which 4000 depends, and
/// behind it 7000.
inline History merged() {
  return history_of({{"1000_a", "-- Revises: base\n" + up},
                     {"2000_b", up},
                     {"3000_c", up},
                     {"4000_d", "-- Revises: 2000\n-- Depends-On: 5000\n-- Branch: billing\n" + up},
                     {"5000_e", "-- Revises: base\n-- Branch: stock\n" + up},
                     {"6000_f", "-- Sixth.\n-- Revises: 3000, 4000\n" + up},
                     {"7000_g", "-- Revises: 5000\n" + up}});
}

} // namespace retort
