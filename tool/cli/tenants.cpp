#include "cli/tenants.hpp"

#include "text/file.hpp"
#if RETORT_POSTGRESQL
#include "session/blocking.hpp"
#include "session/postgresql_connect.hpp"
#include "session/postgresql_connection.hpp"
#endif

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <iterator>
#include <sstream>

namespace retort {
namespace {

NamedTenant tenant(const Url& url, const std::string& schema, NamedTenant::Way way, std::string word) {
  if (!schema.empty() && url.dialect != Dialect::postgresql) {
    fail_usage(fmt::format("--schema {} needs a PostgreSQL database, not {}", schema, url.display()));
  }
  std::string name = schema.empty() ? url.display() : fmt::format("{} {}", url.display(), schema);
  return {std::move(name), url, schema, way, std::move(word), 0};
}

std::string read_list(const std::string& path) {
  return path == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : read_file(path);
}

/// A line each; empty ones and those that begin with # are none.
std::vector<NamedTenant> listed(const std::string& path, const std::string& schema) {
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
      tenants.push_back(tenant(parse_url(line.substr(begin, end + 1 - begin)), schema, NamedTenant::Way::number, {}));
    } catch (const Failure& failure) {
      Diagnostic diagnostic = failure.diagnostics().front();
      diagnostic.message = fmt::format("line {} of {}: {}", number, path, diagnostic.message);
      throw Failure(failure.exit(), diagnostic);
    }
  }
  if (tenants.empty()) {
    fail_usage(fmt::format("{} names no database", path == "-" ? "standard input" : path),
               "write a URL into each line");
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

std::vector<std::string> names_of(const Config& config) {
  std::vector<std::string> names;
  for (const auto& [name, database] : config.databases) {
    names.push_back(name);
  }
  if (names.empty()) {
    fail_usage("--all: the configuration has no database", "write [database.NAME] with url = \"…\" into retort.toml");
  }
  return names;
}

/// Throws Failure (Exit::usage) where the databases are named in several ways.
void check_ways(const Arguments& arguments, const std::vector<std::string>& databases,
                const std::vector<std::string>& schemas) {
  const bool lists_schemas = arguments.has("schemas-from") || schemas.size() > 1;
  const auto ways = {arguments.has("all"), arguments.has("urls-from"), arguments.has("schemas-from"),
                     databases.size() > 1, schemas.size() > 1};
  if (std::count(ways.begin(), ways.end(), true) != 1 || (arguments.has("schemas-from") && !schemas.empty()) ||
      (!lists_schemas && databases.size() == 1)) {
    fail_usage("these options name many databases in several ways",
               "use one of --all, --urls-from, --schemas-from, several --database, several --schema");
  }
  if (!lists_schemas && arguments.has("url")) {
    fail_usage("--url names one database, and other options name many", "leave it out");
  }
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
  check_ways(arguments, databases, schemas);
  std::vector<NamedTenant> tenants;
  const auto query = arguments.text("schemas-from");
  if (query || schemas.size() > 1) {
    const Url url = context.url();
    for (const std::string& schema : query ? query_schemas(url, *query) : schemas) {
      tenants.push_back(tenant(url, schema, NamedTenant::Way::schema, schema));
    }
  } else {
    const std::string schema = schemas.empty() ? std::string() : schemas.front();
    if (const auto path = arguments.text("urls-from")) {
      tenants = listed(*path, schema);
    } else {
      for (const std::string& name : arguments.has("all") ? names_of(context.config()) : databases) {
        tenants.push_back(tenant(context.database_url(name), schema, NamedTenant::Way::database, name));
      }
    }
  }
  for (std::size_t i = 0; i < tenants.size(); ++i) {
    tenants[i].number = i + 1;
  }
  if (const auto only = arguments.text("only")) {
    keep_only(*only, tenants);
  }
  return tenants;
}

std::string options_for(const Arguments& arguments, const std::vector<NamedTenant>& tenants) {
  using Way = NamedTenant::Way;
  const Way way = tenants.front().way;
  std::string text;
  const auto add = [&](const std::string& option, const std::string& value) {
    text += fmt::format("{}--{} {}", text.empty() ? "" : " ", option, quoted_word(value));
  };
  for (const auto& [option, value] : arguments.given()) {
    const bool chooses = option == "only" || option == "all" || option == "schemas-from" ||
                         (option == "database" && way == Way::database) || (option == "schema" && way == Way::schema);
    if (chooses) {
      continue;
    }
    if (value) {
      add(option, option == "url" ? parse_url(*value).display() : *value);
    } else {
      text += fmt::format("{}--{}", text.empty() ? "" : " ", option);
    }
  }
  if (way == Way::number) {
    std::vector<std::size_t> numbers;
    for (const NamedTenant& tenant : tenants) {
      numbers.push_back(tenant.number);
    }
    add("only", fmt::format("{}", fmt::join(numbers, ",")));
  } else {
    for (const NamedTenant& tenant : tenants) {
      add(way == Way::database ? "database" : "schema", tenant.word);
    }
  }
  return text;
}

} // namespace retort
