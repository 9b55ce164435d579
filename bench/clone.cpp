// clone: copies the database of DATABASE_URL_TEMPLATE, as a test case does, and as plainly as can be: a file, or, by an
// open connection, `CREATE DATABASE … TEMPLATE …`. Prints the median times of both in microseconds. A copy is removed
// before the next one is made, which does not count.

#include <retort/testing.hpp>
#if RETORT_POSTGRESQL
#include <libpq-fe.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int rounds = 15;

long long median(std::vector<Clock::duration> times) {
  std::ranges::sort(times);
  return std::chrono::microseconds(std::chrono::duration_cast<std::chrono::microseconds>(times[times.size() / 2]))
      .count();
}

/// Makes plain copies, and removes them.
class Plain {
public:
  virtual ~Plain() = default;
  virtual void copy() = 0;
  virtual void remove() = 0;
};

class PlainFile : public Plain {
public:
  explicit PlainFile(const std::string& origin) : origin_(origin), copy_(origin + ".plain") {}
  void copy() override { std::filesystem::copy_file(origin_, copy_); }
  void remove() override { std::filesystem::remove(copy_); }

private:
  std::filesystem::path origin_;
  std::filesystem::path copy_;
};

#if RETORT_POSTGRESQL
class PlainDatabase : public Plain {
public:
  explicit PlainDatabase(const char* url) : connection_(PQconnectdb(url), PQfinish) {
    version_ = PQserverVersion(connection_.get());
  }
  void copy() override {
    run("CREATE DATABASE retort_plain TEMPLATE \"retort_clone~\"" +
        std::string(version_ >= 150000 ? " STRATEGY file_copy" : ""));
  }
  void remove() override { run("DROP DATABASE retort_plain"); }

private:
  void run(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql.c_str()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
      throw std::runtime_error(PQerrorMessage(connection_.get()));
    }
  }

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
  int version_ = 0;
};
#endif

std::unique_ptr<Plain> make_plain() {
  const std::string origin = std::getenv("DATABASE_URL_TEMPLATE");
  const std::string scheme = "sqlite:";
#if RETORT_POSTGRESQL
  if (!origin.starts_with(scheme)) {
    return std::make_unique<PlainDatabase>(std::getenv("DATABASE_URL"));
  }
#endif
  return std::make_unique<PlainFile>(origin.substr(scheme.size()));
}

Clock::duration time_of(const std::function<void()>& action) {
  const auto start = Clock::now();
  action();
  return Clock::now() - start;
}

} // namespace

int main() {
  try {
    const std::unique_ptr<Plain> plain = make_plain();
    std::vector<Clock::duration> copies;
    std::vector<Clock::duration> plain_copies;
    for (int round = 0; round < rounds; ++round) {
      std::optional<retort::testing::Database> database;
      copies.push_back(time_of([&] { database.emplace(retort::testing::clone()); }));
      database.reset();
      plain_copies.push_back(time_of([&] { plain->copy(); }));
      plain->remove();
    }
    std::cout << median(copies) << " " << median(plain_copies) << "\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
