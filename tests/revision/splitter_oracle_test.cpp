// Compares the splitter with the databases' own: PostgreSQL's scanner and parser (libpg_query), SQLite's
// sqlite3_complete() and the tail of sqlite3_prepare_v2(). Two lists are equal when each statement begins at the same
// token and ends before the same semicolon; only blanks and comments may lie between a statement's last token and its
// semicolon.
#include "revision/sections.hpp"
#include "revision/statement.hpp"
#include "text/file.hpp"

#include <gtest/gtest.h>
#include <pg_query.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>

namespace retort {
namespace {

namespace fs = std::filesystem;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0; ///< where the semicolon or the end of the text stands

  bool operator==(const Range&) const = default;
};

using Ranges = std::vector<Range>;

void PrintTo(const Range& range, std::ostream* out) { *out << range.begin << ".." << range.end; }

enum class Comments { flat, nested };

std::size_t skip_comment(std::string_view text, std::size_t at, Comments comments) {
  std::size_t depth = 0;
  do {
    if (text.substr(at, 2) == "/*" && (depth == 0 || comments == Comments::nested)) {
      ++depth;
      at += 2;
    } else if (text.substr(at, 2) == "*/") {
      --depth;
      at += 2;
    } else {
      ++at;
    }
  } while (depth > 0 && at < text.size());
  return at;
}

/// Behind the blanks and comments, hints included, that begin at `at`.
std::size_t skip_blanks(std::string_view text, std::size_t at, Comments comments) {
  while (at < text.size()) {
    if (std::string_view(" \t\r\n\f").find(text[at]) != std::string_view::npos) {
      ++at;
    } else if (text.substr(at, 2) == "--") {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at, 2) == "/*") {
      at = skip_comment(text, at, comments);
    } else {
      break;
    }
  }
  return at;
}

Ranges without_empty(std::string_view text, const Ranges& ranges, Comments comments) {
  Ranges out;
  for (const Range& range : ranges) {
    const std::size_t begin = skip_blanks(text, range.begin, comments);
    if (begin < range.end) {
      out.push_back({begin, range.end});
    }
  }
  return out;
}

Ranges ours(const std::string& text, Dialect dialect, Diagnostics& diagnostics) {
  const Comments comments = dialect == Dialect::sqlite ? Comments::flat : Comments::nested;
  const Source source("a.sql", text);
  Ranges ranges;
  for (const Statement& statement : split(source, 0, text.size(), dialect, diagnostics)) {
    ranges.push_back({skip_blanks(text, statement.offset, comments),
                      skip_blanks(text, statement.offset + statement.length, comments)});
  }
  return ranges;
}

// ---- PostgreSQL ----

struct PostgresqlSplit {
  std::optional<Ranges> ranges;
  std::string error;
};

PostgresqlSplit take(PgQuerySplitResult result) {
  PostgresqlSplit out;
  if (result.error != nullptr) {
    out.error = result.error->message;
  } else {
    out.ranges.emplace();
    for (int i = 0; i < result.n_stmts; ++i) {
      const auto begin = static_cast<std::size_t>(result.stmts[i]->stmt_location);
      out.ranges->push_back({begin, begin + static_cast<std::size_t>(result.stmts[i]->stmt_len)});
    }
  }
  pg_query_free_split_result(result);
  return out;
}

/// The scanner's splitting passes over statements that hold no keyword.
bool has_keyword(const std::string& statement) {
  const std::optional<Ranges> ranges = take(pg_query_split_with_scanner(statement.c_str())).ranges;
  return ranges && !ranges->empty();
}

/// libpg_query 16 ends a parameter in front of a letter. The server refuses both together: `$1E'a'`.
bool has_parameter_with_junk(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const std::size_t end = std::min(text.find_first_not_of(digits, at + 1), text.size());
    if (end > at + 1 && end < text.size()) {
      const auto next = static_cast<unsigned char>(text[end]);
      if (std::isalpha(next) != 0 || next == '_' || next >= 0x80) {
        return true;
      }
    }
  }
  return false;
}

enum class Agreement { full, oracle_failed };

/// The parser decides where it accepts the text; the scanner, which knows no BEGIN ATOMIC, everywhere else.
Agreement compare_postgresql(const std::string& text) {
  Diagnostics diagnostics;
  const Ranges split = ours(text, Dialect::postgresql, diagnostics);
  const std::optional<Ranges> parsed = take(pg_query_split_with_parser(text.c_str())).ranges;
  const auto [scanned, error] = take(pg_query_split_with_scanner(text.c_str()));
  if (error.starts_with("unterminated")) {
    EXPECT_TRUE(diagnostics.has_errors()) << error << " in:\n" << text;
  }
  if (parsed) {
    EXPECT_EQ(split, without_empty(text, *parsed, Comments::nested)) << "the parser disagrees on:\n" << text;
  }
  if (!scanned || (!parsed && diagnostics.has_errors())) {
    return Agreement::oracle_failed;
  }
  std::string lower = text;
  std::ranges::transform(lower, lower.begin(), [](unsigned char byte) { return std::tolower(byte); });
  if (!parsed || lower.find("atomic") == std::string::npos) {
    Ranges with_keyword;
    std::ranges::copy_if(split, std::back_inserter(with_keyword), [&](const Range& range) {
      return has_keyword(text.substr(range.begin, range.end - range.begin));
    });
    EXPECT_EQ(with_keyword, without_empty(text, *scanned, Comments::nested)) << "the scanner disagrees on:\n" << text;
  }
  return Agreement::full;
}

