#pragma once

#include "history/history.hpp"

#include <retort/history.hpp>

namespace retort {

/// How a unit is written in an embedded history's tables: a piece's length, and its kind in the lowest bits.
inline constexpr unsigned embedded_kind_bits = 4;

/// The history as it was compiled for `dialect`, which it must have. Nothing is read or verified again; texts are views
/// into the embedded data, which must outlive the history. Revisions have no sections.
History open_history(const EmbeddedHistory& embedded, Dialect dialect);

} // namespace retort
