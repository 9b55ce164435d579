#include "cli/commands.hpp"
#include "cli/server_databases.hpp"
#include "server/binaries.hpp"
#include "server/server.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace retort {
namespace {

void add_options(cxxopts::OptionAdder& options) {
  options("socket-directory", "start: where its socket lies (default: a new folder in /tmp)",
          cxxopts::value<std::string>(), "DIR");
  options("bindir", "start, find: the folder of initdb and postgres, or several with ':' between them",
          cxxopts::value<std::string>(), "DIR");
  options("version", "start, find: PostgreSQL's major version", cxxopts::value<std::string>(), "N");
  options("set", "start: a parameter of the server; can be repeated", cxxopts::value<std::vector<std::string>>(),
          "NAME=VALUE");
  options("watch-parent", "start: end the server when the process that runs this command ends; stop: only if no other "
                          "wants it");
}

/// Whether nobody reads what this process says. Nothing is known of a file or a terminal.
bool is_abandoned() {
  pollfd output{STDOUT_FILENO, 0, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

/// ctest reads what its tests say, and who reads this now was the parent when it was asked for: otherwise an ended
/// ctest's test would watch the process that has adopted it.
std::optional<pid_t> watched(const Arguments& arguments) {
  if (!arguments.has("watch-parent")) {
    return {};
  }
  const pid_t parent = ::getppid();
  if (is_abandoned()) {
    throw Failure(Exit::usage, {Severity::error, "the process that ran this command has ended", {}, {}, {}});
  }
  return parent;
}

std::string_view name(Storage storage) { return storage == Storage::memory ? "memory" : "disk"; }

nlohmann::json to_json(const Server& server) {
  return {{"url", server.uri},
          {"data", server.data.string()},
          {"storage", name(server.storage)},
          {"log", server.log.string()}};
}

BinariesSearch search(const Arguments& arguments) {
  BinariesSearch search;
  if (const auto version = arguments.number("version")) {
    search.version = static_cast<int>(*version);
  }
  search.folders = arguments.text("bindir").value_or("");
  return search;
}

std::vector<Setting> settings(const Arguments& arguments) {
  std::vector<Setting> settings;
  for (const std::string& text : arguments.texts("set")) {
    const std::size_t end = text.find('=');
    if (end == 0 || end == std::string::npos) {
      fail_usage(fmt::format("--set needs NAME=VALUE, not '{}'", text));
    }
    settings.emplace_back(text.substr(0, end), text.substr(end + 1));
  }
  return settings;
}

/// What the process is called; empty when it has gone.
std::string process_name(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/comm", pid));
  std::string name;
  std::getline(file, name);
  return name;
}

Exit start(const Context& context, const std::string& directory) {
  const Arguments& arguments = context.arguments();
  ServerOptions options;
  options.directory = directory;
  options.socket_directory = arguments.text("socket-directory").value_or("");
  if (arguments.has("bindir") || arguments.has("version")) {
    options.bindir = require_server_binaries(search(arguments));
  }
  options.settings = settings(arguments);
  options.watched = watched(arguments);
  options.waiting = [&](pid_t pid) {
    context.console().progress(
        fmt::format("waiting: the process {} ({}) uses this server until it ends", pid, process_name(pid)));
  };
  const Server server = start_server(options);
  context.console().line(server.uri);
  context.console().finish(to_json(server));
  return Exit::fine;
}

/// Variables of libpq would lead elsewhere than to the private server.
void forget_libpq_variables() {
  std::vector<std::string> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    if (variable.starts_with("PG")) {
      names.emplace_back(variable.substr(0, variable.find('=')));
    }
  }
  for (const std::string& name : names) {
    ::unsetenv(name.c_str());
  }
}

Exit stop(const Context& context, const std::string& directory) {
  StopOptions options;
  options.watched = watched(context.arguments());
  options.tidy = [](const Server& server) {
    forget_libpq_variables();
    drop_test_databases(server.uri);
  };
  const StopOutcome outcome = stop_server(directory, options);
  context.console().line(outcome == StopOutcome::stopped        ? "stopped"
                         : outcome == StopOutcome::left_running ? "left running: it was started by hand, or for others"
                                                                : "not running");
  context.console().finish({{"stopped", outcome == StopOutcome::stopped}});
  return Exit::fine;
}

Exit status(const Context& context, const std::string& directory) {
  const std::optional<Server> server = find_server(directory);
  if (server) {
    context.console().line(server->uri);
    context.console().line(fmt::format("data  {} ({})", server->data.string(), name(server->storage)));
    context.console().line(fmt::format("log   {}", server->log.string()));
  } else {
    context.console().line("not running");
  }
  context.console().finish(server ? to_json(*server) : nlohmann::json{{"url", nullptr}});
  return server ? Exit::fine : Exit::database;
}

Exit find(const Context& context) {
  const std::string bindir = require_server_binaries(search(context.arguments())).string();
  context.console().line(bindir);
  context.console().finish({{"bindir", bindir}});
  return Exit::fine;
}

Exit version(const Context& context, const std::string& url) {
  const int version = server_version(url);
  context.console().line(fmt::format("{}", version));
  context.console().finish({{"version", version}});
  return Exit::fine;
}

Exit create_database(const Context& context, const std::string& url, const std::string& name) {
  create_test_database(url, name);
  context.console().line(name);
  context.console().finish({{"database", name}});
  return Exit::fine;
}

Exit run(const Context& context) {
  const auto& positional = context.arguments().positional();
  const std::string action = positional.empty() ? "" : positional.front();
  if (action == "database" && positional.size() == 3) {
    return create_database(context, positional[1], positional[2]);
  }
  if (action == "find" && positional.size() == 1) {
    return find(context);
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
    if (action == "version") {
      return version(context, positional[1]);
    }
  }
  fail_usage("server takes start DIR, stop DIR, status DIR, find, version URL, or database URL NAME");
}

} // namespace

const CommandLine server_command = {"server", "start|stop|status DIR", "a private PostgreSQL server for tests",
                                    add_options, run};

} // namespace retort
