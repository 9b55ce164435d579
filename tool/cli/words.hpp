#pragma once

#include <set>
#include <string>
#include <vector>

namespace retort {

/// A command line taken apart. What takes a value stands before it among the options.
struct Words {
  std::vector<std::string> options;
  std::vector<std::string> operands;
};

/// Takes arguments apart; `valued` are the options that take a value, such as `-u` and `--url`. A value may begin with
/// a dash (`-r -3:current`) or stand right behind its letter (`-r-3:current`). `-1` is a target, no option, and behind
/// `--` there are operands only.
Words split_words(const std::vector<std::string>& arguments, const std::set<std::string, std::less<>>& valued);

} // namespace retort
