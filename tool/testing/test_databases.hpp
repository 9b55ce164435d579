#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace retort {

/// Where test databases are made: templates, which are at a history's head and never used themselves, and copies of
/// them. They are named by their URLs. Functions throw Failure (Exit::database), naming the database.
class TestDatabases {
public:
  virtual ~TestDatabases() = default;

  /// The key that a finished template was given; nothing where there is none.
  virtual std::optional<std::string> key_of(const std::string& url) = 0;

  /// Makes an empty database, to become a template, in place of what was there.
  virtual void begin_template(const std::string& url) = 0;

  /// From here on nobody can connect to it or change it. Nobody may be connected.
  virtual void finish_template(const std::string& url, std::string_view key) = 0;

  /// Makes `url` a copy of a template, in place of what was there.
  virtual void clone(const std::string& template_url, const std::string& url) = 0;

  /// Removes a database, whoever is connected to it; nothing happens where there is none.
  virtual void drop(const std::string& url) = 0;

  /// Removes the databases whose URLs are this one with a suffix.
  virtual void drop_suffixed(const std::string& url) = 0;

  /// Marks a database that is left for somebody to look at.
  virtual void keep(const std::string& url, std::string_view reason) = 0;
};

/// Test databases of the URL's dialect. `server`: for PostgreSQL, the URL of a database on the server, by which others
/// are made. Throws Failure (Exit::usage) for a dialect that this build cannot connect to.
std::unique_ptr<TestDatabases> open_test_databases(const std::string& url, const std::string& server);

/// The URL of the database whose name is this one's with a suffix.
std::string suffixed(const std::string& url, std::string_view suffix);

/// The URL of another database on the PostgreSQL server of `url`.
std::string sibling(const std::string& url, std::string_view database);

/// How to look at a database with the usual client.
std::string client_command(const std::string& url);

} // namespace retort
