#include "script/embed.hpp"

#include "history/embedded.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

namespace retort {
namespace {

/// `number` as an entry of the tables, of which it may take `bits`.
char32_t entry(std::size_t number, unsigned bits = 32) {
  if (number > std::numeric_limits<std::uint32_t>::max() >> (32 - bits)) {
    throw Failure(Exit::migrations, {Severity::error,
                                     "the history is too large to be embedded",
                                     {},
                                     {},
                                     "a statement may have 256 MiB, and all files together 4 GiB"});
  }
  return static_cast<char32_t>(number);
}

class Packer {
public:
  Packer(std::span<const CompiledHistory> histories, const EmbeddedFolder& folder)
      : histories_(histories), folder_(folder), graph_(*histories.front().history) {}

  PackedHistory pack() {
    check_revisions();
    tables().resize(EmbeddedHistory::records_begin);
    for (Index index = 0; index < graph_.size(); ++index) {
      add_names(graph_[index]);
    }
    add_indexes(graph_.heads());
    add_sources();
    begin(EmbeddedHistory::graph_entry);
    for (Index index = 0; index < graph_.size(); ++index) {
      add_header(graph_[index]);
      add_indexes(graph_.parents(index));
      add_indexes(graph_.dependencies(index));
    }
    for (const CompiledHistory& compiled : histories_) {
      begin(EmbeddedHistory::section_entries + static_cast<std::size_t>(compiled.dialect));
      add_section(*compiled.history);
    }
    return std::move(packed_);
  }

private:
  std::u32string& tables() { return packed_.tables; }

  void add(std::size_t number) { tables() += entry(number); }

  /// What follows is found by the entry at `place`.
  void begin(std::size_t place) { tables()[place] = entry(tables().size()); }

  /// They were read one after the other: a file can have come or gone in between.
  void check_revisions() const {
    for (const CompiledHistory& compiled : histories_) {
      const History& other = *compiled.history;
      bool same = other.size() == graph_.size();
      for (Index index = 0; same && index < other.size(); ++index) {
        same = other[index].head->path() == graph_[index].head->path() &&
               other[index].head->text() == graph_[index].head->text();
      }
      if (!same) {
        throw Failure(Exit::migrations, {Severity::error,
                                         "the migrations directory was changed while it was read",
                                         locate(folder_.path),
                                         {},
                                         "build again"});
      }
    }
  }

  void add_names(const Revision& revision) {
    add_part(revision.id);
    add_part(revision.message);
    add_part(shown(revision.path));
  }

  std::string shown(std::string_view path) const {
    path.remove_prefix(folder_.path.size());
    return fmt::format("{}/{}", folder_.name, path.substr(std::min(path.find_first_not_of('/'), path.size())));
  }

  /// Where `part` stands in the text; a part may be used several times. Its line end makes the source legible.
  std::size_t offset_of(std::string_view part) {
    const auto [known, added] = offsets_.try_emplace(std::string(part), packed_.text.size());
    if (added) {
      packed_.text += part;
      packed_.text += '\n';
    }
    return known->second;
  }

  void add_part(std::string_view part) {
    add(offset_of(part));
    add(part.size());
  }

  void add_indexes(std::span<const Index> indexes) {
    add(indexes.size());
    for (const Index index : indexes) {
      add(index);
    }
  }

  void add_sources() {
    begin(EmbeddedHistory::sources_entry);
    const std::size_t count = tables().size();
    add(0);
    for (const CompiledHistory& compiled : histories_) {
      for (Index index = 0; index < compiled.history->size(); ++index) {
        const Revision& revision = (*compiled.history)[index];
        add_sources(revision);
        for (const Revision& replaced : revision.replaced) {
          add_sources(replaced);
        }
      }
    }
    tables()[count] = entry(sources_.size());
  }

  void add_sources(const Revision& revision) {
    add_source(*revision.head);
    add_sources(revision.up);
    if (revision.down) {
      add_sources(*revision.down);
    }
  }

  void add_sources(const Change& change) {
    for (const Unit& unit : change.units) {
      for (const Unit::Piece& piece : unit.pieces) {
        add_source(*piece.source);
      }
    }
  }

  void add_source(const Source& source) {
    if (numbers_.contains(&source)) {
      return;
    }
    const auto [known, added] = sources_.try_emplace({source.path(), source.text()}, sources_.size());
    if (added) {
      add_part(shown(source.path()));
      add_part(source.text());
    }
    numbers_.emplace(&source, known->second);
  }

