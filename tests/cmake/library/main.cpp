#include "early.hpp"

#include <app_history.hpp>
#include <other.history.hpp>
#include <renamed.hpp>

#include <cstdio>
#include <string>

// What a header says of its history is known while the program is compiled.
static_assert(app::history.size() > 0);
static_assert(app::history.has(retort::Dialect::sqlite) && app::history.has(retort::Dialect::postgresql));
static_assert(other_one::history.has(retort::Dialect::sqlite) && !other_one::history.has(retort::Dialect::postgresql));
static_assert(company::v1::history.size() == app::history.size());

namespace {

constinit const retort::EmbeddedHistory copy = app::history;

std::string list(const retort::EmbeddedHistory& history) {
  std::string out;
  for (std::size_t i = 0; i < history.size(); ++i) {
    out.append(history.path(i)).append(": ").append(history.id(i)).append(" ").append(history.message(i));
    out.append(" ").append(history.checksum(retort::Dialect::sqlite, i), 0, 8).append("\n");
  }
  for (std::size_t i = 0; i < history.head_count(); ++i) {
    out.append("head ").append(history.id(history.head(i))).append("\n");
  }
  return out;
}

} // namespace

/// With an argument: everything that is embedded of `app`.
int main(int argc, char**) {
  const std::string out = argc > 1 ? std::string(copy.data().text) : early() + list(copy) + list(other_one::history);
  std::fwrite(out.data(), 1, out.size(), stdout);
}
