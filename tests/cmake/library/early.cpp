#include "early.hpp"

#include <app_history.hpp>

namespace {

/// A static object's constructor runs in no known order with those of other files.
struct Early {
  std::string found = "before main: " + std::string(app::history.message(0)) + "\n";
};

const Early object;

} // namespace

std::string early() { return object.found; }
