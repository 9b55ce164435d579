#pragma once

#include "session/session.hpp"

#include <retort/program.hpp>

#include <memory>

namespace retort {

struct Driver {
  Dialect dialect;
  std::unique_ptr<Session> (*open)(const Url& url, const SessionOptions& options);
};

} // namespace retort
