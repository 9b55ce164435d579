#include "cli/autogenerate.hpp"

#include "cli/change_text.hpp"
#include "cli/changed_history.hpp"
#include "cli/declared_schema.hpp"
#include "cli/default_schema.hpp"
#include "cli/renames.hpp"
#include "cli/revision_text.hpp"
#include "cli/schema_reader.hpp"
#include "cli/schema_way.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace retort {
namespace {

class Autogeneration {
public:
  Autogeneration(const Context& context, const History& history, const Relations& relations)
      : context_(context), history_(history), relations_(relations), scratch_(context) {}

  Exit run(std::string_view message) {
    // A file of the command line does not say what it is written for.
    const bool is_for_one = context_.arguments().has("dialect") || context_.arguments().has("declared-schema");
    for (const Dialect dialect :
         is_for_one ? std::vector{context_.dialect()} : std::vector(std::begin(all_dialects), std::end(all_dialects))) {
      add_way(dialect);
    }
    if (ways_.empty()) {
      fail_usage("no schema is declared",
                 "write declared_schema = \"schema.sql\" into [database.NAME], or use --declared-schema");
    }
    if (std::ranges::all_of(ways_, [](const SchemaWay& way) { return is_empty(way.up); })) {
      context_.console().progress("nothing to do: the revisions lead to the declared schema");
      context_.console().finish({{"path", nullptr}});
      return Exit::fine;
    }
    NewRevision drafted = draft_revision(context_, history_, message, relations_, sections());
    for (SchemaWay& way : ways_) {
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
    SchemaWay& way = ways_.emplace_back();
    way.dialect = dialect;
    way.history = context_.load(dialect);
    way.database = scratch_.make(dialect);
    if (!relations_.parents.empty()) {
      way.database->upgrade(way.history, start());
    }
    way.from = way.database->schema();
    const SqlFiles declaration(files, dialect, "a declared schema");
    way.to = read_files(context_, scratch_, declaration, dialect);
    ChangeOptions options = change_options(context_, way.from);
    ask_for_renames(context_, way.from, way.to, options.renames);
    way.up = change_schema(way.from, way.to, options);
    way.down = change_schema(way.to, way.from, reversed(options));
    if (dialect == Dialect::postgresql && !names_public(way.history, declaration)) {
      way.up = without_public(std::move(way.up));
      way.down = without_public(std::move(way.down));
    }
    refuse_markers(way.up);
    refuse_markers(way.down);
  }

  /// Whether `public` is named anywhere; otherwise objects are where search_path leads, and so they stay.
  static bool names_public(const History& history, const SqlFiles& declaration) {
    WrittenNames names = written_names(history, history.order());
    for (const Source& source : declaration.sources()) {
      add_names(source, names);
    }
    return !names.with_public.empty();
  }

  /// One dialect needs no name where the history has no other one.
  std::string sections() const {
    std::string text;
    for (const Direction direction : {Direction::up, Direction::down}) {
      for (const SchemaWay& way : ways_) {
        const std::string words = is_only_dialect() ? "" : fmt::format(" dialect:{}", retort::name(way.dialect));
        const auto todo = unproven_.find({way.dialect, direction});
        text += text.empty() ? "" : "\n";
        text += section_text(direction, words, direction == Direction::up ? way.up : way.down,
                             todo == unproven_.end() ? std::vector<std::string>() : todo->second);
      }
    }
    return text;
  }

  bool is_only_dialect() const {
    return ways_.size() == 1 && retort::is_only_dialect(context_.config(), ways_.front().dialect);
  }

  /// Goes up and down, as anybody else will.
  void prove(SchemaWay& way, const Revision& drafted) {
    for (const auto& [direction, change] : {std::pair(Direction::up, &way.up), std::pair(Direction::down, &way.down)}) {
      for (const std::string& line : change->impossible) {
        diagnostics_.error(fmt::format("{}: {}", retort::name(way.dialect), line), locate(drafted.path)).hint =
            "write this part by hand";
      }
    }
    if (!way.up.impossible.empty() || !way.down.impossible.empty()) {
      return;
    }
    const History history = changed_history(way.history, {compiled(drafted, way.dialect)});
    for (const Gap& gap : retort::prove(way, history, drafted.id, {Ways::up_and_down, start(), ColumnOrder::ignored})) {
      unproven_[{way.dialect, gap.direction}].push_back(gap.what);
      // The statement's place is one in the file that is written.
      diagnostics_.error(fmt::format("{}: {}", retort::name(way.dialect), gap.message), locate(drafted.path)).hint =
          "write this part by hand";
    }
  }

  void warn(const std::string& path) {
    for (const SchemaWay& way : ways_) {
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
  std::deque<SchemaWay> ways_;
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
