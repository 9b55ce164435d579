#include "cli/tenants.hpp"

#include "text/file.hpp"
#if RETORT_POSTGRESQL
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#endif

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <iterator>
#include <sstream>

namespace retort {
namespace {

NamedTenant tenant(const Url& url, const std::string& schema, std::string option) {
  std::string name = schema.empty() ? url.display() : fmt::format("{} {}", url.display(), schema);
  return {std::move(name), url, schema, std::move(option), 0};
}

std::string read_list(const std::string& path) {
  return path == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : read_file(path);
}

/// A line each; empty ones and those that begin with # are none.
std::vector<NamedTenant> listed(const std::string& path) {
  std::vector<NamedTenant> tenants;
  std::istringstream lines(read_list(path));
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const std::size_t end = line.find_last_not_of(" \t\r");
    const std::size_t begin = line.find_first_not_of(" \t");
    if (end == std::string::npos || line[begin] == '#') {
      continue;
    }
    try {
      tenants.push_back(tenant(parse_url(line.substr(begin, end + 1 - begin)), {}, {}));
    } catch (const Failure& failure) {
      Diagnostic diagnostic = failure.diagnostics().front();
      diagnostic.message = fmt::format("line {} of {}: {}", number, path, diagnostic.message);
      throw Failure(failure.exit(), diagnostic);
    }
  }
  return tenants;
}

std::vector<std::string> query_schemas(const Url& url, const std::string& query) {
  std::vector<std::string> schemas;
#if RETORT_POSTGRESQL
  if (url.dialect == Dialect::postgresql) {
    const PostgresqlHandle handle = connect_postgresql(url.target);
    Waiter waiter;
    PostgresqlConnection connection(handle.get(), waiter, {});
    try {
      for (const auto& row : run_blocking(waiter, connection.query(query))) {
        if (row.size() != 1 || !row.front()) {
          fail_usage("the query of --schemas-from gives something else than names",
                     "it must have one column, without NULL");
        }
        schemas.push_back(*row.front());
      }
    } catch (const PostgresqlFailure& failure) {
      throw Failure(Exit::database, explain(failure.error, "cannot ask for the schemas"));
    }
    return schemas;
  }
#endif
  fail_usage(fmt::format("{} has no schemas for {}", url.display(), query), "schemas are PostgreSQL's");
}

/// Those that --only names, by their numbers from 1 on.
void keep_only(const std::string& list, std::vector<NamedTenant>& tenants) {
  std::vector<NamedTenant> kept;
  std::istringstream words(list);
  std::string word;
  while (std::getline(words, word, ',')) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || number == 0 || number > tenants.size()) {
      fail_usage(fmt::format("--only cannot be '{}'", list),
                 fmt::format("it is numbers of databases, such as 2,5; there are {}", tenants.size()));
    }
    kept.push_back(tenants[number - 1]);
  }
  tenants = std::move(kept);
}

/// As a shell reads it back.
std::string quoted_word(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,@%+=";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
    return word;
  }
  std::string text = "'";
  for (const char c : word) {
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return text + "'";
}

} // namespace

void add_tenant_options(cxxopts::OptionAdder& options) {
  options("all", "upgrade every database of the configuration");
  options("urls-from", "upgrade the databases of a file with a URL in each line; -: standard input",
          cxxopts::value<std::string>(), "FILE");
  options("schemas-from", "upgrade the schemas of a PostgreSQL database that this query names",
          cxxopts::value<std::string>(), "QUERY");
  options("only", "of many databases, those with these numbers", cxxopts::value<std::string>(), "N,…");
  options("jobs", "how many databases are upgraded at the same time (default: 8)", cxxopts::value<std::string>(), "N");
  options("keep-going", "of many databases, begin further ones behind a failure");
}

bool names_tenants(const Arguments& arguments) {
  return arguments.has("all") || arguments.has("urls-from") || arguments.has("schemas-from") ||
         arguments.texts("database").size() > 1 || arguments.texts("schema").size() > 1;
}

std::vector<NamedTenant> find_tenants(const Context& context) {
  const Arguments& arguments = context.arguments();
  const std::vector<std::string> databases = arguments.texts("database");
  const std::vector<std::string> schemas = arguments.texts("schema");
  const auto ways = {arguments.has("all"), arguments.has("urls-from"), arguments.has("schemas-from"),
                     databases.size() > 1, schemas.size() > 1};
  if (std::count(ways.begin(), ways.end(), true) != 1) {
    fail_usage("these options name many databases in several ways",
               "use one of --all, --urls-from, --schemas-from, several --database, several --schema");
  }
  std::vector<NamedTenant> tenants;
  if (arguments.has("all")) {
    for (const auto& [name, database] : context.config().databases) {
      tenants.push_back(tenant(context.database_url(name), {}, fmt::format("--database {}", name)));
    }
  }
  if (databases.size() > 1) {
    for (const std::string& name : databases) {
      tenants.push_back(tenant(context.database_url(name), {}, fmt::format("--database {}", name)));
    }
  }
  if (const auto path = arguments.text("urls-from")) {
    tenants = listed(*path);
  }
  const auto query = arguments.text("schemas-from");
  for (const std::string& schema : query ? query_schemas(context.url(), *query) : schemas) {
    tenants.push_back(tenant(context.url(), schema, fmt::format("--schema {}", quoted_word(schema))));
  }
  for (std::size_t i = 0; i < tenants.size(); ++i) {
    tenants[i].number = i + 1;
  }
  if (const auto only = arguments.text("only")) {
    keep_only(*only, tenants);
  }
  return tenants;
}

std::string selection(const Arguments& arguments, const std::vector<NamedTenant>& tenants,
                      const std::vector<std::size_t>& chosen) {
  std::string text;
  for (const char* option : {"config", "directory", "url"}) {
    if (const auto value = arguments.text(option)) {
      const bool is_url = option == std::string_view("url");
      text += fmt::format("--{} {} ", option, quoted_word(is_url ? parse_url(*value).display() : *value));
    }
  }
  if (chosen.empty()) {
    return text;
  }
  if (tenants[chosen.front()].option.empty()) {
    text += fmt::format("--urls-from {} --only ", quoted_word(arguments.text("urls-from").value_or("")));
    for (const std::size_t i : chosen) {
      text += fmt::format("{}{}", tenants[i].number, i == chosen.back() ? "" : ",");
    }
    return text;
  }
  for (const std::size_t i : chosen) {
    text += fmt::format("{}{}", tenants[i].option, i == chosen.back() ? "" : " ");
  }
  return text;
}

} // namespace retort
