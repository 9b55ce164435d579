#pragma once

#include "server/descriptor.hpp"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>

namespace retort {

/// An exclusive lock on a file. The system releases it when the last process that holds this very lock ends: a killed
/// process leaves none behind, and a forked child shares its parent's.
class FileLock {
public:
  /// Nothing when somebody else holds it. The file is created if need be. Throws Failure (Exit::usage) when it cannot
  /// be opened.
  static std::optional<FileLock> try_lock(const std::filesystem::path& path);

  /// As try_lock, but waits for up to `patience`.
  static std::optional<FileLock> wait_lock(const std::filesystem::path& path, std::chrono::milliseconds patience);

  int descriptor() const { return file_.number(); }

  /// Makes `owner` the content of the file; 0 empties it.
  void write_owner(pid_t owner) const;

private:
  explicit FileLock(Descriptor file) : file_(std::move(file)) {}

  Descriptor file_;
};

/// What write_owner() left in the file; 0 when there is none.
pid_t read_owner(const std::filesystem::path& path);

} // namespace retort
