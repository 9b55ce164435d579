#include "cli/question.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace retort {

bool can_ask(const Context& context) {
  return context.console().format != Format::json && ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

bool confirm(const std::string& question) {
  fmt::print(stderr, "{} [y/N] ", question);
  std::string answer;
  if (!std::getline(std::cin, answer)) {
    fmt::print(stderr, "\n");
    fail_usage("the input ended before this was answered", "answer y or n, or use the option that says it");
  }
  return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace retort
