// Changes from one random schema to another and back, with rows. RETORT_TEST_SEED gives the seed of a failed run.
#include "schema/postgresql_becomes.hpp"
#include "schema/postgresql_random_schema.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

namespace retort {
namespace {

TEST(PostgresqlRandomSchemas, BecomeEachOther) {
  if (const auto reason = missing(Dialect::postgresql)) {
    GTEST_SKIP() << *reason;
  }
  const char* given = std::getenv("RETORT_TEST_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE(fmt::format("RETORT_TEST_SEED={}", seed));
  std::cout << "seed " << seed << "\n";
  const auto server = make_test_database(Dialect::postgresql);
  RandomPostgresqlSchema schemas(seed, std::stoi(server->run("SHOW server_version_num")));
  constexpr int rounds = 15;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const std::string other_sql = schemas.next();
    const Schema other = schema_of(Dialect::postgresql, other_sql);
    const std::string sql = schemas.next();
    SCOPED_TRACE(fmt::format("round {}\n{}\n-- to\n{}", round, sql, other_sql));
    const auto database = make_test_database(Dialect::postgresql);
    database->run(sql);
    const Schema first = read_schema(database->parsed_url());
    database->run(schemas.rows());
    {
      SCOPED_TRACE("up");
      expect_becomes(*database, other);
    }
    if (!testing::Test::HasFailure()) {
      SCOPED_TRACE("down");
      expect_becomes(*database, first);
    }
  }
}

} // namespace
} // namespace retort
