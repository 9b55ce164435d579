#include "notebook.hpp"

#include <SQLiteCpp/Statement.h>
#include <notes_history.hpp>
#include <retort/sqlite.hpp>

#include <stdexcept>

namespace {

void bring_up_to_date(SQLite::Database& file, const Notebook::Progress& progress) {
  retort::Options options;
  options.progress = [&](const retort::Event& event) {
    if (const auto* started = std::get_if<retort::RevisionStarted>(&event)) {
      progress(started->revision.revision.message, started->number, started->count);
    }
  };
  try {
    retort::upgrade(file, notes::history, options);
  } catch (const retort::Error& error) {
    if (error.reason() == retort::Error::Reason::newer) {
      throw std::runtime_error("These notes were last opened with a newer version of this program. They are unchanged. "
                               "Please install the newer version.");
    }
    throw std::runtime_error(std::string("These notes could not be brought up to date.\n") + error.what());
  }
}

} // namespace

Notebook::Notebook(const std::string& path, const Progress& progress)
    : file_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
  bring_up_to_date(file_, progress);
}

void Notebook::add(const std::string& text) {
  SQLite::Statement insert(file_, "INSERT INTO note (text, written_on, folder) VALUES (?, date(), 1)");
  insert.bind(1, text);
  insert.exec();
}

std::vector<std::string> Notebook::notes() {
  SQLite::Statement select(file_, "SELECT name || ': ' || text FROM note JOIN folder ON folder = folder.number "
                                  "ORDER BY note.number");
  std::vector<std::string> notes;
  while (select.executeStep()) {
    notes.push_back(select.getColumn(0).getString());
  }
  return notes;
}
