#include "validate/schema_outline.hpp"

#include "revision/lexer.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace retort {
namespace {

/// As many tokens as the patterns below can need.
constexpr std::size_t head_size = 12;

std::vector<std::string_view> tokens(const Source& source, std::size_t begin, std::size_t end, std::size_t most) {
  std::vector<std::string_view> texts;
  Diagnostics ignored; // the text was split, or SQLite wrote it
  Lexer lexer(source, begin, end, lexicon(Dialect::sqlite), ignored);
  for (Token token = lexer.next(); token.kind != TokenKind::end && texts.size() < most; token = lexer.next()) {
    if (token.kind != TokenKind::hint) {
      texts.push_back(lexer.text_of(token));
    }
  }
  return texts;
}

bool may_change_schema(std::string_view text) {
  return same_word(text.substr(0, 4), "DROP") || same_word(text.substr(0, 5), "ALTER") ||
         same_word(text.substr(0, 6), "CREATE");
}

/// Follows tables through the statements of one change.
class Outliner {
public:
  void read(const Unit::Piece& piece) {
    const std::string_view text = text_of(*piece.source, piece.statement);
    if (!may_change_schema(text)) {
      return;
    }
    const std::size_t begin = piece.statement.offset;
    texts_ = tokens(*piece.source, begin, begin + piece.statement.length, head_size);
    if (const auto dropped = name_in("DROP TABLE [IF EXISTS] [@ .] @")) {
      drop_table(*dropped, piece);
    } else if (const auto renamed = name_in("ALTER TABLE [@ .] @ RENAME TO @")) {
      rename_table(folded_name(texts_[*match("ALTER TABLE [@ .] @", texts_) - 1]), *renamed);
    } else if (const auto table = name_in("CREATE [VIRTUAL] TABLE [IF NOT EXISTS] [@ .] @")) {
      made_.insert(*table);
    } else if (const auto index = name_in("CREATE [UNIQUE] INDEX [IF NOT EXISTS] [@ .] @")) {
      outline_.created_objects.insert("index " + *index);
    } else if (const auto trigger = name_in("CREATE TRIGGER [IF NOT EXISTS] [@ .] @")) {
      outline_.created_objects.insert("trigger " + *trigger);
    } else if (const auto object = name_in("DROP INDEX|TRIGGER [IF EXISTS] [@ .] @")) {
      outline_.dropped_objects.insert(folded_name(texts_[1]) + " " + *object);
    }
  }

  SchemaOutline take() {
    for (const auto& [table, drop] : dropped_) {
      if (made_.contains(table)) {
        outline_.rebuilds.push_back({table, drop});
      } else {
        outline_.dropped_tables.insert(table);
      }
    }
    return std::move(outline_);
  }

private:
  /// The last word of the pattern's part of the statement.
  std::optional<std::string> name_in(std::string_view pattern) const {
    const auto length = match(pattern, texts_);
    return length ? std::optional(folded_name(texts_[*length - 1])) : std::nullopt;
  }

  void drop_table(const std::string& name, const Unit::Piece& piece) {
    if (made_.erase(name) > 0) {
      return;
    }
    const auto renamed = old_names_.find(name);
    dropped_.emplace(renamed == old_names_.end() ? name : renamed->second, piece);
  }

  void rename_table(const std::string& from, const std::string& to) {
    if (made_.erase(from) > 0) {
      made_.insert(to);
      return;
    }
    const auto renamed = old_names_.find(from);
    const std::string old_name = renamed == old_names_.end() ? from : renamed->second;
    old_names_[to] = old_name;
  }

  std::vector<std::string_view> texts_;
  std::set<std::string> made_;                   ///< tables that the change makes
  std::map<std::string, std::string> old_names_; ///< of tables that it found and renamed
  std::map<std::string, Unit::Piece> dropped_;   ///< of those that it found, under their old names
  SchemaOutline outline_;
};

} // namespace

SchemaOutline outline(const Change& change) {
  Outliner outliner;
  for (const Unit& unit : change.units) {
    std::ranges::for_each(unit.pieces, [&](const Unit::Piece& piece) { outliner.read(piece); });
  }
  return outliner.take();
}

std::string folded_name(std::string_view name) {
  const char quote = name.empty() ? '\0' : name.front() == '[' ? ']' : name.front();
  const bool quoted = name.size() >= 2 && std::string_view("\"'`]").find(quote) != std::string_view::npos;
  std::string out;
  for (std::size_t i = quoted ? 1 : 0; i < name.size() - (quoted ? 1 : 0); ++i) {
    const char c = name[i];
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    i += quoted && c == quote ? 1 : 0;
  }
  return out;
}

std::string definition(std::string_view sql) {
  const Source source("", std::string(sql));
  std::vector<std::string_view> texts = tokens(source, 0, sql.size(), std::numeric_limits<std::size_t>::max());
  if (const auto head = match("CREATE [UNIQUE] INDEX|TRIGGER [@ .] @", texts)) {
    texts.erase(texts.begin() + static_cast<std::ptrdiff_t>(*head) - 1);
  }
  std::string out;
  for (const std::string_view text : texts) {
    out += text.starts_with('\'') ? std::string(text) : folded_name(text);
    out += ' ';
  }
  return out;
}

} // namespace retort
