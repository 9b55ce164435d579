#include "revision/compile.hpp"

#include "dialect/statement_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

class Compiler {
public:
  Compiler(Dialect dialect, WayDown way_down, Digest& digest, Diagnostics& diagnostics)
      : dialect_(dialect), way_down_(way_down), digest_(digest), diagnostics_(diagnostics) {}

  void compile(Revision& revision) {
    const auto counts = [&](const Section& section) { return !section.dialect || section.dialect == dialect_; };
    const auto exists = [&](Direction direction) {
      return std::any_of(revision.sections.begin(), revision.sections.end(),
                         [&](const Section& section) { return section.direction == direction && counts(section); });
    };
    for (const Section& section : revision.sections) {
      if (section.direction == Direction::up && counts(section)) {
        append(section, revision.up, diagnostics_);
      }
    }
    revision.checksum = digest_.finish();
    if (exists(Direction::down) || !exists(Direction::up)) {
      revision.down.emplace();
    }
    Diagnostics found;
    for (const Section& section : revision.sections) {
      if (section.direction == Direction::down && counts(section)) {
        append(section, *revision.down, found);
      }
    }
    if (revision.irreversible && exists(Direction::down)) {
      const Reason& reason = *revision.irreversible;
      found.error("a way down in a revision that is irreversible", locate(*revision.head, reason.offset, reason.length))
          .hint = "remove the way down, or this line";
    }
    revision.cuts_transaction = revision.cuts_transaction || cuts_;
    if (exists(Direction::down) && revision.down->units.empty() && !revision.up.units.empty()) {
      found.note("the way down runs no statement", locate(revision.path));
    }
    if (found.has_errors() && way_down_ == WayDown::may_fail) {
      revision.down.reset();
    }
    for (Diagnostic diagnostic : found.sorted()) {
      if (way_down_ == WayDown::may_fail && diagnostic.severity == Severity::error) {
        diagnostic.severity = Severity::warning;
      }
      diagnostics_.add(std::move(diagnostic));
    }
    add_checksums(revision.up);
    if (revision.down) {
      add_checksums(*revision.down);
    }
  }

private:
  void append(const Section& section, Change& change, Diagnostics& diagnostics) {
    std::vector<Statement> statements = split(*section.source, section.begin, section.end, dialect_, diagnostics,
                                              section.direction == Direction::up ? &digest_ : nullptr);
    if (section.transactional) {
      strip_outer_transaction(section, statements, diagnostics);
    }
    for (const Statement& statement : statements) {
      check(section, statement, diagnostics);
      if (!section.transactional || change.units.empty() || !change.units.back().transactional) {
        change.units.push_back({section.transactional, {}, {}});
      }
      change.units.back().pieces.push_back({section.source.get(), statement});
    }
  }

  static void strip_outer_transaction(const Section& section, std::vector<Statement>& statements,
                                      Diagnostics& diagnostics) {
    const auto is_pragma = [](const Statement& s) { return s.kind == StatementKind::foreign_keys; };
    const auto first = std::find_if_not(statements.begin(), statements.end(), is_pragma);
    const auto last = std::find_if_not(statements.rbegin(), statements.rend(), is_pragma);
    if (first == statements.end() || first->kind != StatementKind::transaction_begin ||
        last->kind != StatementKind::transaction_end) {
      return;
    }
    diagnostics.note("the outer transaction is left out: Retort opens its own",
                     locate(*section.source, first->offset, first->length));
    statements = std::vector<Statement>(first + 1, last.base() - 1);
  }

  void check(const Section& section, const Statement& statement, Diagnostics& diagnostics) {
    switch (statement.kind) {
    case StatementKind::ordinary:
    case StatementKind::drops_table:
    case StatementKind::keeps_session: break;
    case StatementKind::cuts_transaction: cuts_ = true; break;
    case StatementKind::transaction_begin:
    case StatementKind::transaction_end:
    case StatementKind::transaction_control:
      diagnostics
          .error(fmt::format("transaction control in a revision: {}", words(section, statement)),
                 locate_words(section, statement))
          .hint = "Retort opens and ends the transaction; remove the statement, or split the revision here";
      break;
    case StatementKind::outside_transaction:
      if (section.transactional) {
        diagnostics
            .error(fmt::format("{} cannot run inside a transaction", words(section, statement)),
                   locate_words(section, statement))
            .hint =
            fmt::format("move it to a section of its own: -- migrate:{} transaction:false", name(section.direction));
      }
      break;
    case StatementKind::foreign_keys:
      if (section.transactional) {
        diagnostics.warning("PRAGMA foreign_keys has no effect inside a transaction", locate_words(section, statement))
            .hint = "remove it: Retort switches foreign keys off while it upgrades, and checks them before it commits";
      }
      break;
    }
  }

  std::string words(const Section& section, const Statement& statement) const {
    return leading_words(text_of(*section.source, statement), dialect_);
  }

  static Location locate_words(const Section& section, const Statement& statement) {
    return locate(*section.source, statement.offset, statement.length);
  }

  void add_checksums(Change& change) {
    if (change.units.size() < 2) {
      return;
    }
    for (Unit& unit : change.units) {
      for (const Unit::Piece& piece : unit.pieces) {
        Diagnostics known; // from the first time
        const std::size_t begin = piece.statement.offset;
        split(*piece.source, begin, begin + piece.statement.length, dialect_, known, &digest_);
      }
      unit.checksum = digest_.finish();
    }
  }

  Dialect dialect_;
  WayDown way_down_;
  Digest& digest_;
  Diagnostics& diagnostics_;
  bool cuts_ = false;
};

} // namespace

void compile(Revision& revision, Dialect dialect, WayDown way_down, Digest& digest, Diagnostics& diagnostics) {
  Compiler(dialect, way_down, digest, diagnostics).compile(revision);
}

} // namespace retort
