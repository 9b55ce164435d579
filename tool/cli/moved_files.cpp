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

MovedFiles::~MovedFiles() {
  std::error_code lost;
  for (auto move = moved_.rbegin(); move != moved_.rend(); ++move) {
    fs::rename(move->second, move->first, lost);
  }
  fs::remove(folder_, lost); // only where it is empty
}

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
  fs::create_directories(folder_, error);
  if (!error) {
    fs::rename(from, to, error);
  }
  if (error) {
    fail(fmt::format("cannot move it into '{}': {}", folder_.filename().string(), error.message()), from, {});
  }
  moved_.emplace_back(from, to);
}

} // namespace retort
