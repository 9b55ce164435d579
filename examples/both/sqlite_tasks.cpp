#include "tasks.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <both_history.hpp>
#include <retort/sqlite.hpp>

namespace {

class SqliteTasks : public Tasks {
public:
  SqliteTasks(const std::string& path, const retort::Options& options)
      : database_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    retort::upgrade(database_, both::history, options);
  }

  void add(const std::string& text, int priority) override {
    SQLite::Statement insert(database_, "INSERT INTO task (text, priority) VALUES (?, ?)");
    insert.bind(1, text);
    insert.bind(2, priority);
    insert.exec();
  }

  std::vector<std::string> texts() override {
    SQLite::Statement select(database_, "SELECT text FROM task ORDER BY priority DESC, number");
    std::vector<std::string> texts;
    while (select.executeStep()) {
      texts.push_back(select.getColumn(0).getString());
    }
    return texts;
  }

private:
  SQLite::Database database_;
};

} // namespace

std::unique_ptr<Tasks> open_sqlite_tasks(const std::string& path, const retort::Options& options) {
  return std::make_unique<SqliteTasks>(path, options);
}
