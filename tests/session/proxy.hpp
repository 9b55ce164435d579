#pragma once

#include "session/postgresql_test_database.hpp"
#include "support/folder.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace retort {

/// What becomes of the bytes of one connection. Its functions change `bytes`, or return false to cut the connection
/// before they are passed on.
class Relay {
public:
  virtual ~Relay() = default;
  virtual bool to_server(std::string& /*bytes*/) { return true; }
  virtual bool to_client(std::string& /*bytes*/) { return true; }
};

/// Stands between the tool and a PostgreSQL server.
class Proxy {
public:
  /// Makes the relay of the connection `number`, from 0 on; none refuses it.
  using MakeRelay = std::function<std::unique_ptr<Relay>(std::size_t number)>;

  Proxy(const PostgresqlTestDatabase& database, MakeRelay make_relay);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  /// A keyword string that leads through it.
  const std::string& url() const { return url_; }

private:
  void serve();
  void forward(int client, Relay& relay) const;

  Folder folder_;
  MakeRelay make_relay_;
  std::string host_;
  std::string port_;
  std::string url_;
  int listener_ = -1;
  std::atomic<bool> ends_ = false;
  std::thread server_;
  std::vector<std::thread> connections_;
};

/// Cuts the connection at its first COMMIT.
class CommitCutter : public Relay {
public:
  enum class Cut {
    before_the_server, ///< the server never sees the COMMIT
    before_the_client, ///< the server commits, and its answer is lost
  };

  explicit CommitCutter(Cut cut) : cut_(cut) {}
  bool to_server(std::string& bytes) override;
  bool to_client(std::string& bytes) override;

private:
  Cut cut_;
  bool committing_ = false;
};

/// Tells the client a key for cancelling that it made up, as poolers do: not the pid of the backend.
class Pooler : public Relay {
public:
  bool to_client(std::string& bytes) override;

private:
  std::string received_; ///< no whole message yet
  bool started_ = false;
};

} // namespace retort
