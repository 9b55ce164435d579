#pragma once

#include <SQLiteCpp/Database.h>

#include <functional>
#include <string>
#include <vector>

/// A file of notes.
class Notebook {
public:
  /// Is told what is done, and how far it is: a number out of a count.
  using Progress = std::function<void(const std::string& what, std::size_t number, std::size_t count)>;

  /// Opens the file, makes it if there is none, and brings it up to date. Throws std::runtime_error: its text is for
  /// the user, and the file is as it was.
  Notebook(const std::string& path, const Progress& progress);

  void add(const std::string& text);

  /// Each as `folder: text`, in the order in which they were written.
  std::vector<std::string> notes();

private:
  SQLite::Database file_;
};
