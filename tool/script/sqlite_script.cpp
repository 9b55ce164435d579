#include "script/printer.hpp"

#include <fmt/format.h>

#include <map>

namespace retort {
namespace {

/// How often each child table breaks its key to which parent table.
constexpr std::string_view violations =
    "SELECT \"table\" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2";

/// A script for the sqlite3 shell. A gate is a row put into a TEMP table whose trigger rolls everything back unless the
/// row's condition holds: RAISE is SQLite's only way to fail on purpose, and it works in triggers alone.
class SqliteScript {
public:
  explicit SqliteScript(Printer printer)
      : printer_(std::move(printer)), count_(printer_.stream().plan.start.members().size()) {}

  std::string write() {
    if (printer_.options().client == Client::shell) {
      printer_.line(".bail on");
    }
    printer_.heading();
    const std::vector<Command>& commands = printer_.stream().commands;
    if (commands.empty()) {
      printer_.comment("Nothing to do.");
      return printer_.take();
    }
    printer_.line("");
    if (printer_.stream().plan.ensures_table) {
      for (const Command& command : commands) {
        printer_.statement(command.sql());
      }
      return printer_.take();
    }
    printer_.statement("PRAGMA foreign_keys = OFF");
    for (std::size_t i = 0; i < commands.size();) {
      i = write(i);
    }
    return printer_.take();
  }

private:
  std::size_t write(std::size_t i) {
    const Command& command = printer_.stream().commands[i];
    const bool opens_script = i == 0;
    if (!opens_script && command.kind != CommandKind::commit && guarded_) {
      printer_.announce(command);
    }
    switch (command.kind) {
    case CommandKind::begin:
      printer_.statement(command.sql());
      if (opens_script) {
        printer_.statement(revision_table::create(Dialect::sqlite));
        write_guard();
        return skip_table(i + 1);
      }
      begin_transaction();
      return i + 1;
    case CommandKind::own: return printer_.settings(i);
    case CommandKind::record:
      note(command);
      printer_.statement(command.sql());
      return i + 1;
    case CommandKind::commit:
      write_gates();
      printer_.statement(command.sql());
      return i + 1;
    case CommandKind::journal:
    case CommandKind::statement: printer_.statement(command.sql()); return i + 1;
    }
    return i + 1;
  }

  /// The guard reads the table, so that it stands in front of it already.
  std::size_t skip_table(std::size_t i) const {
    const std::vector<Command>& commands = printer_.stream().commands;
    return i < commands.size() && commands[i].sql() == revision_table::create(Dialect::sqlite) ? i + 1 : i;
  }

  void begin_transaction() {
    printer_.statement("DELETE FROM temp.retort_violations");
    printer_.statement(fmt::format("INSERT INTO temp.retort_violations {}", violations));
  }

  void write_guard() {
    const std::string table = revision_table::qualified_name(Dialect::sqlite);
    // An earlier script on the same connection has left its own.
    printer_.statement("DROP TABLE IF EXISTS temp.retort_gate");
    printer_.statement("DROP TABLE IF EXISTS temp.retort_violations");
    printer_.statement("CREATE TEMP TABLE retort_gate (gate TEXT NOT NULL, opens INTEGER NOT NULL)");
    write_trigger("start", fmt::format("this script starts at {}, but the database is elsewhere; nothing was changed",
                                       printer_.start_name()));
    write_trigger("journal", "a revision was interrupted here; finish it with 'retort upgrade'; nothing was changed");
    write_trigger("rows", "the revision table was changed by a revision; its transaction was rolled back");
    write_trigger("foreign keys",
                  "a revision broke a foreign key (PRAGMA foreign_key_check); its transaction was rolled "
                  "back");
    printer_.statement(fmt::format("CREATE TEMP TABLE retort_violations AS {}", violations));
    printer_.statement(fmt::format("SELECT 'retort: the database is at ' || coalesce(group_concat(id, ', '), 'base') "
                                   "FROM (SELECT id FROM {} ORDER BY id)",
                                   table));
    if (!printer_.stream().plan.purges) {
      const std::string ids = printer_.start_literals();
      gate("start", count_ == 0
                        ? fmt::format("NOT EXISTS (SELECT 1 FROM {})", table)
                        : fmt::format("(SELECT count(*) FROM {0}) = {1} AND NOT EXISTS (SELECT 1 FROM {0} WHERE id NOT "
                                      "IN ({2}))",
                                      table, count_, ids));
      gate("journal", "NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE name = 'retort_journal')");
    }
    guarded_ = true;
  }

  void write_trigger(std::string_view gate, std::string_view message) {
    printer_.line(fmt::format(
        "CREATE TEMP TRIGGER {} BEFORE INSERT ON retort_gate WHEN NEW.gate = {} AND NOT NEW.opens\n"
        "BEGIN SELECT RAISE(ROLLBACK, {}); END;",
        quoted(fmt::format("retort {}", gate)), literal(gate), literal(fmt::format("retort: {}", message))));
  }

  void gate(std::string_view name, std::string_view condition) {
    printer_.statement(fmt::format("INSERT INTO temp.retort_gate SELECT {}, {}", literal(name), condition));
  }

  /// Keeps account of the revision table's rows.
  void note(const Command& command) {
    const Step& step = printer_.stream().plan.steps[command.step];
    const bool up = step.direction == Direction::up;
    count_ = up ? count_ + 1 : count_ - 1;
    present_[printer_.history()[step.revision].id] = up;
  }

  void write_gates() {
    const std::string table = revision_table::qualified_name(Dialect::sqlite);
    std::string in;
    std::string out;
    std::size_t in_count = 0;
    for (const auto& [id, present] : present_) {
      std::string& list = present ? in : out;
      list += list.empty() ? "" : ", ";
      list += literal(id);
      in_count += present ? 1 : 0;
    }
    std::string condition = fmt::format("(SELECT count(*) FROM {}) = {}", table, count_);
    if (!in.empty()) {
      condition += fmt::format(" AND (SELECT count(*) FROM {} WHERE id IN ({})) = {}", table, in, in_count);
    }
    if (!out.empty()) {
      condition += fmt::format(" AND NOT EXISTS (SELECT 1 FROM {} WHERE id IN ({}))", table, out);
    }
    printer_.line("");
    gate("rows", condition);
    gate("foreign keys",
         fmt::format("NOT EXISTS (SELECT 1 FROM ({}) AS new LEFT JOIN temp.retort_violations AS old USING "
                     "(child, parent) WHERE new.number > coalesce(old.number, 0))",
                     violations));
    present_.clear();
  }

  Printer printer_;
  std::size_t count_;
  std::map<std::string, bool, std::less<>> present_; ///< rows written in this transaction
  bool guarded_ = false;
};

} // namespace

std::string write_sqlite_script(Printer printer) { return SqliteScript(std::move(printer)).write(); }

} // namespace retort
