#include "script/depfile.hpp"

#include <string_view>

namespace retort {
namespace {

std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '$') {
      out += '$';
    } else if (c == ' ' || c == '#' || c == '\\') {
      out += '\\';
    }
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
