#include "program/driver.hpp"
#include "session/postgresql_session.hpp"

namespace retort {
namespace {

std::unique_ptr<Session> open(const Url& url, const SessionOptions& options) {
  return std::make_unique<PostgresqlSession>(url, options);
}

} // namespace

const Driver postgresql_driver = {Dialect::postgresql, open};

} // namespace retort
