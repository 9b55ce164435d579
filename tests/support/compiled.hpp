#pragma once

#include "support/revisions.hpp"

namespace retort {

/// The statements of a change: `{…}` around those that share a transaction, `!{…}` around one that runs outside.
inline std::string shown(const Change& change) {
  std::string out;
  for (const Unit& unit : change.units) {
    out += unit.transactional ? " {" : " !{";
    for (const Unit::Piece& piece : unit.pieces) {
      out += &piece == &unit.pieces.front() ? "" : "; ";
      out += text_of(*piece.source, piece.statement);
    }
    out += "}";
  }
  return out + "\n";
}

/// What a file in the native form, called a.sql, runs on a dialect; then the diagnostics.
inline std::string compiled(const std::string& text, Dialect dialect, WayDown way_down = WayDown::must_work) {
  Diagnostics diagnostics;
  const Revision revision = revision_of({"a", text}, dialect, diagnostics, way_down);
  std::string out = revision.cuts_transaction ? "cut\n" : "";
  out += "up" + shown(revision.up);
  out += revision.down ? "down" + shown(*revision.down) : "irreversible\n";
  return out + rendered(diagnostics);
}

} // namespace retort
