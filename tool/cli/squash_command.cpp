#include "cli/change_text.hpp"
#include "cli/changed_history.hpp"
#include "cli/declared_schema.hpp"
#include "cli/directory.hpp"
#include "cli/moved_files.hpp"
#include "cli/question.hpp"
#include "cli/renames.hpp"
#include "cli/revision_file.hpp"
#include "cli/revision_text.hpp"
#include "cli/schema_reader.hpp"
#include "cli/schema_way.hpp"
#include "cli/squashed_range.hpp"
#include "cli/unseen_statements.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "revision/directory.hpp"
#include "revision/line.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("m,message", "what the revision does (default: what it replaces)", cxxopts::value<std::string>(), "TEXT");
  add_rename_option(options);
  options("yes", "keep the statements that no comparison of schemas can see, and accept what the way up loses");
  options("without-data", "leave these statements out");
  add_scratch_options(options);
}

/// The first line of a statement.
std::string_view first_line_of(const UnseenStatement& found) {
  const std::string_view text = text_of(*found.source, found.statement);
  return trimmed(text.substr(0, text.find_first_of("\r\n")));
}

class Squash {
public:
  explicit Squash(const Context& context)
      : context_(context), history_(load_directory(context, {})), scratch_(context) {}

  Exit run() {
    find();
    add_ways();
    accept_losses();
    ask();
    const NewRevision drafted = draft();
    prove(drafted);
    write(drafted);
    return Exit::fine;
  }

private:
  const Revision& last() const { return history_[range_.back()]; }

  void find() {
    const std::string& text = context_.arguments().single("the range");
    const Range given = parse_range(text);
    if (given.start.value_or("").empty() || given.end.empty()) {
      fail_usage(fmt::format("'{}' is no range with a start and an end", text),
                 "write START:END; both belong to the range");
    }
    const auto state = context_.find_state(history_, {*given.start, given.end});
    const State* current = state ? &*state : nullptr;
    const Index first = resolve_revision(history_, *given.start, current);
    range_ = find_range(history_, first, resolve_revision(history_, given.end, current));
  }

  /// Whether a section of the range is for that dialect alone; for any, without one.
  bool names(std::optional<Dialect> dialect) const {
    return std::ranges::any_of(range_, [&](Index index) {
      return std::ranges::any_of(history_[index].sections, [&](const Section& section) {
        return dialect ? section.dialect == dialect : section.dialect.has_value();
      });
    });
  }

  bool has_section_for_all() const {
    return std::ranges::any_of(range_, [&](Index index) {
      return std::ranges::any_of(history_[index].sections,
                                 [](const Section& section) { return !section.dialect.has_value(); });
    });
  }

  bool is_configured(Dialect dialect) const {
    const auto url = context_.names_database() ? context_.find_url() : std::nullopt;
    return (url && url->dialect == dialect) || std::ranges::any_of(context_.config().databases, [&](const auto& entry) {
             return is_for_dialect(entry.second, dialect);
           });
  }

  void add_ways() {
    const bool is_given = context_.arguments().has("dialect");
    for (const Dialect dialect : all_dialects) {
      const bool is_asked = is_given && context_.find_dialect() == dialect;
      if (is_given && !is_asked && names(dialect)) {
        fail_usage(fmt::format("the range has sections for {}, too", name(dialect)), "leave --dialect out");
      }
      if (is_asked || names(dialect) || (!is_given && has_section_for_all() && is_configured(dialect))) {
        add_way(dialect);
      }
    }
    if (ways_.empty()) {
      fail_usage("it is not known which dialects the history is for",
                 "--dialect names one; or write a [database.NAME] for each into retort.toml");
    }
  }

