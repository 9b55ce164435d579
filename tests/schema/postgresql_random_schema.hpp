#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace retort {

/// Random schemas for PostgreSQL that a row of ones fits: each value is 1, whatever the type of its column.
class RandomPostgresqlSchema {
public:
  /// Before PostgreSQL 15 a column that is not generated any more cannot get another type if a function was in the
  /// expression: there is none in it then.
  RandomPostgresqlSchema(std::uint32_t seed, int server_version) : random_(seed), server_version_(server_version) {}

  /// What makes one. All of them use the same few names.
  std::string next();

  /// What inserts a row into each table of the last one.
  const std::string& rows() const { return rows_; }

private:
  bool happens(double probability) { return std::bernoulli_distribution(probability)(random_); }
  std::string one_of(std::initializer_list<const char*> texts);

  std::string types();
  std::string functions();
  std::string table(const std::string& name);
  std::string column(const std::string& table, const std::string& name, std::string& after);
  std::string foreign_keys();
  std::string views();

  std::mt19937 random_;
  int server_version_; // as PQserverVersion
  std::string rows_;
  std::string foreign_keys_; // tables and their columns, a letter each
};

} // namespace retort
