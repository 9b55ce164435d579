#include "revision/lexer.hpp"
#include "revision/statement.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace retort {
namespace {

/// A table of PostgreSQL has at most 1,600 columns, and COPY lists them before the word that matters.
constexpr std::size_t most_tokens_matched = 4096;

/// Feeds a digest with the canonical form of statements (docs/checksum.md), in pieces of a few kilobytes.
class CanonicalForm {
public:
  explicit CanonicalForm(Digest& digest) : digest_(digest) {}

  void add(const Token& token, std::string_view text) {
    if (previous_ != TokenKind::end) {
      const bool joins = previous_ == TokenKind::string && token.kind == TokenKind::string && token.after_newline;
      put(joins ? "\n" : " ");
    }
    previous_ = token.kind;
    for (std::size_t end = text.find("\r\n"); end != std::string_view::npos; end = text.find("\r\n")) {
      put(text.substr(0, end));
      text.remove_prefix(end + 1);
    }
    put(text);
  }

  void end_statement() {
    put(" ;\n");
    previous_ = TokenKind::end;
  }

  void flush() {
    digest_.update(buffer_);
    buffer_.clear();
  }

private:
  void put(std::string_view text) {
    constexpr std::size_t piece = 8192;
    if (buffer_.size() + text.size() > piece) {
      flush();
    }
    if (text.size() > piece) {
      digest_.update(text);
    } else {
      buffer_ += text;
    }
  }

  Digest& digest_;
  std::string buffer_;
  TokenKind previous_ = TokenKind::end;
};

class Splitter {
public:
  Splitter(const Source& source, std::size_t begin, std::size_t end, Dialect dialect, Diagnostics& diagnostics,
           Digest* digest)
      : source_(source), dialect_(dialect), lexicon_(lexicon(dialect)), diagnostics_(diagnostics),
        lexer_(source, begin, end, lexicon_, diagnostics) {
    if (digest != nullptr) {
      canonical_.emplace(*digest);
    }
  }

  std::vector<Statement> split() {
    while (!data_follows_) {
      const Token token = lexer_.next();
      if (token.kind == TokenKind::end) {
        break;
      }
      take(token, lexer_.text_of(token));
    }
    settle_opener({});
    check_unclosed();
    end_statement();
    if (canonical_) {
      canonical_->flush();
    }
    return std::move(statements_);
  }

private:
  /// The statement that is being read.
  struct Open {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool has_tokens = false;
    bool body_ended = false;
    std::size_t parentheses = 0; ///< how many are open
    Token first_parenthesis;     ///< the outermost of them
    std::size_t body_depth = 0;  ///< how many END are due
    Token body_begin;
    Token opener;   ///< the opener read last, as long as the word behind it is not known
    Token previous; ///< the token before, hints aside
  };

  // ---- tokens ----

  void take(const Token& token, std::string_view text) {
    if (token.kind == TokenKind::hint) {
      if (open_.has_tokens) {
        append(token, text);
      } else {
        leading_hints_.push_back(token);
      }
      return;
    }
    check_line_terminator(token, text);
    settle_opener(text);
    if (text == ";" && open_.parentheses == 0 && open_.body_depth == 0) {
      end_statement();
      return;
    }
    if (!open_.has_tokens) {
      begin_statement(token, text);
    }
    if (std::exchange(open_.body_ended, false)) {
      report("';' is missing behind END", open_.previous, "");
    }
    if (token.kind == TokenKind::word) {
      take_word(token, text);
    } else if (lexicon_.parentheses_hide_semicolons && token.kind == TokenKind::punctuation) {
      take_parenthesis(token, text);
    }
    append(token, text);
  }

  void begin_statement(const Token& token, std::string_view text) {
    const ClientSyntax& client = lexicon_.client;
    if (!client.commands_anywhere && text.front() == client.command_mark && text.size() == 1) {
      report(fmt::format("a line that begins with '{}' is a meta-command of {}, not SQL", client.command_mark,
                         client.name),
             token, "a revision holds SQL only: write it in SQL, or remove it");
    }
    open_.has_tokens = true;
    open_.begin = leading_hints_.empty() ? token.offset : leading_hints_.front().offset;
    for (const Token& hint : leading_hints_) {
      if (canonical_) {
        canonical_->add(hint, lexer_.text_of(hint));
      }
    }
    leading_hints_.clear();
  }

  void append(const Token& token, std::string_view text) {
    open_.end = token.offset + token.length;
    if (canonical_) {
      canonical_->add(token, text);
    }
    if (token.kind != TokenKind::hint) {
      open_.previous = token;
      if (texts_.size() < most_tokens_matched) {
        texts_.push_back(text);
      }
    }
  }

  void end_statement() {
    leading_hints_.clear();
    if (open_.has_tokens) {
      check_required_body();
      statements_.push_back({open_.begin, open_.end - open_.begin, classify()});
      if (canonical_) {
        canonical_->end_statement();
      }
    }
    open_ = {};
    texts_.clear();
  }

  StatementKind classify() {
    if (const StatementRefusal* refusal = find_refusal(dialect_, texts_)) {
      report(std::string(refusal->message), texts_[*match(refusal->pattern, texts_) - 1], std::string(refusal->hint));
      data_follows_ = refusal->data_follows;
    }
    const StatementRule* rule = find_rule(dialect_, texts_);
    return rule == nullptr ? StatementKind::ordinary : rule->kind;
  }

  // ---- parentheses and bodies ----

  void take_parenthesis(const Token& token, std::string_view text) {
    if (text == "(") {
      if (open_.parentheses++ == 0) {
        open_.first_parenthesis = token;
      }
    } else if (text == ")") {
      if (open_.parentheses == 0) {
        report("')' without '('", token, "");
      } else {
        --open_.parentheses;
      }
    }
  }

