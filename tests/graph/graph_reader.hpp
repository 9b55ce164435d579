#pragma once

#include "graph/drawing.hpp"

#include <map>
#include <set>
#include <stdexcept>

namespace retort {

/// For each revision of a drawing, those below that its lines lead to.
using Connections = std::map<Index, std::set<Index>>;

/// Reads a drawing back. Knows what the signs mean, and nothing of how they were chosen.
class GraphReader {
public:
  /// Throws std::runtime_error where the lines do not fit together.
  Connections read(const std::vector<GraphLine>& lines) {
    for (const GraphLine& line : lines) {
      line_ = line;
      leave();
      for (std::size_t column = 0; column < line.lanes.size(); ++column) {
        read_sign(column);
      }
      for (std::size_t column = 0; column < line.lanes.size(); ++column) {
        if (sign(column) == '_' && (column < 2 || sign(column - 2) != '_')) {
          carry(column);
        }
      }
    }
    line_ = {};
    leave();
    return std::move(connections_);
  }

private:
  /// How a line comes to a point between two lines of text, or leaves it.
  enum class Way { down, left, right };
  using Sources = std::set<Index>;
  using Point = std::map<Way, Sources>;

  void check(bool holds, std::size_t column, const std::string& what) const {
    if (!holds) {
      throw std::runtime_error(what + " at column " + std::to_string(column) + ": " + line_.lanes);
    }
  }

  char sign(std::size_t column) const { return column < line_.lanes.size() ? line_.lanes[column] : ' '; }

  /// The signs that lead on from a point.
  std::set<Way> ways_out(std::size_t column) const {
    std::set<Way> ways;
    if (sign(column) == '|' || sign(column) == '*') {
      ways.insert(Way::down);
    }
    if (column > 0 && sign(column - 1) == '/') {
      ways.insert(Way::left);
    }
    if (sign(column + 1) == '\\') {
      ways.insert(Way::right);
    }
    return ways;
  }

  /// Distributes what arrived at each point. It goes everywhere where there is one way in or one way out; otherwise the
  /// lines cross, and each keeps its direction.
  void leave() {
    leaving_.clear();
    for (const auto& [column, point] : arrived_) {
      const std::set<Way> ways = ways_out(column);
      check(!ways.empty() || bases_.contains(column), column, "a line ends in nothing");
      for (const Way way : ways) {
        if (point.size() == 1 || ways.size() == 1) {
          for (const auto& [in, sources] : point) {
            leaving_[column][way].insert(sources.begin(), sources.end());
          }
        } else {
          check(point.size() == ways.size() && point.contains(way), column, "lines meet without a clear way on");
          leaving_[column][way] = point.at(way);
        }
      }
    }
    arrived_.clear();
    bases_.clear();
  }

  void read_sign(std::size_t column) {
    const char c = sign(column);
    check(c == ' ' || (column % 2 == 1) == (c == '/' || c == '\\' || c == '_'), column, "a sign in a wrong column");
    switch (c) {
    case ' ':
    case '_': break;
    case '*': read_revision(column); break;
    case '|': pass(column, Way::down, column); break;
    case '/': pass(column + 1, Way::left, column - 1); break;
    case '\\': pass(column - 1, Way::right, column + 1); break;
    default: check(false, column, "an unknown sign");
    }
  }

  void read_revision(std::size_t column) {
    check(line_.revision && connections_.try_emplace(*line_.revision).second, column, "a star of no revision");
    if (leaving_.contains(column)) {
      for (const Index above : leaving_.at(column).at(Way::down)) {
        connections_[above].insert(*line_.revision);
      }
    }
    arrived_[column][Way::down] = {*line_.revision};
    bases_.insert(column);
  }

  void pass(std::size_t from, Way way, std::size_t to) {
    check(leaving_.contains(from), from, "a line begins in nothing");
    check(arrived_[to].try_emplace(way, leaving_.at(from).at(way)).second, to, "a way is used twice");
  }

  /// Moves what arrived at one end of a horizontal line to its other end.
  void carry(std::size_t first) {
    std::size_t last = first;
    while (sign(last + 2) == '_') {
      last += 2;
    }
    const bool from_right = sign(last + 2) == '/';
    const bool from_left = first >= 2 && sign(first - 2) == '\\';
    check(from_right != from_left, first, "a horizontal line without a direction");
    const Way way = from_right ? Way::left : Way::right;
    const auto moved = arrived_.at(from_right ? last + 1 : first - 1).extract(way);
    const std::size_t to = from_right ? first - 1 : last + 1;
    check(arrived_[to].try_emplace(way, moved.mapped()).second, to, "a way is used twice");
  }

  GraphLine line_;
  std::map<std::size_t, Point> arrived_; ///< at the points between this line and the next, by column
  std::map<std::size_t, Point> leaving_; ///< the points between the line above and this one
  std::set<std::size_t> bases_;          ///< columns of this line in which a line may end
  Connections connections_;
};

} // namespace retort
