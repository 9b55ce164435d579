#pragma once

#include "schema/difference.hpp"
#include "schema/read.hpp"
#include "session/test_database.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// A line for each object.
inline std::string shown(const Schema& schema) {
  std::string out;
  for (const Object& object : schema.objects) {
    out += std::string(name(object.kind)) + " " + object.name;
    out += object.owner.empty() ? "" : " of " + object.owner;
    for (const Attribute& attribute : object.attributes) {
      out += &attribute == &object.attributes.front() ? ": " : "; ";
      out += std::string(attribute.name) + " " + attribute.value;
    }
    out += "\n";
  }
  return out;
}

/// A line for each difference.
inline std::string shown(const std::vector<Difference>& differences) {
  std::string out;
  for (const Difference& difference : differences) {
    out += describe(difference) + "\n";
  }
  return out;
}

/// What a new database has when `sql` ran.
inline Schema schema_of(Dialect dialect, const std::string& sql) {
  const auto database = make_test_database(dialect);
  database->run(sql);
  return read_schema(database->parsed_url());
}

/// In what two databases differ that were made by different SQL.
inline std::string difference(Dialect dialect, const std::string& one, const std::string& other) {
  return shown(compare(schema_of(dialect, one), schema_of(dialect, other)));
}

/// A database whose schema changes.
class ChangedDatabase {
public:
  ChangedDatabase(Dialect dialect, const std::string& sql) : database_(make_test_database(dialect)) {
    database_->run(sql);
    before_ = read();
  }

  /// What `sql` changes.
  std::string after(const std::string& sql) {
    database_->run(sql);
    const Schema before = std::exchange(before_, read());
    return shown(compare(before, before_));
  }

  Schema read() const { return read_schema(database_->parsed_url()); }

private:
  std::unique_ptr<TestDatabase> database_;
  Schema before_;
};

} // namespace retort
