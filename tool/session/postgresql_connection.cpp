#include "session/postgresql_connection.hpp"

#include "dialect/revision_table.hpp"
#include "text/printable.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace retort {
namespace {

/// Texts from a server are cut at this size before they are kept (S11).
constexpr std::size_t longest_text = 4000;

struct ResultClearer {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultClearer>;

std::string bounded(const char* text) {
  std::string out(text == nullptr ? "" : text);
  if (out.size() > longest_text) {
    out.resize(longest_text);
    out += " …";
  }
  while (out.ends_with('\n')) {
    out.pop_back();
  }
  return out;
}

void receive_notice(void* receiver, const PGresult* result) {
  const auto& on_notice = *static_cast<const PostgresqlConnection::OnNotice*>(receiver);
  const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (on_notice && severity != nullptr) {
    on_notice(fmt::format("{}: {}", severity, bounded(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY))));
  }
}

/// The byte at which the server's 1-based character position stands.
std::optional<std::size_t> byte_offset(std::string_view sql, const char* position) {
  if (position == nullptr) {
    return {};
  }
  const unsigned long number = std::strtoul(position, nullptr, 10);
  std::size_t offset = 0;
  for (unsigned long character = 1; character < number && offset < sql.size(); ++character) {
    offset += std::max<std::size_t>(1, utf8_sequence(sql.substr(offset)));
  }
  return number == 0 || offset >= sql.size() ? std::optional<std::size_t>() : offset;
}

bool writes_row(const Command& command) {
  return command.kind == CommandKind::record || command.kind == CommandKind::journal;
}

} // namespace

PostgresqlConnection::PostgresqlConnection(pg_conn* connection, Waiter& waiter, OnNotice on_notice)
    : connection_(connection), link_(connection, waiter), on_notice_(std::move(on_notice)),
      was_nonblocking_(PQisnonblocking(connection) == 1) {
  if (on_notice_) {
    PQsetNoticeReceiver(connection, receive_notice, &on_notice_);
  }
  PQsetnonblocking(connection, 1);
}

PostgresqlConnection::~PostgresqlConnection() {
  if (!was_nonblocking_) {
    PQsetnonblocking(connection_, 0);
  }
}

PostgresqlConnection::Transaction PostgresqlConnection::transaction() const {
  switch (PQtransactionStatus(connection_)) {
  case PQTRANS_IDLE: return PQpipelineStatus(connection_) == PQ_PIPELINE_OFF ? Transaction::none : Transaction::busy;
  case PQTRANS_INTRANS: return PQpipelineStatus(connection_) == PQ_PIPELINE_OFF ? Transaction::open : Transaction::busy;
  case PQTRANS_INERROR: return Transaction::failed;
  case PQTRANS_UNKNOWN: return Transaction::unknown;
  default: return Transaction::busy;
  }
}

int PostgresqlConnection::server_version() const { return PQserverVersion(connection_); }

bool PostgresqlConnection::has_standard_strings() const {
  const char* value = PQparameterStatus(connection_, "standard_conforming_strings");
  return value != nullptr && std::string_view(value) == "on";
}

int PostgresqlConnection::backend_pid() const { return PQbackendPID(connection_); }

bool PostgresqlConnection::is_exposed() const {
  const char* host = PQhost(connection_);
  const std::string_view name = host == nullptr ? "" : host;
  const bool local = name.empty() || name.starts_with('/') || name.starts_with('@') || name == "localhost" ||
                     name.starts_with("127.") || name == "::1";
  return !local && PQsslInUse(connection_) == 0;
}

DatabaseError PostgresqlConnection::connection_error() const {
  DatabaseError error;
  error.message = link_.given_up().empty() ? bounded(PQerrorMessage(connection_)) : link_.given_up();
  error.connection_lost = true;
  return error;
}

DatabaseError PostgresqlConnection::error_of(const PGresult* result, std::string_view sql) const {
  const auto field = [&](int code) { return bounded(PQresultErrorField(result, code)); };
  DatabaseError error;
  error.message = field(PG_DIAG_MESSAGE_PRIMARY);
  if (error.message.empty()) {
    error.message = bounded(PQresultErrorMessage(result));
  }
  error.code = field(PG_DIAG_SQLSTATE);
  error.detail = field(PG_DIAG_MESSAGE_DETAIL);
  error.hint = field(PG_DIAG_MESSAGE_HINT);
  error.context = field(PG_DIAG_CONTEXT);
  error.offset = byte_offset(sql, PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION));
  return error;
}

/// What COPY … TO STDOUT prints has nowhere to go.
Task<void> PostgresqlConnection::discard_copy() {
  char* data = nullptr;
  int size = 0;
  while ((size = PQgetCopyData(connection_, &data, 1)) >= 0 && !link_.is_lost()) {
    PQfreemem(data);
    if (size == 0) {
      co_await link_.input();
    }
  }
}

