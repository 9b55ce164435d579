#pragma once

#include "testing/test_databases.hpp"

namespace retort {

/// SQLite files. A template's key lies beside it, in a file with the suffix `.key`.
class SqliteTestDatabases : public TestDatabases {
public:
  std::optional<std::string> key_of(const std::string& url) override;
  void begin_template(const std::string& url) override;
  void finish_template(const std::string& url, std::string_view key) override;
  void clone(const std::string& template_url, const std::string& url) override;
  void drop(const std::string& url) override;
  void drop_suffixed(const std::string& url) override;
  void keep(const std::string& url, std::string_view reason) override;
};

} // namespace retort
