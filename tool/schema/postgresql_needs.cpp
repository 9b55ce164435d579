#include "schema/postgresql_needs.hpp"

#include "schema/postgresql_queries.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace retort {
namespace {

/// Finds the objects that stand behind addresses. What is none itself, as a row type, the rule behind a view or an
/// index behind a constraint, is a part of one.
class Addresses {
public:
  Addresses(const std::vector<std::string>& addresses, const std::vector<PostgresqlConnection::Row>& dependencies) {
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      objects_.emplace(addresses[i], i);
    }
    for (const PostgresqlConnection::Row& row : dependencies) {
      if (row[2] == "i" || row[2] == "P" || row[2] == "e") {
        owners_.emplace(*row[0], Owner{*row[1], row[2] == "i"});
      }
    }
  }

  /// Whether what belongs to a partition's parent or to an extension stands for that.
  enum class Belonging { counts, does_not_count };

  std::optional<std::size_t> find(std::string_view address, Belonging belonging) const {
    constexpr int deepest = 8; // partitions below partitions
    for (int depth = 0; depth < deepest; ++depth) {
      if (const auto object = objects_.find(address); object != objects_.end()) {
        return object->second;
      }
      const std::string whole = std::string(address.substr(0, address.rfind('/'))) + "/0";
      if (const auto object = objects_.find(whole); object != objects_.end()) {
        return object->second;
      }
      auto owner = owners_.find(address);
      owner = owner == owners_.end() ? owners_.find(whole) : owner;
      if (owner == owners_.end() || (!owner->second.is_internal && belonging == Belonging::does_not_count)) {
        return std::nullopt;
      }
      address = owner->second.address;
    }
    return std::nullopt;
  }

private:
  struct Owner {
    std::string_view address;
    bool is_internal;
  };

  std::unordered_map<std::string_view, std::size_t> objects_;
  std::unordered_map<std::string_view, Owner> owners_;
};

} // namespace

std::string dependency_query() {
  // What initdb made has smaller numbers. A default is a part of its column.
  return "SELECT CASE WHEN f.oid IS NULL THEN d.classid || '/' || d.objid || '/' || d.objsubid "
         "ELSE 'pg_class'::regclass::oid || '/' || f.adrelid || '/' || f.adnum END, "
         "d.refclassid || '/' || d.refobjid || '/' || d.refobjsubid, d.deptype::text FROM pg_depend d "
         "LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid "
         "WHERE d.objid >= 16384 AND d.deptype IN ('n', 'a', 'i', 'P', 'e')";
}

void set_needs(std::span<Object> objects, const std::vector<std::string>& addresses,
               const std::vector<PostgresqlConnection::Row>& dependencies) {
  const Addresses known(addresses, dependencies);
  for (const PostgresqlConnection::Row& row : dependencies) {
    const auto dependent = known.find(*row[0], Addresses::Belonging::does_not_count);
    const auto needed = known.find(*row[1], Addresses::Belonging::counts);
    if (dependent && needed && *dependent != *needed) {
      objects[*dependent].needs.push_back({objects[*needed].kind, objects[*needed].name});
    }
  }
  for (Object& object : objects) {
    std::ranges::sort(object.needs);
    object.needs.erase(std::unique(object.needs.begin(), object.needs.end()), object.needs.end());
  }
}

} // namespace retort