// ---- SQLite ----

/// A statement ends at the first semicolon at which sqlite3_complete() says so: what the sqlite3 shell sends.
Ranges complete_ranges(const std::string& text) {
  Ranges ranges;
  std::size_t begin = 0;
  for (std::size_t at = text.find(';'); at != std::string::npos; at = text.find(';', at + 1)) {
    if (sqlite3_complete(text.substr(begin, at + 1 - begin).c_str()) != 0) {
      ranges.push_back({begin, at});
      begin = at + 1;
    }
  }
  ranges.push_back({begin, text.size()});
  return without_empty(text, ranges, Comments::flat);
}

Agreement compare_complete(const std::string& text) {
  Diagnostics diagnostics;
  const Ranges split = ours(text, Dialect::sqlite, diagnostics);
  if (diagnostics.has_errors()) {
    return Agreement::oracle_failed;
  }
  EXPECT_EQ(split, complete_ranges(text)) << "sqlite3_complete() disagrees on:\n" << text;
  return Agreement::full;
}

/// One in-memory database for the files of a history, so that most statements can be prepared.
class Database {
public:
  Database() {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(":memory:", &handle), SQLITE_OK);
    handle_.reset(handle);
  }

  enum class Run { prepare_only, execute };

  /// Follows the tail of sqlite3_prepare_v2(). Where a statement cannot be prepared (its table is missing, say), the
  /// tail is not where the statement ends; the walk then goes on at our next statement, and sqlite3_complete() is the
  /// judge.
  void compare_tails(const std::string& text, Run run) {
    Diagnostics diagnostics;
    for (const Range& range : ours(text, Dialect::sqlite, diagnostics)) {
      sqlite3_stmt* statement = nullptr;
      const char* tail = nullptr;
      const char* const begin = text.c_str() + range.begin;
      if (sqlite3_prepare_v2(handle_.get(), begin, -1, &statement, &tail) != SQLITE_OK) {
        ++failed_;
        continue;
      }
      ++prepared_;
      const auto past = static_cast<std::size_t>(tail - text.c_str());
      EXPECT_EQ(past, std::min(range.end + 1, text.size())) << "sqlite3_prepare_v2() disagrees on:\n" << begin;
      if (run == Run::execute) {
        while (sqlite3_step(statement) == SQLITE_ROW) {
        }
      }
      sqlite3_finalize(statement);
    }
  }

  std::size_t prepared() const { return prepared_; }
  std::size_t failed() const { return failed_; }

private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::size_t prepared_ = 0;
  std::size_t failed_ = 0;
};

// ---- files ----

/// Every SQL file below a directory, in the order of the names.
std::vector<fs::path> sql_files(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() && entry.path().extension() == ".sql") {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  EXPECT_FALSE(files.empty()) << "no SQL files in " << directory;
  return files;
}

/// The texts of a file that count for a dialect: its sections, or the whole of it. A byte order mark, which neither
/// oracle knows, becomes blanks.
std::vector<std::string> texts_for(const fs::path& path, Dialect dialect) {
  std::string text = read_file(path);
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.replace(0, 3, "   ");
  }
  if (!has_sections(text)) {
    return {text};
  }
  std::vector<std::string> texts;
  Diagnostics diagnostics;
  for (const Section& section : read_sections(std::make_shared<const Source>("a.sql", text), 0, diagnostics)) {
    if (!section.dialect || section.dialect == dialect) {
      texts.push_back(text.substr(section.begin, section.end - section.begin));
    }
  }
  return texts;
}

bool is_down(const fs::path& path) {
  return path.filename() == "down.sql" || path.filename().string().ends_with(".down.sql");
}

void compare_sqlite_files(const std::vector<fs::path>& files) {
  Database database;
  for (const fs::path& path : files) {
    SCOPED_TRACE(path.string());
    for (const std::string& text : texts_for(path, Dialect::sqlite)) {
      EXPECT_EQ(compare_complete(text), Agreement::full);
      database.compare_tails(text, is_down(path) ? Database::Run::prepare_only : Database::Run::execute);
    }
  }
  EXPECT_GE(database.prepared(), database.failed());
}

void compare_postgresql_files(const std::vector<fs::path>& files) {
  for (const fs::path& path : files) {
    SCOPED_TRACE(path.string());
    for (const std::string& text : texts_for(path, Dialect::postgresql)) {
      EXPECT_EQ(compare_postgresql(text), Agreement::full);
    }
  }
}

