#include "cli/autogenerate.hpp"

#include "cli/change_text.hpp"
#include "cli/changed_history.hpp"
#include "cli/declared_schema.hpp"
#include "cli/renames.hpp"
#include "cli/revision_text.hpp"
#include "cli/schema_reader.hpp"
#include "revision/compile.hpp"
#include "schema/difference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>

namespace retort {
namespace {

/// One dialect: where the revision starts, where it leads, and how.
struct Way {
  Dialect dialect;
  History history;
  std::unique_ptr<ScratchDatabase> database; ///< stands where the revision starts
  Schema from;
  Schema to;
  SchemaChange up;
  SchemaChange down;
};

/// The same names, the other way.
ChangeOptions reversed(ChangeOptions options) {
  std::ranges::reverse(options.renames);
  for (Rename& rename : options.renames) {
    std::swap(rename.from, rename.to);
  }
  return options;
}

std::string section(Direction direction, std::string_view words, const SchemaChange& change,
                    const std::vector<std::string>& todo) {
  std::string text;
  bool in_transaction = true;
  const auto begin = [&] {
    text += fmt::format("{}-- migrate:{}{}{}\n", text.empty() ? "" : "\n", name(direction), words,
                        in_transaction ? "" : " transaction:false");
  };
  begin();
  for (const std::vector<std::string>& lines : {change.impossible, todo}) {
    for (const std::string& line : lines) {
      text += todo_text(line);
    }
  }
  for (const SchemaChange::Step& step : change.steps) {
    if (step.in_transaction != in_transaction) {
      in_transaction = step.in_transaction;
      begin();
    }
    text += step_text(step);
  }
  return text;
}

class Autogeneration {
public:
  Autogeneration(const Context& context, const History& history, const Relations& relations)
      : context_(context), history_(history), relations_(relations), scratch_(context) {}

  Exit run(std::string_view message) {
    for (const Dialect dialect : all_dialects) {
      add_way(dialect);
    }
    if (ways_.empty()) {
      fail_usage("no schema is declared",
                 "write declared_schema = \"schema.sql\" into [database.NAME], or use --declared-schema");
    }
    if (std::ranges::all_of(ways_, [](const Way& way) { return is_empty(way.up); })) {
      context_.console().progress("nothing to do: the revisions lead to the declared schema");
      context_.console().finish({{"path", nullptr}});
      return Exit::fine;
    }
    NewRevision drafted = draft_revision(context_, history_, message, relations_, sections());
    for (Way& way : ways_) {
      prove(way, drafted.revision);
    }
    drafted.text = drafted.text.substr(0, drafted.text.find("-- migrate:")) + sections();
    warn(drafted.revision.path);
    write_revision_file(context_, history_, drafted);
    context_.console().report(diagnostics_);
    return Exit::fine;
  }

private:
  static bool is_empty(const SchemaChange& change) { return change.steps.empty() && change.impossible.empty(); }

  std::string start() const {
    return relations_.parents.empty() ? "base" : fmt::format("{}", fmt::join(ids(history_, relations_.parents), ","));
  }

  void add_way(Dialect dialect) {
    const std::vector<std::filesystem::path> files = declared_schema(context_, dialect);
    if (files.empty()) {
      return;
    }
    Way& way = ways_.emplace_back();
    way.dialect = dialect;
    way.history = context_.load(dialect);
    way.database = scratch_.make(dialect);
    if (!relations_.parents.empty()) {
      way.database->upgrade(way.history, start());
    }
    way.from = way.database->schema();
    const std::unique_ptr<ScratchDatabase> declared = scratch_.make(dialect);
    declared->run(SqlFiles(files, dialect, "a declared schema"));
    way.to = declared->schema();
    ChangeOptions options = change_options(context_, way.from);
    ask_for_renames(context_, way.from, way.to, options.renames);
    way.up = change_schema(way.from, way.to, options);
    way.down = change_schema(way.to, way.from, reversed(options));
  }

