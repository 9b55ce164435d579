#include "plan/stream.hpp"

#include "dialect/session_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace retort {
namespace {

namespace table = revision_table;

class Renderer {
public:
  Renderer(const History& history, Plan plan, const StreamOptions& options)
      : history_(history), options_(options), stream_{&history, std::move(plan), {}, {}} {}

  Stream render() {
    const Plan& plan = stream_.plan;
    if (plan.steps.empty() && !plan.purges && !plan.drops_journal && !plan.ensures_table) {
      return std::move(stream_);
    }
    if (options_.creates_table) {
      open();
      own(table::create(place()));
    }
    if (plan.purges) {
      open();
      own(table::purge(place()));
    }
    if (plan.drops_journal) {
      open();
      own(table::drop_journal(place()));
    }
    for (step_ = 0; step_ < stream_.plan.steps.size(); ++step_) {
      render(stream_.plan.steps[step_]);
    }
    close();
    return std::move(stream_);
  }

private:
  const Step& step() const { return stream_.plan.steps[step_]; }
  const Revision& revision() const { return history_[step().revision]; }

  const std::vector<Unit>& units(const Step& step) const {
    static const std::vector<Unit> none;
    const Revision& revision = history_[step.revision];
    if (step.action == Action::record) {
      return none;
    }
    return step.direction == Direction::up ? revision.up.units : revision.down.value().units;
  }

  Command& push(CommandKind kind, std::string text) {
    stream_.commands.push_back({kind, true, static_cast<std::uint32_t>(step_), nullptr, {}, std::move(text)});
    return stream_.commands.back();
  }
  void own(std::string text) { push(CommandKind::own, std::move(text)); }

  void open() {
    if (!open_) {
      push(CommandKind::begin, joins()                               ? "SAVEPOINT retort"
                               : options_.dialect == Dialect::sqlite ? "BEGIN IMMEDIATE"
                                                                     : "BEGIN");
      open_ = true;
    }
  }

  void close() {
    if (open_) {
      push(CommandKind::commit, joins() ? "RELEASE SAVEPOINT retort" : "COMMIT");
      open_ = false;
      recorded_ = {};
    }
  }

  table::Place place() const { return {options_.dialect, options_.schema}; }
  bool joins() const { return options_.surroundings == Surroundings::transaction; }

  [[noreturn]] void refuse(std::string_view reason) const {
    throw Failure(Exit::migrations,
                  {Severity::error,
                   fmt::format("{} {}, and a transaction of the caller's is open", revision().id, reason),
                   locate(revision().path),
                   {},
                   "nothing was run; migrate outside of the transaction"});
  }

  void render(const Step& step) {
    const std::vector<Unit>& all = units(step);
    if (joins() && std::any_of(all.begin(), all.end(), [](const Unit& unit) { return !unit.transactional; })) {
      refuse("runs outside of any transaction");
    }
    for (std::size_t number = step.finished_units; number < all.size(); ++number) {
      run(all[number]);
      if (number + 1 < all.size()) {
        journal(step, number, all[number]);
      }
    }
    open();
    if (all.size() > 1) {
      own(table::drop_journal(place()));
    }
    record(step);
    end_step();
  }

  void journal(const Step& step, std::size_t number, const Unit& unit) {
    open();
    if (number == 0) {
      own(table::create_journal(place()));
    }
    push(CommandKind::journal,
         table::insert_journal(place(), revision().id, name(step.direction), number, unit.checksum, options_.writer));
    // What ran outside a transaction is noted before anything else can fail.
    if (!unit.transactional) {
      close();
    }
  }

  void run(const Unit& unit) {
    if (unit.transactional) {
      open();
    } else {
      close();
    }
    std::vector<std::string> resets;
    bool keeps_session = true;
    for (const Unit::Piece& piece : unit.pieces) {
      stream_.commands.push_back({CommandKind::statement,
                                  unit.transactional,
                                  static_cast<std::uint32_t>(step_),
                                  piece.source,
                                  piece.statement,
                                  {}});
      for (std::string& reset : statement_reset(options_.dialect, text_of(*piece.source, piece.statement))) {
        resets.push_back(std::move(reset));
      }
      keeps_session = keeps_session && piece.statement.kind == StatementKind::keeps_session;
    }
    if (keeps_session) {
      return;
    }
    for (const std::string& reset : resets) {
      own(reset);
    }
    // Behind a statement outside of a transaction, too: a script whose guard has failed leaves the session read-only,
    // and what is reset in a transaction that cannot write its row is rolled back with it.
    open();
    for (const std::string& reset : options_.resets) {
      own(reset);
    }
  }

  void record(const Step& step) {
    const Revision& revision = history_[step.revision];
    const bool measures = step.action == Action::run && options_.writer == table::Writer::session;
    push(CommandKind::record,
         step.direction == Direction::up
             ? table::insert(place(),
                             {revision.id, revision.checksum, revision.message,
                              measures ? table::Duration::measured : table::Duration::unknown, recorded_},
                             options_.writer, options_.user)
             : table::remove(place(), revision.id, options_.writer));
    recorded_ = step.direction == Direction::up ? std::string_view(revision.id) : std::string_view();
  }

  void end_step() {
    const bool last = step_ + 1 == stream_.plan.steps.size();
    const bool cuts = step().action == Action::run && revision().cuts_transaction && !last;
    if (cuts && joins()) {
      refuse("needs a commit behind it");
    }
    if (!joins() && options_.transactions == Transactions::each && step().action == Action::run) {
      close();
    } else if (cuts) {
      stream_.cuts.push_back(step_);
      close();
    }
  }

  const History& history_;
  const StreamOptions& options_;
  Stream stream_;
  std::size_t step_ = 0;
  bool open_ = false;
  std::string_view recorded_; ///< whose row the open transaction wrote last
};

} // namespace

Transactions default_transactions(Dialect dialect) {
  return dialect == Dialect::sqlite ? Transactions::all : Transactions::each;
}

Stream render_stream(const History& history, Plan plan, const StreamOptions& options) {
  return Renderer(history, std::move(plan), options).render();
}

} // namespace retort
