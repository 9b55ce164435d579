#include "revision/header.hpp"

#include "revision/id.hpp"
#include "revision/line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace retort {
namespace {

constexpr std::string_view key_list = "Revises, Depends-On, Branch, Transaction, Irreversible, Deletes, Replaces";

/// The Levenshtein distance, letters compared without their case: how far a word is from the key that it may be meant
/// to be.
std::size_t distance(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

class HeaderReader {
public:
  HeaderReader(const Source& source, Revision& revision, Diagnostics& diagnostics)
      : source_(source), revision_(revision), diagnostics_(diagnostics) {}

  std::size_t read() {
    Line line = first_line(source_.text());
    bool has_message = false;
    for (; line.exists(); line = line.next()) {
      const auto comment = header_comment(line);
      if (!comment) {
        break;
      }
      if (!read_key(*comment) && !has_message && !comment->empty()) {
        revision_.message = std::string(*comment);
        has_message = true;
      }
    }
    return line.begin();
  }

private:
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - source_.text().data());
  }
  Location locate_part(std::string_view part) const { return locate(source_, offset_of(part), part.size()); }

  bool read_key(std::string_view comment) {
    const std::size_t colon = comment.find(':');
    const std::string_view key = comment.substr(0, colon);
    if (colon == std::string_view::npos || key.empty() || key.find(' ') != std::string_view::npos) {
      return false;
    }
    if (std::find(header_keys.begin(), header_keys.end(), key) == header_keys.end()) {
      return refuse_misspelt(key);
    }
    if (!seen_.insert(key).second) {
      diagnostics_.error(fmt::format("'{}' is given twice", key), locate_part(key)).hint =
          "write all of its values on one line, separated by commas";
      return true;
    }
    const std::string_view value = trimmed(comment.substr(colon + 1));
    if (key == "Transaction") {
      read_transaction(key, value);
    } else if (key == "Irreversible" || key == "Deletes") {
      read_reason(key, value);
    } else {
      read_references(key, value);
    }
    return true;
  }

  bool refuse_misspelt(std::string_view key) {
    for (const std::string_view known : header_keys) {
      if (distance(key, known) <= 2) {
        diagnostics_.error(fmt::format("unknown header '{}'; did you mean '{}'?", key, known), locate_part(key)).hint =
            fmt::format("the headers are {}", key_list);
        return true;
      }
    }
    return false;
  }

  void read_transaction(std::string_view key, std::string_view value) {
    if (value != "cut") {
      diagnostics_
          .error(fmt::format("'Transaction' can only be 'cut', not '{}'", value),
                 locate_part(value.empty() ? key : value))
          .hint = "write 'transaction:false' behind a section marker to run that section outside a transaction";
      return;
    }
    revision_.cuts_transaction = true;
  }

  void read_reason(std::string_view key, std::string_view value) {
    if (value.empty()) {
      diagnostics_.error(fmt::format("'{}' gives no reason", key), locate_part(key)).hint =
          fmt::format("write the reason behind '{}:'", key);
      return;
    }
    (key == "Deletes" ? revision_.deletes : revision_.irreversible) =
        Reason{std::string(value), offset_of(value), value.size()};
  }

  void read_references(std::string_view key, std::string_view value) {
    if (key == "Revises" && value == "base") {
      revision_.revises.emplace();
      return;
    }
    std::vector<Reference> references;
    for (std::size_t begin = 0; begin <= value.size();) {
      const std::size_t comma = std::min(value.find(',', begin), value.size());
      const std::string_view part = trimmed(value.substr(begin, comma - begin));
      begin = comma + 1;
      if (check_name(key, part)) {
        std::string name(part);
        std::erase(name, '-');
        references.push_back({std::move(name), offset_of(part), part.size()});
      }
    }
    if (key == "Revises") {
      revision_.revises = std::move(references);
    } else {
      (key == "Branch"     ? revision_.labels
       : key == "Replaces" ? revision_.replaces
                           : revision_.depends_on) = std::move(references);
    }
  }

  bool check_name(std::string_view key, std::string_view name) {
    if (name.empty()) {
      const bool labels = key == "Branch";
      diagnostics_.error(labels ? "empty label" : fmt::format("'{}' names no revision", key), locate_part(key)).hint =
          labels ? "write the branch's name behind 'Branch:', or leave the line out"
                 : fmt::format("write an id behind '{}:'{}", key,
                               key == "Revises" ? ", or 'base' for a revision without a parent" : "");
      return false;
    }
    std::string plain(name);
    if (key != "Branch") {
      std::erase(plain, '-');
    }
    if (!is_legal_label(plain)) {
      diagnostics_.error(fmt::format("illegal {} '{}'", key == "Branch" ? "label" : "id", name), locate_part(name))
          .hint = key == "Branch"
                      ? "a label is made of letters, digits, '.' and '_', and is none of base, current, head, heads"
                      : "an id is made of letters, digits and '.', and is none of base, current, head, heads";
      return false;
    }
    return true;
  }

  const Source& source_;
  Revision& revision_;
  Diagnostics& diagnostics_;
  std::set<std::string_view> seen_;
};

} // namespace

std::size_t read_header(const Source& source, Revision& revision, Diagnostics& diagnostics) {
  return HeaderReader(source, revision, diagnostics).read();
}

} // namespace retort
