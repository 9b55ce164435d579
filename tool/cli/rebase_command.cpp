#include "cli/changed_history.hpp"
#include "cli/commands.hpp"
#include "cli/directory.hpp"
#include "cli/rebase.hpp"
#include "cli/revision_file.hpp"
#include "history/resolve.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("onto", "the head to follow from now on (default: the other one)", cxxopts::value<std::string>(), "TARGET");
}

/// A link stays one, and what it leads to is changed.
void replace_file(const std::filesystem::path& path, std::string_view text) {
  write_file(std::filesystem::is_symlink(path) ? std::filesystem::canonical(path) : path, text);
}

/// A revision whose file is to be changed.
struct Move {
  Index revision = 0;
  std::string from;
  std::string to;
};

class Rebase {
public:
  explicit Rebase(const Context& context) : context_(context), history_(load_directory(context, {})) {
    std::vector<std::string> targets = context.arguments().positional();
    if (const auto onto = context.arguments().text("onto")) {
      targets.push_back(*onto);
    }
    state_ = context.find_state(history_, targets, context.find_url().has_value(), Absent::empty);
  }

  Exit run() {
    std::vector<Index> heads;
    for (const std::string& target : context_.arguments().positional()) {
      for (const Index index : resolve_revisions(history_, target, state())) {
        heads.push_back(index);
      }
    }
    Index onto = 0;
    if (heads.empty()) {
      onto = choose(heads);
    } else {
      check_heads(history_, heads, "what it leads to moves with it");
      onto = find_onto(heads);
    }
    for (const Index head : heads) {
      move(head, onto);
      onto = head;
    }
    write();
    return Exit::fine;
  }

private:
  const State* state() const { return state_ ? &*state_ : nullptr; }

  std::optional<Index> given_onto() const {
    const auto text = context_.arguments().text("onto");
    if (!text) {
      return {};
    }
    const Index onto = resolve_revision(history_, *text, state());
    check_heads(history_, {onto}, "what is rebased must not become a branch again");
    return onto;
  }

  std::vector<Index> other_heads(const std::vector<Index>& heads) const {
    std::vector<Index> others = history_.heads();
    std::erase_if(others, [&](Index index) { return std::find(heads.begin(), heads.end(), index) != heads.end(); });
    return others;
  }

  Index find_onto(const std::vector<Index>& heads) const {
    const auto given = given_onto();
    const std::vector<Index> others = given ? std::vector{*given} : other_heads(heads);
    if (others.empty()) {
      fail_usage("there is no other head to rebase onto", "retort heads lists the heads");
    }
    if (others.size() > 1) {
      throw Failure(Exit::usage, {Severity::error,
                                  "there are several heads to rebase onto",
                                  {},
                                  candidates(history_, others),
                                  "name one with --onto"});
    }
    if (std::find(heads.begin(), heads.end(), others.front()) != heads.end()) {
      fail_usage(fmt::format("{} cannot be rebased onto itself", history_[others.front()].id),
                 "retort heads lists the heads");
    }
    return others.front();
  }

  /// Without a target the database tells whose revisions move: those of the only head of which none is applied.
  Index choose(std::vector<Index>& heads) const {
    const auto given = given_onto();
    const std::vector<Index> movable = given ? other_heads({*given}) : history_.heads();
    if (history_.heads().size() < 2) {
      fail_usage("there is nothing to rebase: the history has no two heads", "retort heads lists the heads");
    }
    for (const Index head : movable) {
      const std::vector<Index> others = given ? std::vector{*given} : other_heads({head});
      State applied = own_revisions(history_, head, others.front());
      if (others.size() == 1 && (movable.size() == 1 || (state_ && (applied &= *state_).members().empty()))) {
        heads.push_back(head);
      }
    }
    if (heads.size() != 1) {
      throw Failure(Exit::usage, {Severity::error,
                                  "which head is to move must be named",
                                  {},
                                  candidates(history_, movable),
                                  "retort rebase ID moves that head's own revisions onto the other head"});
    }
    return given ? *given : other_heads(heads).front();
  }

  void move(Index head, Index onto) {
    const std::vector<Index> chain = find_chain(history_, head, onto);
    for (const Index index : chain) {
      if (state_ && state_->contains(index)) {
        throw Failure(Exit::usage,
                      {Severity::error,
                       fmt::format("{} is applied to {}: it cannot move", history_[index].id, context_.url().display()),
                       locate(history_[index].path),
                       {},
                       "undo it there first, or join the heads with 'retort merge heads'"});
      }
    }
    const Index first = chain.front();
    const auto parents = history_.parents(first);
    moves_.push_back({first, id_list(history_, {parents.begin(), parents.end()}), history_[onto].id});
    old_texts_.emplace_back(history_[first].head->text());
    history_ = changed_history(history_, {rebased(history_[first], history_[onto])});
  }

  /// All files or none.
  void write() {
    std::size_t written = 0;
    try {
      for (; written < moves_.size(); ++written) {
        const Source& head = *history_[moves_[written].revision].head;
        replace_file(head.path(), head.text());
      }
    } catch (const Failure&) {
      while (written-- > 0) {
        replace_file(history_[moves_[written].revision].head->path(), old_texts_[written]);
      }
      throw;
    }
    nlohmann::json moved = nlohmann::json::array();
    for (const Move& move : moves_) {
      const Revision& revision = history_[move.revision];
      context_.console().line(fmt::format("{}: Revises {} -> {}", revision.id, move.from, move.to));
      moved.push_back({{"id", revision.id}, {"path", revision.head->path()}, {"from", move.from}, {"to", move.to}});
    }
    if (!state_) {
      context_.console().diagnose({Severity::warning,
                                   "no database is given: whether the revisions are applied somewhere is not known",
                                   {},
                                   {},
                                   "'retort check' with --url compares a database with its revisions"});
    }
    context_.console().finish({{"moved", moved}});
  }

  const Context& context_;
  History history_;
  std::optional<State> state_;
  std::vector<Move> moves_;
  std::vector<std::string> old_texts_;
};

Exit run(const Context& context) { return Rebase(context).run(); }

} // namespace

const CommandLine rebase_command = {"rebase", "[TARGET...]", "put revisions that are not applied behind the other head",
                                    add_options, run};

} // namespace retort
