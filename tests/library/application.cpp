#include "library/application.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

std::string shown(const RevisionName& name) {
  return name.message.empty() ? name.id : fmt::format("{} {}", name.id, name.message);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? "" : " ";
    text += word;
  }
  return text;
}

std::string shown(const MigratedRevision& migrated) {
  return fmt::format("{} {}", migrated.direction == Direction::up ? "up" : "down", shown(migrated.revision));
}

std::string shown(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += render(diagnostic);
  }
  return text;
}

std::string_view word(Error::Reason reason) {
  switch (reason) {
  case Error::Reason::request: return "request";
  case Error::Reason::database: return "database";
  case Error::Reason::drifted: return "drifted";
  case Error::Reason::newer: return "newer";
  default: return "stopped";
  }
}

std::string_view word(Standing standing) {
  switch (standing) {
  case Standing::current: return "current";
  case Standing::behind: return "behind";
  case Standing::newer: return "newer";
  default: return "drifted";
  }
}

struct EventText {
  std::string operator()(const RevisionStarted& event) const {
    return fmt::format("started {} of {}: {}\n", event.number, event.count, shown(event.revision));
  }
  std::string operator()(const StatementRan& event) const { return fmt::format("ran {}: {}\n", event.id, event.sql); }
  std::string operator()(const RevisionCommitted& event) const {
    return fmt::format("committed {}\n", shown(event.revision));
  }
  std::string operator()(const Finished& event) const {
    return fmt::format("finished: {}", retort::shown(event.report));
  }
  std::string operator()(const WaitingForLock& event) const { return fmt::format("waiting for {}\n", event.holder); }
};

} // namespace

std::string shown(const Report& report) {
  std::string text;
  for (const MigratedRevision& migrated : report.committed) {
    text += fmt::format("{}, ", shown(migrated));
  }
  return fmt::format("{}at {}\n{}", text, joined(report.current), shown(report.remarks));
}

std::string shown(const std::vector<std::string>& ids) { return fmt::format("{}\n", joined(ids)); }

std::string shown(const std::vector<RevisionName>& names) {
  std::string text;
  for (const RevisionName& name : names) {
    text += fmt::format("{}\n", shown(name));
  }
  return text;
}

std::string shown(const Status& status) {
  return fmt::format("{} at {}\n{}{}", word(status.standing), joined(status.current), shown(status.pending),
                     shown(status.findings));
}

std::string shown(const Error& error) {
  return fmt::format("{}, {}{}\n", word(error.reason()), shown(error.report()), error.what());
}

std::string shown(const Event& event) { return std::visit(EventText(), event); }

Options logging(std::string& log) {
  Options options;
  options.progress = [&log](const Event& event) { log += shown(event); };
  return options;
}

} // namespace retort
