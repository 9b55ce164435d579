#include "cli/change_text.hpp"
#include "cli/changed_history.hpp"
#include "cli/declared_schema.hpp"
#include "cli/directory.hpp"
#include "cli/question.hpp"
#include "cli/renames.hpp"
#include "cli/revision_file.hpp"
#include "cli/revision_text.hpp"
#include "cli/schema_reader.hpp"
#include "cli/squashed_files.hpp"
#include "cli/squashed_range.hpp"
#include "cli/squashed_way.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "revision/directory.hpp"
#include "revision/id.hpp"
#include "revision/line.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("m,message", "what the revision does (default: what it replaces)", cxxopts::value<std::string>(), "TEXT");
  add_rename_option(options);
  options("yes", "keep the statements that no comparison of schemas can see, and accept what the way up loses");
  options("without-data", "leave these statements out");
  options("leave-out", "leave out the statement at this place; may be repeated",
          cxxopts::value<std::vector<std::string>>(), "FILE:LINE");
  add_scratch_options(options);
}

/// Whether the option names the statement as it is listed: FILE:LINE, the file with or without its folder.
bool is_named(const UnseenStatement& found, const std::vector<std::string>& places) {
  const Location location = found.location();
  return std::ranges::any_of(places, [&](const std::string& place) {
    const std::string full = fmt::format("{}:{}", location.path, location.position->line);
    return place == full || place == std::filesystem::path(full).filename().string();
  });
}

void report(const Context& context, const History& history, const Revision& squashed) {
  context.console().line(squashed.path);
  context.console().progress(fmt::format("{} revisions are in {}/{} now", squashed.replaced.size(),
                                         migrations_directory(context), replaced_folder));
  nlohmann::json result = revision_json(history, *history.find(squashed.id));
  result["replaced"] = nlohmann::json::array();
  for (const Revision& replaced : squashed.replaced) {
    result["replaced"].push_back(replaced.id);
  }
  context.console().finish(result);
}

void check_places(const std::vector<std::string>& places, const std::vector<UnseenStatement>& all) {
  for (const std::string& place : places) {
    if (std::ranges::none_of(all, [&](const UnseenStatement& found) { return is_named(found, {place}); })) {
      fail_usage(fmt::format("no statement that is listed begins at {}", place), "write FILE:LINE as it is listed");
    }
  }
}

class Squash {
public:
  explicit Squash(const Context& context)
      : context_(context), history_(load_directory(context, {})), scratch_(context) {}