  /// One dialect needs no name where the history has no other one.
  std::string sections() const {
    std::string text;
    for (const Direction direction : {Direction::up, Direction::down}) {
      for (const Way& way : ways_) {
        const std::string words = is_only_dialect() ? "" : fmt::format(" dialect:{}", retort::name(way.dialect));
        const auto todo = unproven_.find({way.dialect, direction});
        text += text.empty() ? "" : "\n";
        text += section(direction, words, direction == Direction::up ? way.up : way.down,
                        todo == unproven_.end() ? std::vector<std::string>() : todo->second);
      }
    }
    return text;
  }

  bool is_only_dialect() const {
    return ways_.size() == 1 && std::ranges::all_of(context_.config().databases, [&](const auto& entry) {
             return is_for_dialect(entry.second, ways_.front().dialect);
           });
  }

  /// Goes up and down, as anybody else will.
  void prove(Way& way, const Revision& drafted) {
    for (const auto& [direction, change] : {std::pair(Direction::up, &way.up), std::pair(Direction::down, &way.down)}) {
      for (const std::string& line : change->impossible) {
        diagnostics_.error(fmt::format("{}: {}", retort::name(way.dialect), line), locate(drafted.path)).hint =
            "write this part by hand";
      }
    }
    if (!way.up.impossible.empty() || !way.down.impossible.empty()) {
      return;
    }
    Revision revision = drafted;
    Diagnostics diagnostics;
    Digest digest;
    compile(revision, way.dialect, WayDown::must_work, digest, diagnostics);
    if (diagnostics.has_errors()) {
      throw Failure(Exit::migrations, diagnostics.sorted());
    }
    const History history = changed_history(way.history, {revision});
    try {
      way.database->upgrade(history, revision.id);
      expect(way, Direction::up, way.to, drafted.path);
      way.database->downgrade(history, start());
      expect(way, Direction::down, way.from, drafted.path);
    } catch (const Failure& failure) {
      add_failure(way, failure, drafted.path);
    }
  }

  void expect(const Way& way, Direction direction, const Schema& expected, const std::string& path) {
    for (const Difference& difference : compare(expected, way.database->schema(), ColumnOrder::ignored)) {
      const std::string line = describe(difference);
      unproven_[{way.dialect, direction}].push_back(line);
      diagnostics_
          .error(
              fmt::format("{}: the way {} does not lead there: {}", retort::name(way.dialect), name(direction), line),
              locate(path))
          .hint = "write this part by hand";
    }
  }

  /// The place of the statement is one in the file that is written.
  void add_failure(const Way& way, const Failure& failure, const std::string& path) {
    for (const Diagnostic& diagnostic : failure.diagnostics()) {
      unproven_[{way.dialect, Direction::up}].push_back(diagnostic.message);
      diagnostics_.error(fmt::format("{}: {}", retort::name(way.dialect), diagnostic.message), locate(path)).hint =
          "write this part by hand";
    }
  }

  void warn(const std::string& path) {
    for (const Way& way : ways_) {
      for (const auto& [direction, change] :
           {std::pair(Direction::up, &way.up), std::pair(Direction::down, &way.down)}) {
        for (const SchemaChange::Step& step : change->steps) {
          if (!step.hazard.empty()) {
            diagnostics_.warning(
                fmt::format("{}: the way {} {}", retort::name(way.dialect), name(direction), step.hazard),
                locate(path));
          }
        }
      }
    }
  }

  const Context& context_;
  const History& history_;
  const Relations& relations_;
  ScratchMaker scratch_;
  std::deque<Way> ways_;
  std::map<std::pair<Dialect, Direction>, std::vector<std::string>> unproven_;
  Diagnostics diagnostics_;
};

} // namespace

void add_autogenerate_options(cxxopts::OptionAdder& options) {
  add_declared_schema_option(options);
  add_change_options(options);
  add_scratch_options(options);
}

Exit autogenerate(const Context& context, const History& history, std::string_view message,
                  const Relations& relations) {
  return Autogeneration(context, history, relations).run(message);
}

} // namespace retort
