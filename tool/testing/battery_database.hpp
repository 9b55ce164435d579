#pragma once

#include "testing/battery_run.hpp"
#include "testing/snapshot.hpp"
#include "testing/sql_files.hpp"

#include <memory>
#include <string>
#include <vector>

namespace retort {

/// A database of a test of the battery. It is removed at the end, and kept where the test has found an error by then.
class BatteryDatabase {
public:
  /// An empty one, with the extensions that the history needs.
  explicit BatteryDatabase(BatteryRun& run);

  /// A copy.
  BatteryDatabase(BatteryRun& run, const std::string& original);

  ~BatteryDatabase();
  BatteryDatabase(const BatteryDatabase&) = delete;
  BatteryDatabase& operator=(const BatteryDatabase&) = delete;

  const std::string& url() const { return url_; }

  /// Becomes an empty one again.
  void make_empty();

  /// Becomes a copy again.
  void copy(const std::string& original);

  /// Is removed at once, whatever the test has found.
  void remove();

  /// Upgrades as `retort upgrade` does. Returns the number of steps.
  std::size_t upgrade(const std::string& target) const;

  /// As upgrade, with other options and an observer.
  std::size_t upgrade(const std::string& target, const SessionOptions& options, Observer& observer) const;

  /// Runs these revisions, and no others, in one session.
  void run(Direction direction, const std::vector<Index>& revisions) const;

  /// Runs one revision. False, once that is reported, when the database refuses it.
  bool try_to_run(Direction direction, Index revision) const;

  /// Runs files that are no revisions.
  void run(const SqlFiles& files) const;

  Snapshot snapshot() const { return take_snapshot(parse_url(url_), run_.given().options.sqlite_extensions); }

private:
  BatteryRun& run_;
  std::string url_; ///< empty: it was removed
};

} // namespace retort
