#include "history/embedded.hpp"

#include <algorithm>

namespace retort {
namespace {

/// Reads `tables` entry after entry.
class Cursor {
public:
  Cursor(const EmbeddedHistory& embedded, std::size_t begin) : embedded_(embedded), at_(begin) {}

  std::uint32_t next() { return embedded_.data().tables[at_++]; }

  /// A part of the text: its offset and its length.
  std::string_view part() {
    at_ += 2;
    return embedded_.part(at_ - 2);
  }

  std::vector<Index> indexes() {
    std::vector<Index> indexes(next());
    std::generate(indexes.begin(), indexes.end(), [&] { return next(); });
    return indexes;
  }

private:
  const EmbeddedHistory& embedded_;
  std::size_t at_;
};

class Opener {
public:
  Opener(const EmbeddedHistory& embedded, Dialect dialect)
      : embedded_(embedded), dialect_(dialect), graph_(embedded, embedded.data().tables[EmbeddedHistory::graph_entry]),
        changes_(embedded, embedded.section(dialect) + embedded.size()) {}

  History open() {
    read_sources();
    const std::size_t size = embedded_.size();
    std::vector<Revision> revisions(size);
    std::vector<std::vector<Index>> parents(size);
    std::vector<std::vector<Index>> dependencies(size);
    for (std::size_t index = 0; index < size; ++index) {
      Revision& revision = revisions[index];
      revision.id = embedded_.id(index);
      revision.message = embedded_.message(index);
      revision.path = embedded_.path(index);
      revision.checksum = embedded_.checksum(dialect_, index);
      read_header(revision, graph_);
      parents[index] = graph_.indexes();
      dependencies[index] = graph_.indexes();
      read_changes(revision);
      revision.replaced.resize(changes_.next());
      for (Revision& replaced : revision.replaced) {
        read_replaced(replaced);
      }
    }
    return History::assemble(std::move(revisions), std::move(parents), std::move(dependencies));
  }

private:
  void read_sources() {
    Cursor cursor(embedded_, embedded_.data().tables[EmbeddedHistory::sources_entry]);
    const std::uint32_t count = cursor.next();
    sources_->reserve(count);
    for (std::uint32_t number = 0; number < count; ++number) {
      const std::string_view path = cursor.part();
      sources_->push_back(Source::borrowing(std::string(path), cursor.part()));
    }
  }

  void read_replaced(Revision& revision) {
    revision.id = changes_.part();
    revision.message = changes_.part();
    revision.path = changes_.part();
    revision.checksum = changes_.part();
    read_header(revision, changes_);
    read_changes(revision);
  }

  void read_header(Revision& revision, Cursor& cursor) {
    revision.head = std::shared_ptr<const Source>(sources_, &(*sources_)[cursor.next()]);
    if (cursor.next() != 0) {
      revision.revises = references(*revision.head, cursor);
    }
    revision.depends_on = references(*revision.head, cursor);
    revision.labels = references(*revision.head, cursor);
  }

  void read_changes(Revision& revision) {
    revision.cuts_transaction = changes_.next() != 0;
    read_change(revision.up);
    if (changes_.next() != 0) {
      read_change(revision.down.emplace());
    }
  }

  /// A name is what stands in the header, without the dashes that ids may be written with.
  std::vector<Reference> references(const Source& head, Cursor& cursor) {
    std::vector<Reference> references(cursor.next());
    for (Reference& reference : references) {
      reference.offset = cursor.next();
      reference.length = cursor.next();
      reference.name = head.text().substr(reference.offset, reference.length);
      std::erase(reference.name, '-');
    }
    return references;
  }

  void read_change(Change& change) {
    change.units.resize(changes_.next());
    for (Unit& unit : change.units) {
      unit.transactional = changes_.next() != 0;
      unit.checksum = changes_.part();
      unit.pieces.resize(changes_.next());
      for (Unit::Piece& piece : unit.pieces) {
        piece.source = &(*sources_)[changes_.next()];
        piece.statement.offset = changes_.next();
        const std::uint32_t packed = changes_.next();
        piece.statement.length = packed >> embedded_kind_bits;
        piece.statement.kind = static_cast<StatementKind>(packed & ((1U << embedded_kind_bits) - 1));
      }
    }
  }

  const EmbeddedHistory& embedded_;
  Dialect dialect_;
  Cursor graph_;
  Cursor changes_;
  std::shared_ptr<std::vector<Source>> sources_ = std::make_shared<std::vector<Source>>();
};

} // namespace

History open_history(const EmbeddedHistory& embedded, Dialect dialect) { return Opener(embedded, dialect).open(); }

} // namespace retort
