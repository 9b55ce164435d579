#include "session/postgresql_connection.hpp"

#include "text/printable.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace retort {
namespace {

/// Texts from a server are cut at this size before they are kept (S11).
constexpr std::size_t longest_text = 4000;

struct ResultClearer {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultClearer>;

struct OptionsFreer {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

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

/// The options of `target` with Retort's own defaults. libpq's complaint about a string that it cannot parse repeats
/// parts of it, perhaps of a password: it is not passed on (S4).
std::pair<std::vector<const char*>, std::vector<const char*>> keywords(const PQconninfoOption* options) {
  std::pair<std::vector<const char*>, std::vector<const char*>> pairs;
  const auto add = [&](const char* key, const char* value) {
    pairs.first.push_back(key);
    pairs.second.push_back(value);
  };
  add("fallback_application_name", "retort");
  if (std::getenv("PGCONNECT_TIMEOUT") == nullptr) {
    add("connect_timeout", "10");
  }
  // A network that goes silent must not be waited for for hours.
  add("keepalives_idle", "60");
  add("keepalives_interval", "10");
  add("keepalives_count", "6");
  add("tcp_user_timeout", "120000");
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      add(option->keyword, option->val);
    }
  }
  // Behind the user's own: sources are UTF-8, and RESET ALL comes back to what a session started with.
  add("client_encoding", "UTF8");
  add(nullptr, nullptr);
  return pairs;
}

} // namespace

void PostgresqlConnection::Closer::operator()(pg_conn* connection) const { PQfinish(connection); }

PostgresqlConnection::PostgresqlConnection(const std::string& target, OnNotice on_notice)
    : on_notice_(std::move(on_notice)) {
  char* complaint = nullptr;
  const std::unique_ptr<PQconninfoOption, OptionsFreer> options(PQconninfoParse(target.c_str(), &complaint));
  PQfreemem(complaint);
  if (!options) {
    throw Failure(Exit::usage, {Severity::error,
                                "libpq cannot parse the database URL",
                                {},
                                {},
                                "write postgresql://user@host/name, special characters as %XX, or host=… dbname=…"});
  }
  const auto [keys, values] = keywords(options.get());
  connection_.reset(PQconnectdbParams(keys.data(), values.data(), 0));
  if (!connection_) {
    throw std::bad_alloc();
  }
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    DatabaseError error = connection_error();
    const std::string password = PQpass(connection_.get()) != nullptr ? PQpass(connection_.get()) : "";
    for (std::size_t at = 0; !password.empty() && (at = error.message.find(password, at)) != std::string::npos;) {
      error.message.replace(at, password.size(), "***");
    }
    error.hint = "check that the server runs and that the URL names it";
    throw Failure(Exit::database, explain(error, "cannot connect"));
  }
  PQsetNoticeReceiver(connection_.get(), receive_notice, &on_notice_);
  PQsetnonblocking(connection_.get(), 1);
}

PostgresqlConnection::~PostgresqlConnection() = default;

bool PostgresqlConnection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

int PostgresqlConnection::server_version() const { return PQserverVersion(connection_.get()); }

bool PostgresqlConnection::has_standard_strings() const {
  const char* value = PQparameterStatus(connection_.get(), "standard_conforming_strings");
  return value != nullptr && std::string_view(value) == "on";
}

int PostgresqlConnection::backend_pid() const { return PQbackendPID(connection_.get()); }

bool PostgresqlConnection::is_exposed() const {
  const char* host = PQhost(connection_.get());
  const std::string_view name = host == nullptr ? "" : host;
  const bool local = name.empty() || name.starts_with('/') || name.starts_with('@') || name == "localhost" ||
                     name.starts_with("127.") || name == "::1";
  return !local && PQsslInUse(connection_.get()) == 0;
}

