#include "cli/arguments.hpp"

#include "text/diagnostic.hpp"

#include <fmt/format.h>

#include <charconv>
#include <typeinfo>

namespace retort {
namespace {

/// cxxopts tells the type of a value only by refusing another one.
bool is_flag(const cxxopts::OptionValue& value) {
  try {
    value.as<bool>();
    return true;
  } catch (const std::bad_cast&) {
    return false;
  }
}

} // namespace

void fail_usage(std::string message, std::string hint) {
  throw Failure(Exit::usage, {Severity::error, std::move(message), {}, {}, std::move(hint)});
}

std::optional<std::string> Arguments::text(const std::string& option) const {
  if (!has(option)) {
    return {};
  }
  return parsed_[option].as<std::string>();
}

std::vector<std::string> Arguments::texts(const std::string& option) const {
  if (!has(option)) {
    return {};
  }
  return parsed_[option].as<std::vector<std::string>>();
}

std::optional<long> Arguments::number(const std::string& option) const {
  const auto value = text(option);
  if (!value) {
    return {};
  }
  long number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size() || number < 0) {
    fail_usage(fmt::format("--{} needs a whole number, not '{}'", option, *value));
  }
  return number;
}

std::vector<Arguments::Given> Arguments::given() const {
  std::vector<Given> given;
  for (const cxxopts::KeyValue& option : parsed_.arguments()) {
    given.push_back({option.key(), is_flag(parsed_[option.key()]) ? std::nullopt : std::optional(option.value())});
  }
  return given;
}

const std::string& Arguments::single(std::string_view what) const {
  if (positional_.empty()) {
    fail_usage(fmt::format("{} is missing", what));
  }
  if (positional_.size() > 1) {
    fail_usage(fmt::format("unexpected argument '{}'", positional_[1]));
  }
  return positional_.front();
}

void Arguments::expect_none() const {
  if (!positional_.empty()) {
    fail_usage(fmt::format("unexpected argument '{}'", positional_.front()));
  }
}

} // namespace retort
