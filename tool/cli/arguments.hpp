#pragma once

#include <cxxopts.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// The command line of one command, parsed: Retort's global options, the command's own, and its positional arguments.
class Arguments {
public:
  Arguments(const cxxopts::ParseResult& parsed, std::vector<std::string> positional)
      : parsed_(parsed), positional_(std::move(positional)) {}

  bool has(const std::string& option) const { return parsed_.count(option) > 0; }

  /// The option's value, where it was given.
  std::optional<std::string> text(const std::string& option) const;
  std::vector<std::string> texts(const std::string& option) const;

  /// The option's value as a whole number. Throws Failure (Exit::usage).
  std::optional<long> number(const std::string& option) const;

  /// An option as it was given, by its long name; a flag has no value.
  struct Given {
    std::string option;
    std::optional<std::string> value;
  };

  /// What was given of options, in its order.
  std::vector<Given> given() const;

  const std::vector<std::string>& positional() const { return positional_; }

  /// The single positional argument. Throws Failure (Exit::usage), saying that `what` is missing or that there is too
  /// much.
  const std::string& single(std::string_view what) const;
  void expect_none() const;

private:
  cxxopts::ParseResult parsed_;
  std::vector<std::string> positional_;
};

/// The exception for a command line that cannot be used.
[[noreturn]] void fail_usage(std::string message, std::string hint = "--help lists the commands and options");

} // namespace retort
