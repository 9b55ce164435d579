// current: calls retort::upgrade on an open SQLite database that is already current, and prints the median time of a
// call in nanoseconds: with 50 revisions, then with 1,000.

#include <bench_current_1000.hpp>
#include <bench_current_50.hpp>
#include <retort/sqlite.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <iostream>

namespace {

long long median_of_upgrades(const retort::EmbeddedHistory& history) {
  using Clock = std::chrono::steady_clock;
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  retort::upgrade(database, history);
  std::array<Clock::duration, 501> times{};
  for (Clock::duration& time : times) {
    const auto start = Clock::now();
    retort::upgrade(database, history);
    time = Clock::now() - start;
  }
  sqlite3_close(database);
  std::ranges::sort(times);
  return std::chrono::nanoseconds(times[times.size() / 2]).count();
}

} // namespace

int main() {
  try {
    std::cout << median_of_upgrades(bench_50::history) << " " << median_of_upgrades(bench_1000::history) << "\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
