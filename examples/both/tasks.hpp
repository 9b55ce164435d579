#pragma once

#include <memory>
#include <string>
#include <vector>

namespace retort {
struct Options;
}

/// What is to be done, in a database. All of it throws std::exception.
class Tasks {
public:
  virtual ~Tasks() = default;

  virtual void add(const std::string& text, int priority) = 0;

  /// The most urgent first.
  virtual std::vector<std::string> texts() = 0;
};

// Open a database and upgrade it.
std::unique_ptr<Tasks> open_sqlite_tasks(const std::string& path, const retort::Options& options);
std::unique_ptr<Tasks> open_postgresql_tasks(const std::string& url, const retort::Options& options);
