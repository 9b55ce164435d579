#include "faults/postgresql_fault.hpp"
#include "session/proxy.hpp"

namespace retort {
namespace {

/// A pooler between the tool and the server.
class PostgresqlPoolerTest : public PostgresqlFault {
protected:
  void SetUp() override {
    PostgresqlFault::SetUp();
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
  }

  /// What the tool prints when it goes through proxies of that kind.
  template <typename Kind>
  std::string through(const std::vector<std::string>& arguments) {
    const Proxy proxy(*database_, [](std::size_t) { return std::make_unique<Kind>(); });
    tool_.environment["DATABASE_URL"] = proxy.url();
    return tool_.text(arguments);
  }

  std::string relations() { return run("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"); }
};

const std::string complaint =
    "exit 3\n--- err\nerror: the connection goes through a pooler, which can lose Retort's lock\n";
const std::string hint =
    "hint: connect to the server itself, or to a pool in session mode that reports the backend's own "
    "pid\n";

TEST_F(PostgresqlPoolerTest, F3_APoolerIsRefusedBeforeAnythingIsWritten) {
  EXPECT_EQ(through<Pooler>({"upgrade", "head"}), complaint + "note: no revision was committed\n" + hint);
  EXPECT_EQ(through<Pooler>({"stamp", "head"}), complaint + "note: no revision was committed\n" + hint);
  EXPECT_EQ(through<Pooler>({"current"}), complaint + hint);
  EXPECT_EQ(relations(), "");
  await("SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = "
        "'advisory' AND datname = current_database())");
}

TEST_F(PostgresqlPoolerTest, F3_AProxyThatKeepsTheBackendIsAccepted) {
  EXPECT_EQ(through<Relay>({"-q", "upgrade", "head"}), "exit 0\n");
  EXPECT_EQ(applied(), "0001\n");
}

} // namespace
} // namespace retort
