#include "cli/commands.hpp"
#include "cli/revision_text.hpp"
#include "history/resolve.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace retort {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

void print_text(const Console& console, std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    console.line(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    begin = end + 1;
  }
}

void print_section(const Console& console, const Section& section) {
  console.line("");
  console.line(fmt::format("-- migrate:{}{}{}", name(section.direction),
                           section.dialect ? fmt::format(" dialect:{}", name(*section.dialect)) : "",
                           section.transactional ? "" : " transaction:false"));
  print_text(console, section.source->text().substr(section.begin, section.end - section.begin));
}

/// The files of a revision that was embedded: with the header, and those that statements stand in.
std::vector<const Source*> files(const Revision& revision) {
  std::vector<const Source*> files = {revision.head.get()};
  const Change none;
  for (const Change* change : {&revision.up, revision.down ? &*revision.down : &none}) {
    for (const Unit& unit : change->units) {
      for (const Unit::Piece& piece : unit.pieces) {
        if (std::find(files.begin(), files.end(), piece.source) == files.end()) {
          files.push_back(piece.source);
        }
      }
    }
  }
  return files;
}

void print(const Console& console, const History& history, Index index) {
  for (const std::string& line : revision_details(history, index)) {
    console.line(line);
  }
  for (const Section& section : history[index].sections) {
    print_section(console, section);
  }
  if (history[index].sections.empty()) {
    for (const Source* file : files(history[index])) {
      const std::string_view text = file->text();
      console.line("");
      print_text(console, text.substr(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0));
    }
  }
}

Exit run(const Context& context) {
  const std::string& target = context.arguments().single("the revision");
  const History history = context.load({});
  nlohmann::json revisions = nlohmann::json::array();
  const auto state = context.find_state(history, {target});
  for (const Spot& spot : resolve(history, target, state ? &*state : nullptr)) {
    for (const Index index : spot.at.empty() ? spot.below : spot.at) {
      print(context.console(), history, index);
      revisions.push_back(revision_json(history, index));
    }
  }
  context.console().finish({{"revisions", revisions}});
  return Exit::fine;
}

} // namespace

const CommandLine show_command = {"show", "TARGET", "show a revision, or several", no_options, run};

} // namespace retort
