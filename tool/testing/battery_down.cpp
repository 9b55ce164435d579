#include "schema/difference.hpp"
#include "schema/read.hpp"
#include "testing/battery_database.hpp"
#include "testing/battery_tests.hpp"

#include <fmt/format.h>

#include <memory>

namespace retort {
namespace {

std::vector<std::string> lines_of(const Schema& expected, const Schema& found) {
  std::vector<std::string> lines;
  for (const Difference& difference : compare(expected, found)) {
    lines.push_back(describe(difference));
  }
  return lines;
}

class UpDownUp {
public:
  explicit UpDownUp(BatteryRun& run) : run_(run), order_(run.order()) {}

  void run() {
    database_ = std::make_unique<BatteryDatabase>(run_);
    Schema below = schema();
    std::size_t tried = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const Index index = order_[i];
      database_->run(Direction::up, {index});
      Schema above = schema();
      if (!run_.history()[index].down) {
        run_.remark_irreversible(index);
      } else {
        ++tried;
        if (!comes_back(index, below, above)) {
          start_anew(i + 1);
        }
      }
      below = std::move(above);
    }
    if (first_mistake_) {
      database_->remove();
    }
    run_.remark(fmt::format("{} of {} revisions went up, down and up again", tried, order_.size()));
  }

private:
  Schema schema() const { return read_schema(parse_url(database_->url())); }
  const std::string& id(Index index) const { return run_.history()[index].id; }

  /// False when the database is not any more as after the way up.
  bool comes_back(Index index, const Schema& below, const Schema& above) {
    return database_->try_to_run(Direction::down, index) && is_as(below, index, Direction::down) &&
           database_->try_to_run(Direction::up, index) && is_as(above, index, Direction::up);
  }

  bool is_as(const Schema& expected, Index index, Direction direction) {
    const std::vector<std::string> lines = lines_of(expected, schema());
    if (lines.empty()) {
      return true;
    }
    const bool down = direction == Direction::down;
    Diagnostic& diagnostic =
        run_.blame(index, direction,
                   down ? fmt::format("the way down of {} does not bring back the schema before it", id(index))
                        : fmt::format("{} leads to another schema on its second way up", id(index)));
    add_notes(diagnostic, lines);
    diagnostic.hint =
        down ? "undo in the way down what the way up does; if it cannot be undone, remove the way down and "
               "write '-- Irreversible: reason' into the header"
             : "the way up must not depend on what its way down leaves behind";
    return false;
  }

  /// The first database that shows a mistake stays as it is.
  void start_anew(std::size_t revisions) {
    if (!first_mistake_) {
      first_mistake_ = std::move(database_);
      database_ = std::make_unique<BatteryDatabase>(run_);
    } else {
      database_->make_empty();
    }
    database_->run(Direction::up, {order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(revisions)});
  }

  BatteryRun& run_;
  std::vector<Index> order_;
  std::unique_ptr<BatteryDatabase> database_;
  std::unique_ptr<BatteryDatabase> first_mistake_;
};

} // namespace

void test_up_down_up(BatteryRun& run) { UpDownUp(run).run(); }

} // namespace retort