  void add_header(const Revision& revision) {
    add(numbers_.at(revision.head.get()));
    add(revision.revises ? 1 : 0);
    if (revision.revises) {
      add_references(*revision.revises);
    }
    add_references(revision.depends_on);
    add_references(revision.labels);
  }

  void add_references(const std::vector<Reference>& references) {
    add(references.size());
    for (const Reference& reference : references) {
      add(reference.offset);
      add(reference.length);
    }
  }

  void add_section(const History& history) {
    for (Index index = 0; index < history.size(); ++index) {
      add(offset_of(history[index].checksum));
    }
    for (Index index = 0; index < history.size(); ++index) {
      const Revision& revision = history[index];
      add_changes(revision);
      add(revision.replaced.size());
      for (const Revision& replaced : revision.replaced) {
        add_names(replaced);
        add_part(replaced.checksum);
        add_header(replaced);
        add_changes(replaced);
      }
    }
  }

  void add_changes(const Revision& revision) {
    add(revision.cuts_transaction ? 1 : 0);
    add_change(revision.up);
    add(revision.down ? 1 : 0);
    if (revision.down) {
      add_change(*revision.down);
    }
  }

  void add_change(const Change& change) {
    add(change.units.size());
    for (const Unit& unit : change.units) {
      add(unit.transactional ? 1 : 0);
      add_part(unit.checksum);
      add(unit.pieces.size());
      for (const Unit::Piece& piece : unit.pieces) {
        const Statement& statement = piece.statement;
        add(numbers_.at(piece.source));
        add(statement.offset);
        add(entry(statement.length, 32 - embedded_kind_bits) << embedded_kind_bits |
            static_cast<std::size_t>(statement.kind));
      }
    }
  }

  std::span<const CompiledHistory> histories_;
  const EmbeddedFolder& folder_;
  const History& graph_;
  PackedHistory packed_;
  std::map<std::string, std::size_t, std::less<>> offsets_;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> sources_; ///< by path and text
  std::unordered_map<const Source*, std::size_t> numbers_;
};

/// `text` as string literals, one a line. Trigraphs and the source's character set do not matter to them.
std::string literals(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  bool open = false;
  char before = '\0';
  for (const char c : text) {
    out += open ? "" : "\n    \"";
    open = c != '\n';
    if (c == '\n') {
      out += "\\n\"";
    } else if (c == '"' || c == '\\' || (c == '?' && before == '?')) {
      out += '\\';
      out += c;
    } else if (c >= ' ' && c <= '~') {
      out += c;
    } else {
      out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
    before = c;
  }
  return out + (open ? "\"" : text.empty() ? "\"\"" : "");
}

std::string literals(std::u32string_view tables) {
  constexpr std::size_t entries_in_a_line = 16;
  std::string out;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    out += i % entries_in_a_line == 0 ? "\n    U\"" : "";
    out += fmt::format("\\x{:x}", static_cast<std::uint32_t>(tables[i]));
    out += (i + 1) % entries_in_a_line == 0 || i + 1 == tables.size() ? "\"" : "";
  }
  return out;
}

} // namespace

PackedHistory pack(std::span<const CompiledHistory> histories, const EmbeddedFolder& folder) {
  return Packer(histories, folder).pack();
}

std::string write_embedded_header(const EmbeddedNames& names, std::size_t size, std::span<const Dialect> dialects) {
  std::vector<std::string> enumerators;
  for (const Dialect dialect : dialects) {
    enumerators.push_back(fmt::format("::retort::Dialect::{}", name(dialect)));
  }
  return fmt::format(R"(// Written by 'retort embed'.

#pragma once

#include <retort/history.hpp>

static_assert(::retort::EmbeddedHistory::format == {}, "this file was written by another version of Retort");

namespace {} {{

extern const ::retort::EmbeddedData history_data;

inline constexpr ::retort::EmbeddedHistory history(history_data, {}, {{{}}});

}}
)",
                     EmbeddedHistory::format, names.space, size, fmt::join(enumerators, ", "));
}

std::string write_embedded_source(const EmbeddedNames& names, const PackedHistory& packed) {
  return fmt::format(R"(// Written by 'retort embed'.

#include {}

#ifdef __clang__
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif

namespace {} {{

constinit const ::retort::EmbeddedData history_data = {{{{{},
  {}}}, {{{},
  {}}}}};

}}
)",
                     fmt::format("\"{}.hpp\"", names.file), names.space, literals(packed.text), packed.text.size(),
                     literals(packed.tables), packed.tables.size());
}

} // namespace retort
