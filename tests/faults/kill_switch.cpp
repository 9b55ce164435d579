// Kills the process at the n-th call that leaves a trace outside of it, for n = RETORT_KILL_AT.

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

void strike() {
  static const char* const at = std::getenv("RETORT_KILL_AT");
  static std::atomic<long> left = at == nullptr ? -1 : std::atol(at);
  if (left > 0 && --left == 0) {
    ::kill(::getpid(), SIGKILL);
  }
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  strike();
  static const auto original = next<ssize_t(int, const void*, size_t)>("write");
  return original(file, bytes, size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  strike();
  static const auto original = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return original(file, bytes, size, offset);
}

ssize_t send(int socket, const void* bytes, size_t size, int flags) {
  strike();
  static const auto original = next<ssize_t(int, const void*, size_t, int)>("send");
  return original(socket, bytes, size, flags);
}

int fsync(int file) {
  strike();
  static const auto original = next<int(int)>("fsync");
  return original(file);
}

int fdatasync(int file) {
  strike();
  static const auto original = next<int(int)>("fdatasync");
  return original(file);
}

int ftruncate64(int file, off64_t size) noexcept {
  strike();
  static const auto original = next<int(int, off64_t)>("ftruncate64");
  return original(file, size);
}

int unlink(const char* path) noexcept {
  strike();
  static const auto original = next<int(const char*)>("unlink");
  return original(path);
}

int rename(const char* from, const char* to) noexcept {
  strike();
  static const auto original = next<int(const char*, const char*)>("rename");
  return original(from, to);
}
}
