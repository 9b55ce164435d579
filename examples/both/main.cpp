// both [TEXT PRIORITY]: adds a task, and lists them all. They are in the file tasks.db, or where DATABASE_URL says:
// sqlite:FILE, or what libpq takes.

#include "tasks.hpp"

#include <retort/migration.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

std::unique_ptr<Tasks> open_tasks(const std::string& url) {
  const std::string sqlite = "sqlite:";
  retort::Options options;
  options.progress = [](const retort::Event& event) {
    if (const auto* committed = std::get_if<retort::RevisionCommitted>(&event)) {
      std::cout << "applied " << committed->revision.revision.id << '\n';
    }
  };
  if (url.starts_with(sqlite)) {
    return open_sqlite_tasks(url.substr(sqlite.size()), options);
  }
  return open_postgresql_tasks(url, options);
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 1 && argc != 3) {
    std::cerr << "usage: both [TEXT PRIORITY]\n";
    return 2;
  }
  try {
    const char* url = std::getenv("DATABASE_URL");
    const std::unique_ptr<Tasks> tasks = open_tasks(url == nullptr ? "sqlite:tasks.db" : url);
    if (argc == 3) {
      tasks->add(argv[1], std::stoi(argv[2]));
    }
    for (const std::string& text : tasks->texts()) {
      std::cout << text << '\n';
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
