#include "cli/moved_files.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <system_error>

namespace retort {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string message, const fs::path& path, std::string hint) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), locate(path.string()), {}, std::move(hint)});
}

} // namespace

void MovedFiles::move(const fs::path& from) {
  const fs::path to = folder_ / from.filename();
  std::error_code error;
  if (fs::is_symlink(from, error)) {
    fail("a symbolic link cannot be moved", from, "put the file itself here");
  }
  if (fs::exists(to, error)) {
    fail(fmt::format("there is already such a file in '{}'", folder_.filename().string()), from,
         fmt::format("move {} away", to.string()));
  }
  made_folder_ = fs::create_directories(folder_, error) || made_folder_;
  if (!error) {
    fs::rename(from, to, error);
  }
  if (error) {
    fail(fmt::format("cannot move it into '{}': {}", folder_.filename().string(), error.message()), from, {});
  }
  moved_.emplace_back(from, to);
}

std::vector<fs::path> MovedFiles::take_back() {
  std::vector<fs::path> stuck;
  for (auto move = moved_.rbegin(); move != moved_.rend(); ++move) {
    std::error_code error;
    fs::rename(move->second, move->first, error);
    if (error) {
      stuck.push_back(move->second);
    }
  }
  moved_.clear();
  if (made_folder_ && stuck.empty()) {
    std::error_code lost;
    fs::remove(folder_, lost);
  }
  return stuck;
}

} // namespace retort
