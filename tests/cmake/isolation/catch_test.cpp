#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
#include <retort/testing.hpp>

#include <cstdlib>
#include <string>

TEST_CASE("a copy of the database") {
  const retort::testing::Database database = retort::testing::clone();
  REQUIRE(database.url() != std::getenv("DATABASE_URL"));
}

TEST_CASE("another copy, [and] a name, $x with signs") {
  REQUIRE(retort::testing::clone().url() != retort::testing::clone().url());
}
