#include "cli/words.hpp"

namespace retort {
namespace {

bool is_option(std::string_view argument) {
  return argument.size() > 1 && argument[0] == '-' && (argument[1] < '0' || argument[1] > '9');
}

} // namespace

Words split_words(const std::vector<std::string>& arguments, const std::set<std::string, std::less<>>& valued) {
  Words words;
  for (auto next = arguments.begin(); next != arguments.end();) {
    const std::string& argument = *next++;
    if (argument == "--") {
      words.operands.insert(words.operands.end(), next, arguments.end());
      break;
    }
    if (!is_option(argument)) {
      words.operands.push_back(argument);
      continue;
    }
    bool takes_next = valued.contains(argument);
    std::size_t value = argument.size();
    // -vusqlite:app.db: letters, the last of which takes the rest or, where there is none, the next argument.
    for (std::size_t i = 1; argument[1] != '-' && i < value; ++i) {
      if (valued.contains({'-', argument[i]})) {
        value = i + 1;
        takes_next = value == argument.size();
      }
    }
    words.options.push_back(argument.substr(0, value));
    if (value < argument.size()) {
      words.options.push_back(argument.substr(value));
    } else if (takes_next && next != arguments.end()) {
      words.options.push_back(*next++);
    }
  }
  return words;
}

} // namespace retort
