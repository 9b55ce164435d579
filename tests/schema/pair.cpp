#include "schema/pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <stdexcept>

namespace retort {
namespace {

/// `add a column` as a part of a test's name.
std::string as_name(std::string_view text) {
  std::string name(text);
  std::ranges::replace_if(
      name, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')); }, '_');
  return name;
}

/// Reads one file, line by line.
class PairReader {
public:
  PairReader(const std::filesystem::path& file, Dialect dialect) : file_(file), dialect_(dialect) {}

  std::vector<Pair> read() {
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
      ++line_;
      read_line(line);
    }
    end_pair();
    return std::move(pairs_);
  }

private:
  [[noreturn]] void refuse(std::string_view why) const {
    throw std::runtime_error(fmt::format("{}:{}: {}", file_.string(), line_, why));
  }

  void read_line(std::string_view line) {
    if (const auto name = after(line, "-- pair: ")) {
      end_pair();
      pairs_.push_back({fmt::format("{}.{}", file_.stem().string(), as_name(*name)), dialect_, {}, {}, {}, {}, {}, {}});
      return;
    }
    if (pairs_.empty()) {
      if (!line.empty()) {
        refuse("a pair begins with `-- pair: NAME`");
      }
      return;
    }
    Pair& pair = pairs_.back();
    if (line == "-- from") {
      begin_part(pair.from, has_from_);
    } else if (line == "-- rows") {
      part_ = &pair.rows;
    } else if (line == "-- to") {
      begin_part(pair.to, has_to_);
    } else if (const auto up = after(line, "-- up hazard: ")) {
      pair.up_hazards.emplace_back(*up);
    } else if (const auto down = after(line, "-- down hazard: ")) {
      pair.down_hazards.emplace_back(*down);
    } else if (const auto table = after(line, "-- rename table: ")) {
      add_rename(pair, ObjectKind::table, *table);
    } else if (const auto column = after(line, "-- rename column: ")) {
      add_rename(pair, ObjectKind::column, *column);
    } else if (part_ != nullptr) {
      *part_ += fmt::format("{}\n", line);
    } else if (!line.empty()) {
      refuse("neither `-- from`, `-- rows` nor `-- to` stands before this");
    }
  }

  static std::optional<std::string_view> after(std::string_view line, std::string_view prefix) {
    return line.starts_with(prefix) ? std::optional(line.substr(prefix.size())) : std::nullopt;
  }

  void begin_part(std::string& part, bool& has_part) {
    if (has_part) {
      refuse("the pair has two of these");
    }
    has_part = true;
    part_ = &part;
  }

  void add_rename(Pair& pair, ObjectKind kind, std::string_view names) {
    constexpr std::string_view between = " = ";
    const std::size_t at = names.find(between);
    if (at == std::string_view::npos) {
      refuse("a rename is written `OLD = NEW`");
    }
    pair.options.renames.push_back(
        {kind, std::string(names.substr(0, at)), std::string(names.substr(at + between.size()))});
  }

  void end_pair() {
    if (!pairs_.empty() && !(has_from_ && has_to_)) {
      refuse(fmt::format("the pair {} has no `-- {}`", pairs_.back().name, has_from_ ? "to" : "from"));
    }
    has_from_ = false;
    has_to_ = false;
    part_ = nullptr;
  }

  std::filesystem::path file_;
  Dialect dialect_;
  std::size_t line_ = 0;
  std::vector<Pair> pairs_;
  bool has_from_ = false; // of the last pair
  bool has_to_ = false;
  std::string* part_ = nullptr; // of the last pair, to which lines of SQL belong
};

} // namespace

std::vector<Pair> read_pairs(const std::filesystem::path& folder, Dialect dialect) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Pair> pairs;
  for (const std::filesystem::path& file : files) {
    std::ranges::move(PairReader(file, dialect).read(), std::back_inserter(pairs));
  }
  return pairs;
}

std::vector<Pair> pairs_of(Dialect dialect) {
  return read_pairs(fmt::format("{}/schema/pairs/{}", RETORT_TESTS_DIR, name(dialect)), dialect);
}

std::string test_name(const Pair& pair) { return as_name(pair.name); }

void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.name; }

} // namespace retort