const fs::path tests_directory = RETORT_TESTS_DIR;

TEST(SplitterOracle, SqliteAgreesOnTheGoldenFiles) {
  for (const fs::path& path : sql_files(tests_directory / "revision" / "split" / "sqlite" / "valid")) {
    compare_sqlite_files({path});
  }
}

TEST(SplitterOracle, PostgresqlAgreesOnTheGoldenFiles) {
  compare_postgresql_files(sql_files(tests_directory / "revision" / "split" / "postgresql" / "valid"));
}

TEST(SplitterOracle, BothAgreeOnTheSampleHistory) {
  const std::vector<fs::path> files = sql_files(tests_directory.parent_path() / "migrations");
  compare_sqlite_files(files);
  compare_postgresql_files(files);
}

/// The histories below a directory, each a folder with the dialect's name; a folder without one is PostgreSQL's.
TEST(SplitterOracle, BothAgreeOnTheHistoriesNamedInTheEnvironment) {
  const char* const directory = std::getenv("RETORT_CORPORA");
  if (directory == nullptr || *directory == '\0') {
    GTEST_SKIP() << "RETORT_CORPORA names no directory";
  }
  for (const fs::directory_entry& set : fs::directory_iterator(directory)) {
    if (!set.is_directory()) {
      continue;
    }
    const bool has_sqlite = fs::exists(set.path() / "sqlite");
    const bool has_postgresql = fs::exists(set.path() / "postgresql");
    if (has_sqlite) {
      compare_sqlite_files(sql_files(set.path() / "sqlite"));
    }
    if (has_postgresql || !has_sqlite) {
      compare_postgresql_files(sql_files(has_postgresql ? set.path() / "postgresql" : set.path()));
    }
  }
}

// ---- random texts ----

using Pieces = std::vector<std::string_view>;

const Pieces common_pieces = {
    ";",  ";", ";",    " ",   " ",    " ",    "\n",  "\t", "\r\n", "SELECT", "select",  "FROM",   "a",          "b1",
    "_c", "1", "2.",   ".5",  "1e3 ", ",",    ".",   "*",  "=",    "-",      "--",      "-- ;\n", "/*",         "*/",
    "/",  "+", "'",    "''",  "\"",   "'x;'", "';'", "[",  "]",    "\"q;\"", "/* ; */", "<",      ">",          "||",
    "->", "'", "CASE", "END", "x",    "é",    "E",   "n",  "U&",   "/**/",   "BEGIN",   "CREATE", "INSERT INTO"};
const Pieces postgresql_pieces = {"$1",     "(", ")", "()", "(;)", "$$", "$$", "$t$",  "$t$",  "$",      "E'", "\\'",
                                  "E'\\''", "@", "~", "!",  "#",   "::", ":=", ":",    "U&'x", "E'a'\n", "B'", "X'",
                                  "$é$",    "?", "^", "&",  "`",   "%",  "|",  "1..2", "b$",   "e'"};
const Pieces sqlite_pieces = {
    "(",   ")",       "`",   "`;`", "[;]", "]",     "==",   ":x ",
    "@y ", "?1 ",     "$z ", "$1 ", "\\",  "x'1F'", "END;", "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;",
    "END", "TRIGGER", "TEMP"};

std::string random_text(std::mt19937& random, const Pieces& dialect_pieces) {
  std::string text;
  const std::size_t count = 1 + random() % 24;
  for (std::size_t i = 0; i < count; ++i) {
    const Pieces& pieces = random() % 3 == 0 ? dialect_pieces : common_pieces;
    text += pieces[random() % pieces.size()];
    text += random() % 3 == 0 ? " " : "";
  }
  return text;
}

/// At least a tenth of the texts must be such that both sides accept them; otherwise the test would prove nothing.
template <class Compare>
void compare_random_texts(const Pieces& pieces, Compare compare) {
  constexpr std::size_t texts = 20'000;
  const char* const given = std::getenv("RETORT_TEST_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE("RETORT_TEST_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  std::size_t agreed = 0;
  for (std::size_t i = 0; i < texts && !testing::Test::HasFailure(); ++i) {
    agreed += compare(random_text(random, pieces)) == Agreement::full;
  }
  std::cout << "seed " << seed << ": " << agreed << " of " << texts << " texts compared\n";
  EXPECT_TRUE(testing::Test::HasFailure() || agreed > texts / 10);
}

TEST(SplitterOracle, SqliteAgreesOnRandomTexts) { compare_random_texts(sqlite_pieces, compare_complete); }

TEST(SplitterOracle, PostgresqlAgreesOnRandomTexts) {
  compare_random_texts(postgresql_pieces, [](const std::string& text) {
    return has_parameter_with_junk(text) ? Agreement::oracle_failed : compare_postgresql(text);
  });
}

} // namespace
} // namespace retort
