#include "library/crew.hpp"

#include <retort/async.hpp>
#include <retort/fleet.hpp>

#include <memory>
#include <stop_token>
#include <utility>

namespace retort {
namespace {

/// One call of async_upgrade_all.
class Fleet {
public:
  Fleet(asio::any_io_executor executor, const std::vector<Tenant>& tenants, const EmbeddedHistory& history,
        const FleetOptions& options)
      : executor_(std::move(executor)), tenants_(tenants), history_(history), options_(options),
        results_(tenants.size()) {}

  asio::awaitable<std::vector<TenantResult>> run() {
    Crew crew{tenants_.size(), options_.jobs, [this](std::size_t number) { return upgrade(number); }, {}};
    const std::stop_callback forwarded(options_.migration.stop, [&crew] { crew.stop.request_stop(); });
    stop_ = crew.stop.get_token();
    co_await retort::run(executor_, crew);
    co_return std::move(results_);
  }

private:
  asio::awaitable<bool> upgrade(std::size_t number) {
    TenantResult& result = results_[number];
    result.attempted = true;
    Options options = options_.migration;
    options.schema = tenants_[number].schema;
    options.progress = {};
    options.stop = stop_;
    try {
      asio::awaitable<Report> upgrade = async_upgrade(executor_, tenants_[number].url, history_, options);
      result.report = co_await std::move(upgrade);
    } catch (const Error& error) {
      result.report = error.report();
      result.error = error;
    }
    if (options_.finished) {
      options_.finished(number, result);
    }
    co_return !result.error || options_.keep_going;
  }

  asio::any_io_executor executor_;
  std::vector<Tenant> tenants_;
  const EmbeddedHistory& history_;
  FleetOptions options_;
  std::vector<TenantResult> results_;
  std::stop_token stop_;
};

asio::awaitable<std::vector<TenantResult>> run_fleet(std::shared_ptr<Fleet> fleet) { co_return co_await fleet->run(); }

} // namespace

asio::awaitable<std::vector<TenantResult>> async_upgrade_all(asio::any_io_executor executor,
                                                             const std::vector<Tenant>& tenants,
                                                             const EmbeddedHistory& history,
                                                             const FleetOptions& options) {
  return run_fleet(std::make_shared<Fleet>(std::move(executor), tenants, history, options));
}

} // namespace retort