DatabaseError PostgresqlConnection::connection_error() const {
  DatabaseError error;
  error.message = bounded(PQerrorMessage(connection_.get()));
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

bool PostgresqlConnection::is_lost() const { return PQstatus(connection_.get()) == CONNECTION_BAD; }

/// Waits until the server sent something, meanwhile handing over what is still to be sent.
void PostgresqlConnection::wait() {
  const int unsent = PQflush(connection_.get());
  pollfd socket{PQsocket(connection_.get()), static_cast<short>(POLLIN | (unsent == 1 ? POLLOUT : 0)), 0};
  if (socket.fd < 0) {
    return;
  }
  while (::poll(&socket, 1, -1) < 0 && errno == EINTR) {
  }
  if ((socket.revents & ~POLLOUT) != 0) {
    PQconsumeInput(connection_.get());
  }
}

PGresult* PostgresqlConnection::next_result() {
  while (PQisBusy(connection_.get()) == 1 && !is_lost()) {
    wait();
  }
  return PQgetResult(connection_.get());
}

/// What COPY … TO STDOUT prints has nowhere to go.
void PostgresqlConnection::discard_copy() {
  char* data = nullptr;
  int size = 0;
  while ((size = PQgetCopyData(connection_.get(), &data, 1)) >= 0 && !is_lost()) {
    PQfreemem(data);
    if (size == 0) {
      wait();
    }
  }
}

std::vector<PostgresqlConnection::Row> PostgresqlConnection::query(std::string_view sql) {
  const std::string text(sql);
  if (PQsendQueryParams(connection_.get(), text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
    throw PostgresqlFailure{connection_error()};
  }
  std::vector<Row> rows;
  std::optional<DatabaseError> error;
  while (const Result result{next_result()}) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COPY_OUT) {
      discard_copy();
    } else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && !error) {
      error = error_of(result.get(), sql);
    }
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      Row& values = rows.emplace_back();
      for (int column = 0; column < PQnfields(result.get()); ++column) {
        values.push_back(PQgetisnull(result.get(), row, column) == 1
                             ? std::optional<std::string>()
                             : std::string(PQgetvalue(result.get(), row, column)));
      }
    }
  }
  if (error) {
    // The server can say why it ends the connection before it does (F12): known only when everything was read.
    error->connection_lost = is_lost();
    throw PostgresqlFailure{*error};
  }
  return rows;
}

PostgresqlConnection::Outcome PostgresqlConnection::run(std::span<const Command> batch) {
  Outcome outcome;
  // A statement that must not be in a pipeline (CREATE INDEX CONCURRENTLY, VACUUM) comes as a batch of its own.
  if (batch.size() == 1 && !batch.front().transactional) {
    try {
      query(batch.front().sql());
      outcome.completed = 1;
    } catch (const PostgresqlFailure& failure) {
      outcome.error = failure.error;
    }
    return outcome;
  }
  PQenterPipelineMode(connection_.get());
  std::size_t sent = 0;
  while (sent < batch.size() && send(batch[sent])) {
    ++sent;
  }
  std::optional<DatabaseError> not_sent;
  if (sent < batch.size()) {
    not_sent = connection_error();
  }
  PQpipelineSync(connection_.get());
  while (outcome.completed < sent && !(outcome.error = receive(batch[outcome.completed]))) {
    ++outcome.completed;
  }
  for (std::size_t skipped = outcome.completed + 1; skipped < sent && !is_lost(); ++skipped) {
    receive(batch[skipped]);
  }
  if (!is_lost()) {
    const Result sync{next_result()};
  }
  PQexitPipelineMode(connection_.get());
  if (!outcome.error) {
    outcome.error = not_sent;
  }
  if (outcome.error) {
    outcome.error->connection_lost |= is_lost();
  }
  return outcome;
}

bool PostgresqlConnection::send(const Command& command) {
  const std::string text(command.sql());
  return PQsendQueryParams(connection_.get(), text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
}

std::optional<DatabaseError> PostgresqlConnection::receive(const Command& command) {
  std::optional<DatabaseError> error;
  bool answered = false;
  while (const Result result{next_result()}) {
    answered = true;
    const ExecStatusType status = PQresultStatus(result.get());
    const std::string_view tag = PQcmdStatus(result.get());
    const std::string_view changed = PQcmdTuples(result.get());
    if (status == PGRES_COPY_OUT) {
      discard_copy();
    } else if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      error = error ? error : error_of(result.get(), command.sql());
    } else if (command.kind == CommandKind::commit && tag != "COMMIT") {
      error = DatabaseError{};
      error->message = "the server rolled the transaction back instead of committing it";
    } else if ((command.kind == CommandKind::record || command.kind == CommandKind::journal) && changed != "1") {
      error = DatabaseError{};
      error->message =
          "the row of the revision table was not written: a revision released Retort's lock, or the row is "
          "missing or already there";
    }
  }
  if (!answered && !error) {
    error = connection_error();
  }
  return error;
}

} // namespace retort
