#include "library/libpq_client.hpp"

#include <libpq-fe.h>
#include <retort/postgresql.hpp>

#include <stdexcept>
#include <utility>

namespace retort {

LibpqClient::LibpqClient(const std::string& url) : connection_(PQconnectdb(url.c_str()), PQfinish) {
  if (PQstatus(get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(get()));
  }
  PQsetNoticeProcessor(
      get(), [](void* notices, const char* text) { *static_cast<std::string*>(notices) += text; }, &notices_);
}

std::string LibpqClient::take_notices() { return std::exchange(notices_, {}); }

std::string LibpqClient::run(const std::string& sql) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(get(), sql.c_str()), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    throw std::runtime_error(PQerrorMessage(get()));
  }
  std::string rows;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      rows += column > 0 ? "|" : "";
      rows += PQgetvalue(result.get(), row, column);
    }
    rows += '\n';
  }
  return rows;
}

Report LibpqClient::upgrade(const EmbeddedHistory& history, const Options& options) {
  return retort::upgrade(get(), history, options);
}

Report LibpqClient::downgrade(const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return retort::downgrade(get(), history, target, options);
}

Report LibpqClient::stamp(const EmbeddedHistory& history, std::string_view target, const Options& options) {
  return retort::stamp(get(), history, target, options);
}

std::vector<std::string> LibpqClient::current(const EmbeddedHistory& history) {
  return retort::current(get(), history);
}

std::vector<RevisionName> LibpqClient::pending(const EmbeddedHistory& history, const Options& options) {
  return retort::pending(get(), history, options);
}

Status LibpqClient::check(const EmbeddedHistory& history, const Options& options) {
  return retort::check(get(), history, options);
}

} // namespace retort
