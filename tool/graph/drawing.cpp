#include "graph/drawing.hpp"

#include "history/state.hpp"

#include <algorithm>
#include <cstddef>

namespace retort {
namespace {

using Lane = std::size_t;

class GraphDrawing {
public:
  GraphDrawing(const History& history, const std::vector<Index>& order) : history_(history), members_(history.size()) {
    for (const Index index : order) {
      members_.add(index);
    }
  }

  void add(Index index) {
    const Lane lane = find(index);
    if (lane == lanes_.size()) {
      separate(lane);
      lanes_.push_back(index);
    }
    std::string line = straight(lanes_.size());
    line[2 * lane] = '*';
    lines_.push_back({std::move(line), index});
    connect(index, lane);
  }

  std::vector<GraphLine> lines() && { return std::move(lines_); }

private:
  /// The lane that leads to a revision, or the first free one.
  Lane find(Index index) const {
    return static_cast<Lane>(std::find(lanes_.begin(), lanes_.end(), index) - lanes_.begin());
  }

  /// A base that ended in this lane, on the line above, must not look like a child of what begins there.
  void separate(Lane lane) {
    if (!lines_.empty() && lines_.back().revision && lines_.back().lanes.size() > 2 * lane) {
      add_line(straight(lane));
    }
  }

  /// Leads the lane of a revision, which was just drawn, to its parents.
  void connect(Index index, Lane lane) {
    std::vector<Lane> left;
    std::vector<Lane> right;
    std::vector<Index> fresh;
    for (const Index parent : history_.parents(index)) {
      if (members_.contains(parent)) {
        const Lane other = find(parent);
        if (other == lanes_.size()) {
          fresh.push_back(parent);
        } else {
          (other < lane ? left : right).push_back(other);
        }
      }
    }
    std::sort(left.begin(), left.end());
    std::sort(right.rbegin(), right.rend());
    // The lane goes on to a parent that no other one awaits, or takes over the nearest lane to the right. Otherwise it
    // ends in the nearest one to the left.
    std::optional<Lane> ending;
    if (fresh.empty() && !right.empty()) {
      ending = right.back();
      right.pop_back();
    } else if (fresh.empty() && !left.empty()) {
      ending = left.back();
      left.pop_back();
    }
    for (const Lane other : left) {
      reach_left(lane, other);
    }
    for (const Lane other : right) {
      reach_right(lane, other);
    }
    if (!fresh.empty()) {
      lanes_[lane] = fresh.front();
      for (std::size_t i = fresh.size() - 1; i > 0; --i) {
        fork(lane, fresh[i]);
      }
    } else if (ending) {
      lanes_[std::min(lane, *ending)] = lanes_[*ending];
      join(std::max(lane, *ending), std::min(lane, *ending));
    } else {
      end(lane);
    }
  }

  /// A line from one lane to another on its left, while both go on.
  void reach_left(Lane from, Lane to) {
    std::string line = straight(lanes_.size());
    line[2 * from - 1] = '/';
    carry(line, to + 1, from - 1);
    add_line(std::move(line));
    arrive_left(from, to);
  }

  /// A line from one lane to another on its right, while both go on.
  void reach_right(Lane from, Lane to) {
    std::string line = straight(lanes_.size());
    line[2 * from + 1] = '\\';
    carry(line, from + 1, to - 1);
    add_line(std::move(line));
    if (to > from + 1) {
      line = straight(lanes_.size());
      line[2 * to - 1] = '\\';
      add_line(std::move(line));
    }
  }

  /// Ends a lane in another one on its left; those on its right move up.
  void join(Lane from, Lane to) {
    std::string line = straight(lanes_.size());
    step_left(line, from);
    carry(line, to + 1, from - 1);
    add_line(std::move(line));
    lanes_.erase(lanes_.begin() + static_cast<std::ptrdiff_t>(from));
    arrive_left(from, to);
  }

  /// The second line of a way to the left: the first one leads over the lanes between, when there are any.
  void arrive_left(Lane from, Lane to) {
    if (from > to + 1) {
      std::string line = straight(lanes_.size());
      line[2 * to + 1] = '/';
      add_line(std::move(line));
    }
  }

  /// Begins a lane on the right of another one; those on its right make room.
  void fork(Lane from, Index parent) {
    std::string line = straight(from + 1);
    line.resize(2 * lanes_.size(), ' ');
    for (Lane lane = from; lane < lanes_.size(); ++lane) {
      line[2 * lane + 1] = '\\';
    }
    add_line(std::move(line));
    lanes_.insert(lanes_.begin() + static_cast<std::ptrdiff_t>(from) + 1, parent);
  }

  /// Ends a lane at a base; those on its right move up.
  void end(Lane ended) {
    if (ended + 1 < lanes_.size()) {
      std::string line = straight(lanes_.size());
      line[2 * ended] = ' ';
      step_left(line, ended + 1);
      add_line(std::move(line));
    }
    lanes_.erase(lanes_.begin() + static_cast<std::ptrdiff_t>(ended));
  }

  /// The first lanes, going straight down.
  static std::string straight(std::size_t count) {
    std::string line(count == 0 ? 0 : 2 * count - 1, ' ');
    for (Lane lane = 0; lane < count; ++lane) {
      line[2 * lane] = '|';
    }
    return line;
  }

  /// All lanes from `first` on go one to the left.
  void step_left(std::string& line, Lane first) const {
    for (Lane lane = first; lane < lanes_.size(); ++lane) {
      line[2 * lane] = ' ';
      line[2 * lane - 1] = '/';
    }
    line.resize(2 * lanes_.size() - 2);
  }

  /// A horizontal line between two lanes.
  static void carry(std::string& line, Lane left, Lane right) {
    for (Lane lane = left; lane < right; ++lane) {
      line[2 * lane + 1] = '_';
    }
  }

  void add_line(std::string lanes) { lines_.push_back({std::move(lanes), {}}); }

  const History& history_;
  State members_;
  std::vector<Index> lanes_; ///< the revision to which each leads
  std::vector<GraphLine> lines_;
};

} // namespace

std::vector<GraphLine> draw(const History& history, const std::vector<Index>& order) {
  GraphDrawing drawing(history, order);
  for (const Index index : order) {
    drawing.add(index);
  }
  return std::move(drawing).lines();
}

} // namespace retort
