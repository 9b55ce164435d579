#include "visits.hpp"

#include <libpq-fe.h>

#include <stdexcept>

namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

Result run(PGconn* connection, const char* sql, const std::string& parameter) {
  const char* parameters[] = {parameter.c_str()};
  Result result(PQexecParams(connection, sql, 1, nullptr, parameters, nullptr, nullptr, 0), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw std::runtime_error(PQresultErrorMessage(result.get()));
  }
  return result;
}

} // namespace

Visits::Visits(const std::string& url) : connection_(PQconnectdb(url.c_str()), PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(connection_.get()));
  }
}

std::string Visits::add(const std::string& name) {
  run(connection_.get(), "INSERT INTO visit (name) VALUES ($1)", name);
  const Result count = run(connection_.get(), "SELECT count(*) FROM visit WHERE name = $1", name);
  return PQgetvalue(count.get(), 0, 0);
}
