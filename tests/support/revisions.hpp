#pragma once

#include "history/history.hpp"
#include "revision/compile.hpp"
#include "revision/header.hpp"
#include "revision/id.hpp"
#include "revision/sections.hpp"
#include "support/rendered.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// A revision's name, `ID` or `ID_slug`, and the text of its file, which messages call `NAME.sql`.
using RevisionText = std::pair<std::string, std::string>;

/// The revision of a text in the native form, read without a file system.
inline Revision revision_of(const RevisionText& text, Dialect dialect, Diagnostics& diagnostics,
                            WayDown way_down = WayDown::must_work) {
  Revision revision;
  revision.id = id_in(text.first);
  revision.path = text.first + ".sql";
  revision.head = std::make_shared<const Source>(revision.path, text.second);
  const std::size_t end = read_header(*revision.head, revision, diagnostics);
  revision.sections = read_sections(revision.head, end, diagnostics);
  if (revision.message.empty()) {
    revision.message = slug_in(text.first);
  }
  Digest digest;
  compile(revision, dialect, way_down, digest, diagnostics);
  return revision;
}

inline std::vector<Revision> revisions_of(const std::vector<RevisionText>& texts, Dialect dialect,
                                          Diagnostics& diagnostics) {
  std::vector<Revision> revisions;
  for (const RevisionText& text : texts) {
    revisions.push_back(revision_of(text, dialect, diagnostics));
  }
  std::stable_sort(revisions.begin(), revisions.end(),
                   [](const Revision& a, const Revision& b) { return id_less(a.id, b.id); });
  return revisions;
}

/// The history of texts that have no errors. `replaced`: what the one with `Replaces:` stands for.
inline History history_of(const std::vector<RevisionText>& texts, Dialect dialect = Dialect::sqlite,
                          const std::vector<RevisionText>& replaced = {}) {
  Diagnostics diagnostics;
  std::vector<Revision> revisions = revisions_of(texts, dialect, diagnostics);
  for (Revision& revision : revisions) {
    if (!revision.replaces.empty()) {
      revision.replaced = revisions_of(replaced, dialect, diagnostics);
    }
  }
  History history = History::build(std::move(revisions), diagnostics);
  if (diagnostics.has_errors()) {
    throw std::invalid_argument(rendered(diagnostics));
  }
  return history;
}

/// The ids of `members`, joined by a blank.
inline std::string ids(const History& history, const std::vector<Index>& members) {
  std::string text;
  for (const Index index : members) {
    text += (text.empty() ? "" : " ") + history[index].id;
  }
  return text;
}

} // namespace retort
