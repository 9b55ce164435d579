#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <retort/migration.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// One of many databases that are migrated together.
struct Tenant {
  std::string url;
  std::string schema; ///< PostgreSQL: a schema that stands for a database; empty: none
};

/// What became of a tenant.
struct TenantResult {
  bool attempted = false; ///< false: another one failed before its turn
  Report report;          ///< what was committed
  std::optional<Error> error;
};

struct FleetOptions {
  FleetOptions() = default; // no aggregate: as Options

  std::size_t jobs = 8;    ///< how many are migrated at the same time; at least one
  bool keep_going = false; ///< whether to begin further ones behind a failure
  Options migration;       ///< of each; the progress callback is not called

  /// Is called on the executor as each one ends.
  std::function<void(std::size_t number, const TenantResult& result)> finished;
};

/// Upgrades every tenant, `jobs` at the same time; the results are in the tenants' order. What fails for one has no
/// effect on another. Throws what the callback throws, and nothing else but std::bad_alloc. A cancellation or a request
/// to stop ends those in flight as in <retort/async.hpp>, and begins no other.
asio::awaitable<std::vector<TenantResult>> async_upgrade_all(asio::any_io_executor executor,
                                                             const std::vector<Tenant>& tenants,
                                                             const EmbeddedHistory& history,
                                                             const FleetOptions& options = {});

} // namespace retort