  void add_way(Dialect dialect) {
    SchemaWay& way = ways_.emplace_back();
    way.dialect = dialect;
    way.history = load_directory(context_, dialect);
    std::vector<Index> below = outer_dependencies(history_, range_);
    const auto parents = history_.parents(range_.front());
    below.insert(below.end(), parents.begin(), parents.end());
    way.database = scratch_.make(dialect);
    if (!below.empty()) {
      std::string start = id_list(history_, below);
      std::erase(start, ' ');
      way.database->upgrade(way.history, start);
    }
    way.from = way.database->schema();
    const std::unique_ptr<ScratchDatabase> end = scratch_.make(dialect);
    end->upgrade(way.history, last().id);
    way.to = end->schema();
    ChangeOptions options = change_options(context_, way.from);
    ask_for_renames(context_, way.from, way.to, options.renames);
    way.up = change_schema(way.from, way.to, options);
    way.down = change_schema(way.to, way.from, reversed(options));
    unseen_[dialect] = unseen_statements(way.history, range_, dialect);
    for (const Index index : range_) {
      if (irreversible_.empty() && !way.history[index].down) {
        const Revision& revision = history_[index];
        irreversible_ =
            revision.irreversible ? revision.irreversible->text : fmt::format("{} has no way down", revision.id);
      }
    }
  }

  /// A new database may have rows in front of the range: those that earlier revisions write.
  void accept_losses() {
    bool loses = false;
    for (const SchemaWay& way : ways_) {
      for (const SchemaChange::Step& step : way.up.steps) {
        if (!step.hazard.empty()) {
          loses = true;
          context_.console().diagnose(
              {Severity::warning, fmt::format("{}: the way up {}", name(way.dialect), step.hazard), {}, {}, {}});
        }
      }
    }
    if (loses && !context_.arguments().has("yes") &&
        !(can_ask(context_) && confirm("Accept this for rows that revisions before the range write?"))) {
      throw Failure(Exit::migrations, {Severity::error,
                                       "the way up is not one for rows that revisions before the range write",
                                       {},
                                       {},
                                       "--rename TABLE.OLD=NEW keeps them where a name changed; --yes accepts it"});
    }
  }

  /// What a comparison of schemas cannot see is shown, each statement once, and kept or left out as somebody says.
  void ask() {
    std::set<std::pair<std::string_view, std::size_t>> shown;
    for (const SchemaWay& way : ways_) {
      for (const UnseenStatement& found : unseen_.at(way.dialect)) {
        if (shown.emplace(found.source->path(), found.statement.offset).second) {
          context_.console().diagnose(
              {Severity::warning,
               fmt::format("no comparison of schemas can see what this does: {}", first_line_of(found)),
               locate(*found.source, found.statement.offset, found.statement.length),
               {},
               {}});
        }
      }
    }
    const bool is_answered = context_.arguments().has("yes") || leaves_out();
    const std::string count = fmt::format("{} {}", shown.size(), shown.size() == 1 ? "statement" : "statements");
    if (shown.empty() || is_answered ||
        (can_ask(context_) && confirm(fmt::format("Keep {} at the end of the way up?", count)))) {
      return;
    }
    throw Failure(Exit::migrations, {Severity::error,
                                     fmt::format("the range has {} that no comparison of schemas can see", count),
                                     {},
                                     {},
                                     "--yes keeps them at the end of the way up, --without-data leaves them out"});
  }

  bool leaves_out() const { return context_.arguments().has("without-data"); }

  std::string up_section(const SchemaWay& way, std::string_view words) const {
    SchemaChange change = way.up;
    std::string left;
    for (const UnseenStatement& found : unseen_.at(way.dialect)) {
      const std::string& id = history_[found.revision].id;
      if (leaves_out()) {
        left += fmt::format("-- Left out, from {}: {}\n", id, first_line_of(found));
      } else {
        change.steps.push_back(
            {fmt::format("-- From {}.\n{}", id, text_of(*found.source, found.statement)), {}, found.transactional});
      }
    }
    return section_text(Direction::up, words, change) + left;
  }

