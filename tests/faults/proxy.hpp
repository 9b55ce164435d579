#pragma once

#include "session/postgresql_test_database.hpp"
#include "support/folder.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace retort {

/// Stands between the tool and a PostgreSQL server, and cuts the connection at its first COMMIT.
class CommitCutter {
public:
  enum class Cut {
    before_the_server, ///< the server never sees the COMMIT
    before_the_client, ///< the server commits, and its answer is lost
  };
  enum class Afterwards { connects, refuses };

  CommitCutter(const PostgresqlTestDatabase& database, Cut cut, Afterwards afterwards);
  ~CommitCutter();
  CommitCutter(const CommitCutter&) = delete;
  CommitCutter& operator=(const CommitCutter&) = delete;

  /// A keyword string that leads through it.
  const std::string& url() const { return url_; }

private:
  void serve();
  void forward(int client, bool cuts);

  Folder folder_;
  Cut cut_;
  Afterwards afterwards_;
  std::string host_;
  std::string port_;
  std::string url_;
  int listener_ = -1;
  std::atomic<bool> ends_ = false;
  std::thread server_;
  std::vector<std::thread> connections_;
};

} // namespace retort
