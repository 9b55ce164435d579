#include "early.hpp"

#include <app_history.hpp>
#include <other.history.hpp>
#include <renamed.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
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

/// Whether the bytes of that file stand in `app` exactly once.
bool is_embedded(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::string_view text = copy.data().text;
  return !bytes.empty() && text.find(bytes) != std::string_view::npos && text.find(bytes) == text.rfind(bytes);
}

} // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    return is_embedded(argv[1]) ? 0 : 1;
  }
  const std::string out = early() + list(copy) + list(other_one::history);
  std::fwrite(out.data(), 1, out.size(), stdout);
}
