#include "session/postgresql_lock.hpp"

#include "dialect/revision_table.hpp"
#include "session/deadline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

constexpr std::chrono::milliseconds first_pause{10};
constexpr std::chrono::milliseconds longest_pause{200};

std::string call(std::string_view function, std::string_view schema) {
  return fmt::format("pg_catalog.{}(({})::pg_catalog.int8)", function, revision_table::lock_key(schema));
}

bool is_true(const std::vector<PostgresqlConnection::Row>& rows) { return rows.at(0).at(0) == "t"; }

Task<std::string> holder(PostgresqlConnection& connection, std::string_view schema) {
  const auto key = static_cast<std::uint64_t>(revision_table::lock_key(schema));
  const auto rows = co_await connection.query(
      fmt::format("SELECT l.pid, a.usename, a.application_name, a.client_addr FROM pg_catalog.pg_locks AS l "
                  "LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid "
                  "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = {} AND l.objid = {} AND l.objsubid = 1 "
                  "AND l.database = "
                  "(SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())",
                  key >> 32U, key & 0xFFFFFFFFU));
  if (rows.empty()) {
    co_return "another process";
  }
  std::string text = fmt::format("backend pid {}", rows[0].at(0).value_or("?"));
  text += rows[0].at(1) ? fmt::format(", user {}", *rows[0].at(1)) : "";
  text += rows[0].at(2) && !rows[0].at(2)->empty() ? fmt::format(", application {}", *rows[0].at(2)) : "";
  text += rows[0].at(3) ? fmt::format(", from {}", *rows[0].at(3)) : "";
  co_return text;
}

} // namespace

std::string try_lock(std::string_view schema) { return fmt::format("SELECT {}", call("pg_try_advisory_lock", schema)); }

std::string try_transaction_lock(std::string_view schema) {
  return fmt::format("SELECT CASE WHEN {} THEN {} ELSE false END", call("pg_try_advisory_xact_lock", schema),
                     call("pg_try_advisory_lock", schema));
}

std::string unlock(std::string_view schema) { return fmt::format("SELECT {}", call("pg_advisory_unlock", schema)); }

Task<void> wait_for_lock(PostgresqlConnection& connection, Waiter& waiter, std::string_view schema, std::string query,
                         std::chrono::milliseconds wait, Observer& observer) {
  const auto deadline = deadline_in(wait);
  bool told = false;
  for (auto pause = first_pause; !is_true(co_await connection.query(query));
       pause = std::min(2 * pause, longest_pause)) {
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= left.zero()) {
      const std::string who = co_await holder(connection, schema);
      throw Failure(Exit::database, {Severity::error,
                                     fmt::format("another process migrates this database: {}", who),
                                     {},
                                     {},
                                     fmt::format("waited {} s for it; try again, or wait longer with --lock-wait",
                                                 std::chrono::duration_cast<std::chrono::seconds>(wait).count())});
    }
    if (!told) {
      const std::string who = co_await holder(connection, schema);
      observer.waiting_for_lock(who);
      told = true;
    }
    co_await waiter.sleep(std::min<Wait::Clock::duration>(pause, left));
    if (waiter.stop().stop_requested()) {
      throw stopped();
    }
  }
}

} // namespace retort