bool PostgresqlConnection::send(std::string_view sql) {
  const std::string text(sql);
  return PQsendQueryParams(connection_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
}

Task<PostgresqlConnection::Answer> PostgresqlConnection::receive(std::string_view sql, Rows rows) {
  Answer answer;
  bool answered = false;
  for (;;) {
    while (link_.is_busy()) {
      co_await link_.input();
    }
    const Result result(PQgetResult(connection_));
    if (!result) {
      break;
    }
    answered = true;
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COPY_IN) {
      // libpq has no end for it in a pipeline behind which it were known what follows.
      link_.give_up("COPY … FROM STDIN: there is no data to send, and the connection was closed");
      break;
    }
    if (status == PGRES_COPY_OUT) {
      co_await discard_copy();
    } else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && !answer.error) {
      answer.error = error_of(result.get(), sql);
    }
    answer.tag = PQcmdStatus(result.get());
    for (int row = 0; rows == Rows::kept && row < PQntuples(result.get()); ++row) {
      Row& values = answer.rows.emplace_back();
      for (int column = 0; column < PQnfields(result.get()); ++column) {
        values.push_back(PQgetisnull(result.get(), row, column) == 1
                             ? std::optional<std::string>()
                             : std::string(PQgetvalue(result.get(), row, column)));
      }
    }
  }
  if (!answered || !link_.given_up().empty()) {
    answer.error = connection_error();
  }
  if (answer.error) {
    // The server can say why it ends the connection before it does (F12): known only when everything was read.
    answer.error->connection_lost = link_.is_lost();
  }
  co_return answer;
}

Task<std::vector<PostgresqlConnection::Row>> PostgresqlConnection::query(std::string sql) {
  return query(std::move(sql), AtStop::limits);
}

Task<std::vector<PostgresqlConnection::Row>> PostgresqlConnection::query(std::string sql, AtStop at_stop) {
  link_.begin(at_stop);
  if (!send(sql)) {
    throw PostgresqlFailure{connection_error()};
  }
  Answer answer = co_await receive(sql, Rows::kept);
  if (answer.error) {
    throw PostgresqlFailure{*answer.error};
  }
  co_return std::move(answer.rows);
}

Task<void> PostgresqlConnection::receive_sync() {
  while (link_.is_busy()) {
    co_await link_.input();
  }
  const Result sync(PQgetResult(connection_));
}

Task<std::vector<PostgresqlConnection::Answer>> PostgresqlConnection::query_all(std::vector<std::string> statements) {
  std::vector<Answer> answers;
  link_.begin(AtStop::limits);
  PQenterPipelineMode(connection_);
  std::size_t sent = 0;
  while (sent < statements.size() && send(statements[sent]) && PQpipelineSync(connection_) == 1) {
    ++sent;
  }
  while (answers.size() < sent && !link_.is_lost()) {
    answers.push_back(co_await receive(statements[answers.size()], Rows::kept));
    co_await receive_sync();
  }
  PQexitPipelineMode(connection_);
  if (answers.size() < statements.size() || link_.is_lost()) {
    throw PostgresqlFailure{answers.empty() || !answers.back().error ? connection_error() : *answers.back().error};
  }
  co_return answers;
}

Task<std::optional<DatabaseError>> PostgresqlConnection::run(std::span<const Command> batch,
                                                             std::function<void()> on_ran, std::string last,
                                                             Delivery delivery) {
  // A statement that must not be in a pipeline (CREATE INDEX CONCURRENTLY, VACUUM) comes as a batch of its own.
  // It is not cancelled: nothing would undo the part of it that was done.
  if (batch.size() == 1 && !batch.front().transactional) {
    try {
      co_await query(std::string(batch.front().sql()), AtStop::nothing);
    } catch (const PostgresqlFailure& failure) {
      co_return failure.error;
    }
    on_ran();
    if (!last.empty()) {
      co_await query(std::move(last));
    }
    co_return std::nullopt;
  }
  link_.begin(AtStop::cancels);
  PQenterPipelineMode(connection_);
  std::size_t sent = 0;
  while (sent < batch.size() && send(batch[sent].sql())) {
    if (delivery == Delivery::prompt && batch[sent].kind == CommandKind::commit) {
      PQsendFlushRequest(connection_);
    }
    ++sent;
  }
  std::optional<DatabaseError> not_sent;
  if (sent < batch.size() || (!last.empty() && !send(last))) {
    not_sent = connection_error();
  }
  PQpipelineSync(connection_);
  std::optional<DatabaseError> error;
  std::exception_ptr thrown;
  for (std::size_t done = 0; done < sent && !(error && link_.is_lost()); ++done) {
    std::optional<DatabaseError> refused = co_await receive(batch[done]);
    if (error) {
      continue; // it was skipped
    }
    error = std::move(refused);
    if (error || thrown) {
      continue;
    }
    try {
      on_ran();
    } catch (...) {
      thrown = std::current_exception();
      link_.end();
    }
  }
  if (!not_sent && !last.empty() && !link_.is_lost()) {
    Answer answer = co_await receive(last, Rows::dropped);
    error = error ? error : std::move(answer.error);
  }
  if (!link_.is_lost()) {
    co_await receive_sync();
  }
  PQexitPipelineMode(connection_);
  co_await link_.settle();
  if (thrown) {
    std::rethrow_exception(thrown);
  }
  if (!error) {
    error = not_sent;
  }
  if (error) {
    error->connection_lost |= link_.is_lost();
  } else if (link_.is_lost()) {
    throw PostgresqlFailure{connection_error()};
  }
  co_return error;
}

Task<std::optional<DatabaseError>> PostgresqlConnection::receive(const Command& command) {
  Answer answer = co_await receive(command.sql(), Rows::dropped);
  if (writes_row(command) &&
      (answer.error ? revision_table::is_unwritten(answer.error->code) : answer.tag == "INSERT 0 0")) {
    answer.error = DatabaseError{};
    answer.error->message =
        "the row of the revision table was not written: a revision released Retort's lock, or the row is "
        "missing or already there";
  } else if (!answer.error && command.kind == CommandKind::commit && answer.tag == "ROLLBACK") {
    answer.error = DatabaseError{};
    answer.error->message = "the server rolled the transaction back instead of committing it";
  }
  co_return std::move(answer.error);
}

} // namespace retort
