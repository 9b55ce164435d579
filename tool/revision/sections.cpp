#include "revision/sections.hpp"

#include "revision/line.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

class SectionReader {
public:
  SectionReader(std::shared_ptr<const Source> source, Diagnostics& diagnostics)
      : source_(std::move(source)), diagnostics_(diagnostics) {}

  std::vector<Section> read(std::size_t begin) {
    const std::string_view text = source_->text();
    bool orphan_reported = false;
    for (Line line(text, begin); line.exists(); line = line.next()) {
      const std::string_view content = line.content();
      const std::string_view start = trimmed(content);
      if (is_marker(start)) {
        if (start.data() != content.data()) {
          diagnostics_.error("a section marker must begin in the first column", locate_part(start)).hint =
              "remove the blanks before '--'";
        }
        end_section(line.begin());
        read_marker(start, line.next().begin());
      } else if (sections_.empty() && !orphan_reported && !start.empty() && !start.starts_with("--")) {
        diagnostics_.error("SQL before the first section", locate_part(start)).hint =
            "write '-- migrate:up' on a line of its own before it";
        orphan_reported = true;
      }
    }
    end_section(text.size());
    return std::move(sections_);
  }

private:
  Location locate_part(std::string_view part) const {
    return locate(*source_, static_cast<std::size_t>(part.data() - source_->text().data()), part.size());
  }

  void end_section(std::size_t end) {
    if (!sections_.empty()) {
      sections_.back().end = end;
    }
  }

  void read_marker(std::string_view marker, std::size_t begin) {
    Section section;
    section.source = source_;
    section.begin = begin;
    std::string_view rest = trimmed(marker.substr(2));
    for (bool first = true; !rest.empty(); first = false) {
      const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
      rest = trimmed(rest.substr(word.size()));
      if (first) {
        read_direction(word, section);
      } else {
        read_option(word, section);
      }
    }
    sections_.push_back(std::move(section));
  }

  void read_direction(std::string_view word, Section& section) {
    if (word == "migrate:down") {
      section.direction = Direction::down;
    } else if (word != "migrate:up") {
      diagnostics_.error(fmt::format("unknown section '{}'", word), locate_part(word)).hint =
          "a section begins with '-- migrate:up' or '-- migrate:down'";
    }
  }

  void read_option(std::string_view word, Section& section) {
    constexpr std::string_view dialect_key = "dialect:";
    if (word == "transaction:false") {
      section.transactional = false;
    } else if (word == "transaction:true") {
      section.transactional = true;
    } else if (word.starts_with(dialect_key)) {
      section.dialect = find_dialect(word.substr(dialect_key.size()));
      if (!section.dialect) {
        diagnostics_.error(fmt::format("unknown dialect '{}'", word.substr(dialect_key.size())), locate_part(word))
            .hint = "the dialects are sqlite and postgresql";
      }
    } else {
      diagnostics_.error(fmt::format("unknown section option '{}'", word), locate_part(word)).hint =
          "the options are dialect:sqlite, dialect:postgresql, transaction:true and transaction:false";
    }
  }

  std::shared_ptr<const Source> source_;
  Diagnostics& diagnostics_;
  std::vector<Section> sections_;
};

} // namespace

bool has_sections(std::string_view text) {
  std::size_t found = 0;
  while ((found = text.find("migrate:", found)) != std::string_view::npos) {
    const std::size_t newline = text.rfind('\n', found);
    std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    begin += begin == 0 && text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    if (is_marker(text.substr(begin, found + 8 - begin))) {
      return true;
    }
    ++found;
  }
  return false;
}

std::vector<Section> read_sections(const std::shared_ptr<const Source>& source, std::size_t begin,
                                   Diagnostics& diagnostics) {
  return SectionReader(source, diagnostics).read(begin);
}

} // namespace retort
