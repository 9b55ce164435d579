#include "tasks.hpp"

#include <both_history.hpp>
#include <libpq-fe.h>
#include <retort/postgresql.hpp>

#include <stdexcept>

namespace {

class PostgresqlTasks : public Tasks {
public:
  PostgresqlTasks(const std::string& url, const retort::Options& options)
      : connection_(PQconnectdb(url.c_str()), PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      throw std::runtime_error(PQerrorMessage(connection_.get()));
    }
    retort::upgrade(connection_.get(), both::history, options);
  }

  void add(const std::string& text, int priority) override {
    run("INSERT INTO task (text, priority) VALUES ($1, $2)", {text, std::to_string(priority)});
  }

  std::vector<std::string> texts() override {
    const Result rows = run("SELECT text FROM task ORDER BY priority DESC, number", {});
    std::vector<std::string> texts;
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
      texts.emplace_back(PQgetvalue(rows.get(), row, 0));
    }
    return texts;
  }

private:
  using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

  Result run(const char* sql, const std::vector<std::string>& parameters) {
    std::vector<const char*> values;
    for (const std::string& parameter : parameters) {
      values.push_back(parameter.c_str());
    }
    Result result(PQexecParams(connection_.get(), sql, static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                               nullptr, 0),
                  PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      throw std::runtime_error(PQresultErrorMessage(result.get()));
    }
    return result;
  }

  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

} // namespace

std::unique_ptr<Tasks> open_postgresql_tasks(const std::string& url, const retort::Options& options) {
  return std::make_unique<PostgresqlTasks>(url, options);
}
