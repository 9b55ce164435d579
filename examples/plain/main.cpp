// plain ACCOUNT CENTS: books an amount and prints the account's balance. DATABASE_URL names the database.

#include <libpq-fe.h>
#include <plain_history.hpp>
#include <retort/postgresql.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

Connection connect(const char* url) {
  Connection connection(PQconnectdb(url), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  return connection;
}

Result run(const Connection& connection, const char* sql, const std::vector<const char*>& parameters) {
  Result result(PQexecParams(connection.get(), sql, static_cast<int>(parameters.size()), nullptr, parameters.data(),
                             nullptr, nullptr, 0),
                PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw std::runtime_error(PQresultErrorMessage(result.get()));
  }
  return result;
}

} // namespace

int main(int argc, char** argv) {
  const char* url = std::getenv("DATABASE_URL");
  if (argc != 3 || url == nullptr) {
    std::cerr << "usage: DATABASE_URL=URL plain ACCOUNT CENTS\n";
    return 2;
  }
  try {
    const Connection connection = connect(url);
    const retort::Report report = retort::upgrade(connection.get(), plain::history);
    for (const retort::MigratedRevision& step : report.committed) {
      std::cout << "applied " << step.revision.id << ": " << step.revision.message << '\n';
    }
    run(connection, "INSERT INTO entry (account, cents) VALUES ($1, $2)", {argv[1], argv[2]});
    const Result sum = run(connection, "SELECT sum(cents) FROM entry WHERE account = $1", {argv[1]});
    std::cout << argv[1] << " has " << PQgetvalue(sum.get(), 0, 0) << " cents\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
