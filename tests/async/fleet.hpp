#pragma once

#include "async/loop.hpp"
#include "support/folder.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <retort/fleet.hpp>

namespace retort {

inline const std::vector<RevisionText> two = {{"0001", "-- One.\n\n-- migrate:up\nCREATE TABLE one (a integer);\n"},
                                              {"0002", "-- Two.\n\n-- migrate:up\nCREATE TABLE two (a integer);\n"}};

/// A line for each tenant.
inline std::string shown(const std::vector<TenantResult>& results) {
  std::string text;
  for (const TenantResult& result : results) {
    text += !result.attempted ? "not begun\n"
            : result.error    ? "failed behind " + std::to_string(result.report.committed.size()) + "\n"
                              : shown(result.report);
  }
  return text;
}

/// Many databases upgraded by one call.
class FleetTest : public testing::Test {
protected:
  std::string url(const std::string& name) const { return "sqlite:" + (folder_ / name).string(); }

  std::string run(const std::vector<Tenant>& tenants, const ProgramHistory& history, const FleetOptions& options) {
    std::string result;
    asio::co_spawn(loop_.context(), async_upgrade_all(loop_.executor(), tenants, history.view(), options),
                   asio::bind_cancellation_slot(
                       signal_.slot(), [&](const std::exception_ptr& thrown, const std::vector<TenantResult>& results) {
                         EXPECT_EQ(thrown, nullptr);
                         result = shown(results);
                       }));
    loop_.run();
    return result;
  }

  Folder folder_;
  Loop loop_;
  asio::cancellation_signal signal_;
};

} // namespace retort
