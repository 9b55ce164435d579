#include "script/depfile.hpp"

#include <string_view>

namespace retort {
namespace {

/// A backslash stands for itself, except in a run of them before a space: there each is doubled.
std::string escaped(std::string_view path) {
  std::string out;
  std::size_t backslashes = 0;
  for (const char c : path) {
    if (c == ' ') {
      out.append(backslashes + 1, '\\');
    } else if (c == '#') {
      out += '\\';
    } else if (c == '$') {
      out += '$';
    }
    backslashes = c == '\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out;
}

} // namespace

std::string write_depfile(const std::string& output, const std::vector<std::string>& inputs) {
  std::string out = escaped(output) + ":";
  for (const std::string& input : inputs) {
    out += " \\\n  " + escaped(input);
  }
  return out + "\n";
}

} // namespace retort