  Exit run() {
    find();
    add_ways();
    ask();
    const NewRevision drafted = draft();
    prove(drafted);
    accept_losses();
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

  /// A section for all runs in any dialect. Where a range has sections for one alone, too, it serves several.
  bool runs_in(Dialect dialect) const {
    return names(dialect) || (has_section_for_all() && (names({}) || is_configured(dialect)));
  }

  void add_ways() {
    const bool is_given = context_.arguments().has("dialect");
    for (const Dialect dialect : all_dialects) {
      const bool is_asked = is_given && context_.find_dialect() == dialect;
      if (is_given && !is_asked && names(dialect)) {
        fail_usage(fmt::format("the range has sections for {}, too", name(dialect)), "leave --dialect out");
      }
      if (is_asked || (!is_given && runs_in(dialect))) {
        add_way_or_doubt(dialect);
      }
    }
    if (ways_.empty()) {
      fail_usage("it is not known which dialects the history is for",
                 "--dialect names one; or write a [database.NAME] for each into retort.toml");
    }
  }

  /// What says nothing of a dialect may be for it, and may be not.
  void add_way_or_doubt(Dialect dialect) {
    try {
      add_way(dialect);
    } catch (const Failure& failure) {
      if (names(dialect) || is_configured(dialect) || context_.arguments().has("dialect")) {
        throw;
      }
      const Dialect other = dialect == Dialect::sqlite ? Dialect::postgresql : Dialect::sqlite;
      std::vector<Diagnostic> diagnostics = failure.diagnostics();
      diagnostics.push_back(
          {Severity::error,
           fmt::format("the range has sections for every dialect, and does not run in {}", name(dialect)),
           {},
           {},
           fmt::format("'--dialect {}' says that the history is for that one alone", name(other))});
      throw Failure(failure.exit(), std::move(diagnostics));
    }
  }

  void add_way(Dialect dialect) {
    const SquashedWay& squashed = ways_.emplace_back(squashed_way(context_, scratch_, range_, dialect));
    for (const Index index : range_) {
      if (irreversible_.empty() && !squashed.way.history[index].down) {
        const Revision& revision = history_[index];
        irreversible_ =
            revision.irreversible ? revision.irreversible->text : fmt::format("{} has no way down", revision.id);
      }
    }
  }

  bool asks() const { return can_ask(context_) && context_.console().verbosity != Verbosity::quiet; }

  /// The statements that no comparison of schemas can see, each once.
  std::vector<UnseenStatement> unseen() const {
    std::vector<UnseenStatement> all;
    std::set<std::pair<std::string_view, std::size_t>> places;
    for (const SquashedWay& squashed : ways_) {
      for (const auto* kept : {&squashed.up.kept, &squashed.down.kept}) {
        std::ranges::copy_if(*kept, std::back_inserter(all), [&](const UnseenStatement& found) {
          return found.role == UnseenStatement::Role::effect &&
                 places.emplace(found.source->path(), found.statement.offset).second;
        });
      }
    }
    return all;
  }

  /// What a comparison of schemas cannot see is shown, and kept or left out as somebody says.
  void ask() {
    std::size_t kept = 0;
    const std::vector<std::string> places = context_.arguments().texts("leave-out");
    const std::vector<UnseenStatement> all = unseen();
    check_places(places, all);
    for (const UnseenStatement& found : all) {
      kept += is_named(found, places) ? 0 : 1;
      context_.console().diagnose(
          {Severity::warning,
           fmt::format("no comparison of schemas can see what this does: {}", found.first_line()),
           found.location(),
           {},
           {}});
    }
    const bool leaves_out_all = context_.arguments().has("without-data");
    const bool is_answered = context_.arguments().has("yes") || leaves_out_all;
    const std::string count = fmt::format("{} {}", kept, kept == 1 ? "statement" : "statements");
    if (kept != 0 && !is_answered && !(asks() && confirm(fmt::format("Keep {}?", count)))) {
      throw Failure(Exit::migrations, {Severity::error,
                                       fmt::format("the range has {} that no comparison of schemas can see", count),
                                       {},
                                       {},
                                       "--yes keeps them, --without-data leaves them out, --leave-out one"});
    }
    for (SquashedWay& squashed : ways_) {
      leave_out(squashed, [&](const UnseenStatement& found) { return leaves_out_all || is_named(found, places); });
      check_settings(squashed);
    }
  }

  /// Between revisions settings are reset, within one they are not.
  void check_settings(const SquashedWay& squashed) const {
    if (const UnseenStatement* found = leaking_setting(squashed)) {
      const std::string& id = history_[found->revision].id;
      throw Failure(Exit::migrations,
                    {Severity::error,
                     fmt::format("what {} sets would hold for what follows: {}", id, found->first_line()),
                     found->location(),
                     {},
                     fmt::format("let the range end at {} or begin behind it, or leave out what "
                                 "needs the setting: --leave-out FILE:LINE",
                                 id)});
    }
  }

  std::string sections() const {
    const bool has_one = ways_.size() == 1 && has_section_for_all();
    std::string text;
    for (const Direction direction : {Direction::up, Direction::down}) {
      for (const SquashedWay& squashed : ways_) {
        const std::string words = has_one ? "" : fmt::format(" dialect:{}", name(squashed.dialect()));
        if (direction == Direction::up || irreversible_.empty()) {
          text += text.empty() ? "" : "\n";
          text += section_text(squashed, direction, words);
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
    for (SquashedWay& squashed : ways_) {
      const std::string dialect(name(squashed.dialect()));
      const Ways ways = irreversible_.empty() ? Ways::up_and_down : Ways::up;
      std::vector<std::string> impossible = squashed.way.up.impossible;
      if (ways == Ways::up_and_down) {
        const std::vector<std::string>& down = squashed.way.down.impossible;
        impossible.insert(impossible.end(), down.begin(), down.end());
      }
      for (const std::string& line : impossible) {
        diagnostics.error(fmt::format("{}: {}", dialect, line));
      }
      if (!impossible.empty()) {
        continue;
      }
      const History history =
          changed_history(squashed.way.history, {compiled(drafted.revision, squashed.dialect())}, range_ids());
      for (const Gap& gap : retort::prove(squashed, history, last().id, ways)) {
        diagnostics.error(fmt::format("{}: {}", dialect, gap.message));
      }
    }
    if (diagnostics.has_errors()) {
      diagnostics.error("one revision cannot stand for this range; nothing was changed").hint = "try a smaller range";
      throw Failure(Exit::migrations, diagnostics.sorted());
    }
  }

  /// A new database has rows: those that earlier revisions write, and those of the range.
  void accept_losses() const {
    bool loses = false;
    for (const SquashedWay& squashed : ways_) {
      for (const std::string& line : squashed.lost) {
        loses = true;
        context_.console().diagnose({Severity::warning, line, {}, {}, {}});
      }
    }
    const bool leaves_out = std::ranges::any_of(
        ways_, [](const SquashedWay& way) { return !way.up.left.empty() || !way.down.left.empty(); });
    const bool is_answered =
        context_.arguments().has("yes") || (context_.arguments().has("without-data") && leaves_out);
    if (!loses || is_answered || (asks() && confirm("Accept this for new databases?"))) {
      return;
    }
    throw Failure(Exit::migrations, {Severity::error,
                                     "a new database would not have what the range leaves in one",
                                     {},
                                     {},
                                     "--rename TABLE.OLD=NEW keeps values where a name changed; --yes accepts it"});
  }

  void write(const NewRevision& drafted) {
    Revision squashed = drafted.revision;
    for (const Index index : range_) {
      squashed.replaced.push_back(history_[index]);
    }
    const History changed = changed_history(history_, {squashed}, range_ids());
    Diagnostics diagnostics;
    check_replaced(changed, diagnostics);
    context_.console().report(diagnostics);
    std::vector<std::filesystem::path> files;
    for (const Index index : range_) {
      std::ranges::copy(files_of(history_[index]), std::back_inserter(files));
    }
    place_squashed(squashed.path, drafted.text, files);
    report(context_, changed, squashed);
  }

  const Context& context_;
  History history_;
  ScratchMaker scratch_;
  std::vector<Index> range_;
  std::deque<SquashedWay> ways_;
  std::string irreversible_; ///< why it has no way down; empty: it has one
};

Exit run(const Context& context) {
  if (const auto finished = finish_squashed(migrations_directory(context))) {
    const History history = load_directory(context, {});
    context.console().progress("the squash that was interrupted is finished");
    report(context, history, history[*history.find(id_in(finished->stem().string()))]);
    return Exit::fine;
  }
  return Squash(context).run();
}

} // namespace

const CommandLine squash_command = {"squash", "START:END", "replace several revisions by one with the same result",
                                    add_options, run};

} // namespace retort
