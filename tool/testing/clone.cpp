#include "library/operation.hpp"
#include "session/url.hpp"
#include "testing/test_databases.hpp"

#include <fmt/format.h>
#include <retort/testing.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <utility>

namespace retort::testing {
namespace {

std::string from_environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr || *value == '\0') {
    throw Error(Error::Reason::request,
                {{Severity::error,
                  fmt::format("the environment variable {} is not set", variable),
                  {},
                  {},
                  "run the test with ctest, and name it in migrations_use_database"}},
                {});
  }
  return value;
}

/// As many as fit behind the name of a test's database.
std::string random_suffix() {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::random_device random;
  std::string suffix = ".";
  for (int i = 0; i < 7; ++i) {
    suffix += digits[random() % digits.size()];
  }
  return suffix;
}

} // namespace

Database::Database(std::unique_ptr<TestDatabases> databases, std::string url)
    : databases_(std::move(databases)), url_(std::move(url)), exceptions_(std::uncaught_exceptions()) {}

Database::Database(Database&& other) noexcept = default;

Database::~Database() {
  if (!databases_) {
    return;
  }
  try {
    if (is_to_be_kept()) {
      databases_->keep(url_, "a test failed");
      fmt::print(stderr, "retort: the test's database is kept: {}\n", client_command(url_));
    } else {
      databases_->drop(url_);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "retort: {}\n", error.what());
  }
}

bool Database::is_to_be_kept() const {
  return (has_failed_ && has_failed_()) || std::uncaught_exceptions() > exceptions_;
}

std::string Database::file() const {
  const Url url = parse_url(url_);
  if (url.dialect != Dialect::sqlite) {
    throw Error(Error::Reason::request, {{Severity::error, "the test's database is no file", {}, {}, "use url()"}}, {});
  }
  return url.target;
}

Database clone(const std::string& variable) {
  const std::string given = from_environment(variable);
  const std::string origin = from_environment(variable + "_TEMPLATE");
  // What the test has for itself goes when it runs again; what it shares with others goes with the template.
  const std::string url =
      suffixed(given.starts_with(origin.substr(0, origin.find('?'))) ? given : origin, random_suffix());
  try {
    std::unique_ptr<TestDatabases> databases = open_test_databases(url, given);
    databases->clone(origin, url);
    return {std::move(databases), url};
  } catch (const Failure& failure) {
    throw error_of(failure);
  }
}

} // namespace retort::testing