  std::string sections() const {
    const bool has_one = ways_.size() == 1 && !names({});
    std::string text;
    for (const Direction direction : {Direction::up, Direction::down}) {
      for (const SchemaWay& way : ways_) {
        const std::string words = has_one ? "" : fmt::format(" dialect:{}", name(way.dialect));
        if (direction == Direction::up || irreversible_.empty()) {
          text += text.empty() ? "" : "\n";
          text += direction == Direction::up ? up_section(way, words) : section_text(direction, words, way.down);
        }
      }
    }
    return text;
  }

  NewRevision draft() const {
    const std::string given = context_.arguments().text("message").value_or(
        fmt::format("Squash {} to {}.", history_[range_.front()].id, last().id));
    const std::string message(trimmed(given));
    if (message.empty() || message.find_first_of("\r\n") != std::string::npos) {
      fail_usage("the message must be one line", "retort squash 0001:0009 -m \"the first year\"");
    }
    const std::string header = squashed_header(history_, range_, message, irreversible_);
    return read_draft(last().id, revision_path(context_, last().id, message), message,
                      fmt::format("{}\n{}", header, sections()));
  }

  std::vector<std::string> range_ids() const { return ids(history_, range_); }

  void prove(const NewRevision& drafted) {
    Diagnostics diagnostics;
    for (SchemaWay& way : ways_) {
      const std::string dialect(name(way.dialect));
      const Ways ways = irreversible_.empty() ? Ways::up_and_down : Ways::up;
      std::vector<std::string> impossible = way.up.impossible;
      if (ways == Ways::up_and_down) {
        impossible.insert(impossible.end(), way.down.impossible.begin(), way.down.impossible.end());
      }
      for (const std::string& line : impossible) {
        diagnostics.error(fmt::format("{}: {}", dialect, line));
      }
      if (!impossible.empty()) {
        continue;
      }
      const History history = changed_history(way.history, {compiled(drafted.revision, way.dialect)}, range_ids());
      for (const Gap& gap : retort::prove(way, history, last().id, {ways, "-1", ColumnOrder::compared})) {
        diagnostics.error(fmt::format("{}: {}", dialect, gap.message));
      }
    }
    if (diagnostics.has_errors()) {
      diagnostics.error("one revision cannot stand for this range; nothing was changed").hint = "try a smaller range";
      throw Failure(Exit::migrations, diagnostics.sorted());
    }
  }

  /// The old files are in one place or the other at any time, and the new one comes last.
  void write(const NewRevision& drafted) {
    Revision squashed = drafted.revision;
    for (const Index index : range_) {
      squashed.replaced.push_back(history_[index]);
    }
    const History changed = changed_history(history_, {squashed}, range_ids());
    Diagnostics diagnostics;
    check_replaced(changed, diagnostics);
    context_.console().report(diagnostics);
    MovedFiles moved(std::filesystem::path(migrations_directory(context_)) / replaced_folder);
    for (const Index index : range_) {
      for (const std::filesystem::path& path : files_of(history_[index])) {
        moved.move(path);
      }
    }
    create_file(drafted.revision.path, drafted.text);
    moved.stay();
    context_.console().line(drafted.revision.path);
    context_.console().progress(
        fmt::format("{} revisions are in {}/{} now", range_.size(), migrations_directory(context_), replaced_folder));
    nlohmann::json result = revision_json(changed, *changed.find(drafted.revision.id));
    result["replaced"] = range_ids();
    context_.console().finish(result);
  }

  const Context& context_;
  History history_;
  ScratchMaker scratch_;
  std::vector<Index> range_;
  std::deque<SchemaWay> ways_;
  std::map<Dialect, std::vector<UnseenStatement>> unseen_;
  std::string irreversible_; ///< why it has no way down; empty: it has one
};

Exit run(const Context& context) { return Squash(context).run(); }

} // namespace

const CommandLine squash_command = {"squash", "START:END", "replace several revisions by one with the same result",
                                    add_options, run};

} // namespace retort
