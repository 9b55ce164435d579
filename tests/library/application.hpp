#pragma once

#include "support/embedded.hpp"
#include "support/revisions.hpp"

#include <retort/migration.hpp>

#include <optional>

namespace retort {

/// A program with a history inside, which is given as texts.
class Application {
public:
  explicit Application(const std::vector<RevisionText>& texts,
                       std::initializer_list<Dialect> dialects = {Dialect::sqlite, Dialect::postgresql},
                       const std::vector<RevisionText>& replaced = {}) {
    histories_.reserve(dialects.size());
    std::vector<CompiledHistory> compiled;
    for (const Dialect dialect : dialects) {
      histories_.push_back(history_of(texts, dialect, replaced));
      compiled.push_back({dialect, &histories_.back()});
    }
    embedded_.emplace(compiled);
  }

  EmbeddedHistory history() const { return embedded_->view(); }
  operator EmbeddedHistory() const { return history(); }

private:
  std::vector<History> histories_;
  std::optional<Embedded> embedded_;
};

/// A report in words: a line for each revision, where the database stands, and the remarks.
std::string shown(const Report& report);

std::string shown(const std::vector<std::string>& ids);
std::string shown(const std::vector<RevisionName>& names);
std::string shown(const Status& status);
std::string shown(const Error& error);

/// An event, a line.
std::string shown(const Event& event);

/// Options whose progress callback writes the events to `log`.
Options logging(std::string& log);

/// What the action returns, or the Error that it throws, in words.
template <typename Action>
std::string outcome(Action action) {
  try {
    return shown(action());
  } catch (const Error& error) {
    return shown(error);
  }
}

} // namespace retort
