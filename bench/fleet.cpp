// fleet IN_FLIGHT < URLS: upgrades each database of the URLs, one a line, with so many in flight on one thread. Prints
// its CPU time in milliseconds and its peak memory in KiB.

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <bench_fleet.hpp>
#include <retort/async.hpp>
#include <sys/resource.h>

#include <exception>
#include <iostream>
#include <string>

namespace {

asio::awaitable<void> upgrade_next(asio::any_io_executor executor) {
  for (std::string url; std::getline(std::cin, url);) {
    co_await retort::async_upgrade(executor, url, bench_20::history);
  }
}

long milliseconds(const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; }

} // namespace

int main(int count, char** arguments) {
  const int in_flight = count == 2 ? std::stoi(arguments[1]) : 0;
  if (in_flight < 1) {
    std::cerr << "usage: fleet IN_FLIGHT < URLS\n";
    return 2;
  }
  asio::io_context context(1);
  for (int i = 0; i < in_flight; ++i) {
    asio::co_spawn(context, upgrade_next(context.get_executor()), [](std::exception_ptr thrown) {
      if (thrown) {
        std::rethrow_exception(thrown);
      }
    });
  }
  try {
    context.run();
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime) << " " << usage.ru_maxrss << "\n";
  return 0;
}
