#pragma once

#include "history/history.hpp"

#include <span>
#include <string>
#include <string_view>

namespace retort {

/// A history as it was compiled for a dialect.
struct CompiledHistory {
  Dialect dialect = Dialect::sqlite;
  const History* history = nullptr;
};

/// The migrations directory: how the paths of its revisions begin, and what the embedded ones begin with instead.
struct EmbeddedFolder {
  std::string path;
  std::string name;
};

/// The content of an EmbeddedData.
struct PackedHistory {
  std::string text;
  std::u32string tables;
};

/// Packs what open_history needs to make each of these histories again; they are one history, compiled for different
/// dialects. Each name, checksum and file is there once. Throws Failure (Exit::migrations) when they differ in their
/// revisions, or are too large.
PackedHistory pack(std::span<const CompiledHistory> histories, const EmbeddedFolder& folder);

/// What generated files call things.
struct EmbeddedNames {
  std::string file;  ///< without ending
  std::string space; ///< namespace, such as `app` or `company::app`
};

/// The header that declares `SPACE::history`, of `size` revisions.
std::string write_embedded_header(const EmbeddedNames& names, std::size_t size, std::span<const Dialect> dialects);

/// The source that defines its data. Any byte survives; the source itself is ASCII.
std::string write_embedded_source(const EmbeddedNames& names, const PackedHistory& packed);

} // namespace retort
