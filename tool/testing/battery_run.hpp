#pragma once

#include "testing/battery.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// One test of the battery at work: what it is given, and what it finds.
class BatteryRun {
public:
  /// Throws as resolving the target does.
  BatteryRun(const BatteryCase& given, std::string_view name) : given_(given), name_(name) {}

  const BatteryCase& given() const { return given_; }
  const History& history() const { return given_.contents.history; }
  Dialect dialect() const { return given_.contents.dialect; }
  std::string_view name() const { return name_; }

  /// What an upgrade of an empty database to the target applies, in order.
  std::vector<Index> order() const;

  /// Adds an error at the file that says how the revision goes that way.
  Diagnostic& blame(Index revision, Direction direction, std::string message);

  /// Adds an error without a location.
  Diagnostic& blame(std::string message) { return diagnostics_.error(std::move(message)); }

  /// Adds what a database that can be reached refused in this revision.
  void blame(Index revision, Direction direction, const Failure& failure);

  /// Adds what ended the test.
  void fail(const Failure& failure);

  void remark(std::string line) { result_.remarks.push_back(std::move(line)); }

  /// As remark, for a revision that is passed over since it has no way down.
  void remark_irreversible(Index revision);

  /// Says why the test cannot run here, and ends then.
  void skip(std::string reason) { result_.skipped = std::move(reason); }

  bool has_errors() const { return diagnostics_.has_errors(); }
  BatteryResult& result() { return result_; }
  BatteryResult take();

  /// The URL of the test's next database.
  std::string next_url();

private:
  Location place(Index revision, Direction direction) const;

  const BatteryCase& given_;
  std::string name_;
  std::size_t databases_ = 0;
  std::optional<Exit> failed_;
  Diagnostics diagnostics_;
  BatteryResult result_;
};

/// Adds lines as notes.
void add_notes(Diagnostic& diagnostic, const std::vector<std::string>& lines);

} // namespace retort