  bool can_have_body() const { return match(lexicon_.body.head, texts_).has_value(); }

  void take_word(const Token& token, std::string_view text) {
    const CompoundBody& body = lexicon_.body;
    if (open_.parentheses > 0) {
      return;
    }
    if (same_word(text, body.opener)) {
      if (can_have_body() && (open_.body_depth == 0 || !body.end_follows_semicolon)) {
        open_.opener = token;
      }
    } else if (open_.body_depth > 0 && same_word(text, body.nested)) {
      if (!is_label(token)) {
        ++open_.body_depth;
      }
    } else if (open_.body_depth > 0 && same_word(text, "END")) {
      if ((!body.end_follows_semicolon || is_previous(";")) && !is_label(token)) {
        open_.body_ended = --open_.body_depth == 0;
      }
    }
  }

  /// Called with the text behind an opener: decides whether it opens a body.
  void settle_opener(std::string_view next) {
    const Token opener = std::exchange(open_.opener, {});
    if (opener.kind == TokenKind::end) {
      return;
    }
    if (lexicon_.body.qualifier.empty() || same_word(next, lexicon_.body.qualifier)) {
      if (open_.body_depth++ == 0) {
        open_.body_begin = opener;
      }
    } else if (lexicon_.client.counts_every_opener) {
      report(fmt::format("{} would read on to END: quote this name", lexicon_.client.name), opener,
             fmt::format("in this statement, {} takes every {} for the beginning of a body", lexicon_.client.name,
                         lexicon_.body.opener));
    }
  }

  bool is_previous(std::string_view text) const { return lexer_.text_of(open_.previous) == text; }

  /// Whether a keyword of a body is a name by what stands before it. The client does not look, and counts it.
  bool is_label(const Token& token) {
    const bool is_label =
        lexicon_.client.counts_every_opener && (is_previous(".") || same_word(lexer_.text_of(open_.previous), "AS"));
    if (is_label) {
      report(fmt::format("{} would take this for a keyword of the body: quote this name", lexicon_.client.name), token,
             "");
    }
    return is_label;
  }

  // ---- reports ----

  void check_required_body() {
    const CompoundBody& body = lexicon_.body;
    if (!body.required || open_.body_begin.kind != TokenKind::end) {
      return;
    }
    if (const auto head = match(body.head, texts_)) {
      report(fmt::format("{} without {}", texts_[*head - 1], body.opener), texts_[*head - 1],
             fmt::format("{} reads on to the next END behind a semicolon", lexicon_.client.name));
    }
  }

  void check_unclosed() {
    const CompoundBody& body = lexicon_.body;
    if (open_.parentheses > 0) {
      report("'(' is never closed", open_.first_parenthesis, "the semicolons behind it do not end the statement");
    } else if (open_.body_depth > 0) {
      report(fmt::format("{}{}{} without END", body.opener, body.qualifier.empty() ? "" : " ", body.qualifier),
             open_.body_begin, body.end_follows_semicolon ? "the body ends with END behind its last semicolon" : "");
    }
  }

  /// A word that the client takes for a semicolon because it is alone on its line, unless a body is open.
  void check_line_terminator(const Token& token, std::string_view text) {
    for (const std::string_view terminator : lexicon_.client.line_terminators) {
      if (same_word(text, terminator) && open_.body_depth == 0 && is_alone(token)) {
        report(fmt::format("{} would end the statement here: '{}' is alone on its line", lexicon_.client.name, text),
               token, "join the line with the one before");
      }
    }
  }

  bool is_alone(const Token& token) const {
    constexpr std::string_view blanks = " \t\f\r";
    const std::string_view text = source_.text();
    const std::size_t before = text.substr(0, token.offset).find_last_not_of(blanks);
    const std::size_t behind = text.find_first_not_of(blanks, token.offset + token.length);
    return (before == std::string_view::npos || text[before] == '\n') &&
           (behind == std::string_view::npos || text[behind] == '\n');
  }

  void report(std::string message, const Token& token, std::string hint) {
    report(std::move(message), lexer_.text_of(token), std::move(hint));
  }

  /// `text` is a part of the source.
  void report(std::string message, std::string_view text, std::string hint) {
    const auto offset = static_cast<std::size_t>(text.data() - source_.text().data());
    diagnostics_.error(std::move(message), locate(source_, offset, text.size())).hint = std::move(hint);
  }

  const Source& source_;
  Dialect dialect_;
  const Lexicon& lexicon_;
  Diagnostics& diagnostics_;
  Lexer lexer_;
  std::optional<CanonicalForm> canonical_;
  std::vector<Statement> statements_;
  Open open_;
  std::vector<Token> leading_hints_;
  std::vector<std::string_view> texts_; ///< the statement's first tokens, without hints
  bool data_follows_ = false;
};

} // namespace

std::vector<Statement> split(const Source& source, std::size_t begin, std::size_t end, Dialect dialect,
                             Diagnostics& diagnostics, Digest* digest) {
  return Splitter(source, begin, end, dialect, diagnostics, digest).split();
}

std::string leading_words(std::string_view text, Dialect dialect) {
  const Source source("", std::string(text));
  Diagnostics ignored;
  Lexer lexer(source, 0, text.size(), lexicon(dialect), ignored);
  std::vector<std::string_view> texts;
  for (Token token = lexer.next(); token.kind != TokenKind::end && texts.size() < most_tokens_matched;
       token = lexer.next()) {
    if (token.kind != TokenKind::hint) {
      texts.push_back(lexer.text_of(token));
    }
  }
  const StatementRule* rule = find_rule(dialect, texts);
  return rule == nullptr ? std::string() : std::string(rule->name);
}

} // namespace retort
