#include "dialect/session_settings.hpp"
#include "script/printer.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>

namespace retort {
namespace {

/// `body` in dollar quotes whose tag does not occur in it.
std::string dollar_quoted(std::string_view body) {
  std::string tag = "$retort$";
  for (std::size_t number = 1; body.find(tag) != std::string_view::npos; ++number) {
    tag = fmt::format("$retort{}$", number);
  }
  return fmt::format("{0}{1}{0}", tag, body);
}

/// A script for psql.
class PostgresqlScript {
public:
  explicit PostgresqlScript(Printer printer)
      : printer_(std::move(printer)), count_(std::ssize(printer_.stream().plan.start.members())) {}

  std::string write() {
    const bool shell = printer_.options().client == Client::shell;
    if (shell) {
      printer_.line("\\set ON_ERROR_STOP on\n\\set AUTOCOMMIT on");
    }
    printer_.heading();
    const std::vector<Command>& commands = printer_.stream().commands;
    if (commands.empty()) {
      printer_.comment("Nothing to do.");
      return printer_.take();
    }
    printer_.line("");
    for (const std::string& setting : session_settings(Dialect::postgresql)) {
      printer_.statement(setting);
    }
    write_guard();
    if (is_idempotent()) {
      printer_.statement(revision_table::create(Dialect::postgresql));
    }
    for (std::size_t i = 0; i < commands.size();) {
      i = is_idempotent() ? write_step(i) : write(i);
    }
    printer_.line("");
    printer_.statement(fmt::format("SELECT pg_catalog.pg_advisory_unlock({})", revision_table::lock_key()));
    return printer_.take();
  }

private:
  bool is_idempotent() const { return printer_.options().guard == Guard::idempotent; }

  void write_guard() {
    // A failed guard leaves the session read-only: nothing behind it can run, whatever the client does after an error.
    printer_.statement("SET default_transaction_read_only = on");
    std::string body = "\nDECLARE\n"
                       "  expected pg_catalog.text[] := ARRAY[";
    body += printer_.start_literals();
    body += fmt::format("]::pg_catalog.text[];\n"
                        "  found pg_catalog.text[] := '{{}}';\n"
                        "BEGIN\n"
                        "  IF NOT pg_catalog.pg_try_advisory_lock({}) THEN\n"
                        "    RAISE EXCEPTION 'retort: another process migrates this database; nothing was changed';\n"
                        "  END IF;\n",
                        revision_table::lock_key());
    const Plan& plan = printer_.stream().plan;
    if (!plan.purges && !plan.ensures_table) {
      append_state_check(body);
    }
    body += "  PERFORM pg_catalog.set_config('default_transaction_read_only', 'off', false);\n"
            "END ";
    printer_.statement(fmt::format("DO {}", dollar_quoted(body)));
  }

  void append_state_check(std::string& body) const {
    body += "  IF pg_catalog.to_regclass('public.retort_revisions') IS NOT NULL THEN\n"
            "    IF NOT EXISTS (";
    body += revision_table::trusted(revision_table::qualified_name(Dialect::postgresql));
    body +=
        ") THEN\n"
        "      RAISE EXCEPTION 'retort: public.retort_revisions is not the plain table that Retort creates; nothing "
        "was changed';\n"
        "    END IF;\n"
        "    EXECUTE 'SELECT pg_catalog.array_agg(id ORDER BY id COLLATE \"C\") FROM public.retort_revisions' INTO "
        "found;\n"
        "    found := coalesce(found, '{}');\n"
        "  END IF;\n"
        "  IF pg_catalog.to_regclass('public.retort_journal') IS NOT NULL THEN\n"
        "    RAISE EXCEPTION 'retort: a revision was interrupted here; finish it with ''retort upgrade''; nothing was "
        "changed';\n"
        "  END IF;\n";
    const std::string condition = is_idempotent()
                                      ? fmt::format("NOT (found @> expected AND found <@ (expected || ARRAY[{}]::"
                                                    "pg_catalog.text[]))",
                                                    plan_literals())
                                      : "NOT (found @> expected AND found <@ expected)";
    body += fmt::format(
        "  IF {} THEN\n"
        "    RAISE EXCEPTION USING\n"
        "      MESSAGE = {} || coalesce(nullif(pg_catalog.left(pg_catalog.array_to_string(found, ', '), "
        "2000), ''), 'base') || '; nothing was changed';\n"
        "  END IF;\n",
        condition,
        literal(fmt::format("retort: this script starts at {}, but the database is at ", printer_.start_name())));
  }

  std::string plan_literals() const {
    std::string literals;
    for (const Step& step : printer_.stream().plan.steps) {
      literals += literals.empty() ? "" : ", ";
      literals += literal(printer_.history()[step.revision].id);
    }
    return literals;
  }

  /// All commands of a step, between \if and \endif. Returns the number behind them.
  std::size_t write_step(std::size_t i) {
    const std::uint32_t number = printer_.stream().commands[i].step;
    const Step& step = printer_.stream().plan.steps[number];
    printer_.announce(printer_.stream().commands[i]);
    printer_.line(fmt::format("SELECT {} (SELECT FROM {} WHERE id = {}) AS retort_pending \\gset\n\\if :retort_pending",
                              step.direction == Direction::up ? "NOT EXISTS" : "EXISTS",
                              revision_table::qualified_name(Dialect::postgresql),
                              literal(printer_.history()[step.revision].id)));
    while (i < printer_.stream().commands.size() && printer_.stream().commands[i].step == number) {
      i = write(i);
    }
    printer_.line("\\endif");
    return i;
  }

  std::size_t write(std::size_t i) {
    const Command& command = printer_.stream().commands[i];
    if (command.kind != CommandKind::commit) {
      printer_.announce(command);
    }
    if (command.kind == CommandKind::own) {
      return printer_.settings(i);
    }
    if (command.kind == CommandKind::record || command.kind == CommandKind::journal) {
      write_record(command);
    } else {
      printer_.statement(command.sql());
    }
    return i + 1;
  }

  /// A session counts the rows that changed; in a script the server has to.
  void write_record(const Command& command) {
    std::string body =
        fmt::format(" BEGIN\n"
                    "{};\n"
                    "IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled "
                    "back'; END IF;\n",
                    command.sql());
    if (command.kind == CommandKind::record && !is_idempotent()) {
      count_ += printer_.stream().plan.steps[command.step].direction == Direction::up ? 1 : -1;
      body +=
          fmt::format("IF (SELECT pg_catalog.count(*) FROM {}) <> {} THEN RAISE EXCEPTION 'retort: the revision table "
                      "was changed by a revision; the transaction was rolled back'; END IF;\n",
                      revision_table::qualified_name(Dialect::postgresql), count_);
    }
    body += "END ";
    printer_.statement(fmt::format("DO {}", dollar_quoted(body)));
  }

  Printer printer_;
  std::ptrdiff_t count_; ///< of the revision table's rows
};

} // namespace

std::string write_postgresql_script(Printer printer) { return PostgresqlScript(std::move(printer)).write(); }

} // namespace retort
