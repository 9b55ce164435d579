#include "cli/commands.hpp"
#include "server/server.hpp"
#if RETORT_POSTGRESQL
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#endif

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("socket-directory", "where its socket lies (default: a new folder in /tmp)", cxxopts::value<std::string>(),
          "DIR");
  options("bindir", "the folder of initdb and postgres", cxxopts::value<std::string>(), "DIR");
  options("watch-parent", "end the server when the process that runs this command ends");
}

std::optional<pid_t> watched(const Arguments& arguments) {
  return arguments.has("watch-parent") ? std::optional(::getppid()) : std::nullopt;
}

nlohmann::json to_json(const Server& server) {
  return {{"url", server.uri}, {"data", server.data.string()}, {"log", server.log.string()}};
}

Exit start(const Context& context, const std::string& directory) {
  ServerOptions options;
  options.directory = directory;
  options.socket_directory = context.arguments().text("socket-directory").value_or("");
  options.bindir = context.arguments().text("bindir").value_or("");
  options.watched = watched(context.arguments());
  const Server server = start_server(options);
  context.console().line(server.uri);
  context.console().finish(to_json(server));
  return Exit::fine;
}

Exit stop(const Context& context, const std::string& directory) {
  const StopOutcome outcome = stop_server(directory, watched(context.arguments()));
  context.console().line(outcome == StopOutcome::stopped         ? "stopped"
                         : outcome == StopOutcome::still_watched ? "left running for another test run"
                                                                 : "not running");
  context.console().finish({{"stopped", outcome == StopOutcome::stopped}});
  return Exit::fine;
}

Exit status(const Context& context, const std::string& directory) {
  const std::optional<Server> server = find_server(directory);
  if (server) {
    context.console().line(server->uri);
    context.console().line(fmt::format("data  {}", server->data.string()));
    context.console().line(fmt::format("log   {}", server->log.string()));
  } else {
    context.console().line("not running");
  }
  context.console().finish(server ? to_json(*server) : nlohmann::json{{"url", nullptr}});
  return server ? Exit::fine : Exit::database;
}

/// Names that this command may drop: a typing mistake must not cost a real database.
constexpr std::string_view test_prefix = "retort_";

Exit create_database(const Context& context, const std::string& url, const std::string& name) {
#if RETORT_POSTGRESQL
  if (!name.starts_with(test_prefix) || name.size() > 63) {
    fail_usage(fmt::format("'{}' cannot be a test database's name", name),
               fmt::format("it begins with '{}' and has at most 63 characters", test_prefix));
  }
  try {
    const PostgresqlHandle handle = connect_postgresql(parse_url(url).target);
    Waiter waiter;
    PostgresqlConnection connection(handle.get(), waiter, {});
    for (const char* statement : {"DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {} TEMPLATE template0"}) {
      run_blocking(waiter, connection.query(fmt::format(fmt::runtime(statement), retort::quoted(name))));
    }
  } catch (const PostgresqlFailure& failure) {
    throw Failure(Exit::database, explain(failure.error, fmt::format("cannot create the database {}", name)));
  }
  context.console().line(name);
  context.console().finish({{"database", name}});
  return Exit::fine;
#else
  static_cast<void>(context);
  fail_usage(fmt::format("cannot create {} on {}: this build of Retort cannot connect to PostgreSQL", name,
                         parse_url(url).display()),
             "configure Retort with RETORT_POSTGRESQL=ON");
#endif
}

Exit run(const Context& context) {
  const auto& positional = context.arguments().positional();
  const std::string action = positional.empty() ? "" : positional.front();
  if (action == "database" && positional.size() == 3) {
    return create_database(context, positional[1], positional[2]);
  }
  if (positional.size() == 2) {
    if (action == "start") {
      return start(context, positional[1]);
    }
    if (action == "stop") {
      return stop(context, positional[1]);
    }
    if (action == "status") {
      return status(context, positional[1]);
    }
  }
  fail_usage("server takes start DIR, stop DIR, status DIR, or database URL NAME");
}

} // namespace

const CommandLine server_command = {"server", "start|stop|status DIR", "a private PostgreSQL server for tests",
                                    add_options, run};

} // namespace retort
