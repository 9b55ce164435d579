#include "cli/tool.hpp"
#include "session/conformance.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <deque>
#include <thread>

namespace retort {
namespace {

/// Keeps programs from starting until the end of the scope.
class Gate {
public:
  explicit Gate(std::filesystem::path path)
      : path_(std::move(path)), file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0 || ::flock(file_, LOCK_EX) != 0) {
      throw std::runtime_error("no gate");
    }
  }
  ~Gate() { ::close(file_); }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  Invocation behind(Invocation invocation) const {
    invocation.arguments.insert(invocation.arguments.begin(),
                                {"--shared", path_.string(), invocation.program.string()});
    invocation.program = "/usr/bin/flock";
    return invocation;
  }

private:
  std::filesystem::path path_;
  int file_;
};

/// Many processes at once.
class StartupTest : public ConformanceTest {
protected:
  void SetUp() override {
    ConformanceTest::SetUp();
    if (!database_) {
      return;
    }
    tool_.environment["DATABASE_URL"] = database_->url();
    tool_.revision("0001_a", "-- A.\n\n-- migrate:up\nCREATE TABLE a (x integer);\n");
    tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE b (x integer);\n");
  }

  Tool tool_;
};

INSTANTIATE_TEST_SUITE_P(drivers, StartupTest, testing::ValuesIn(conforming_dialects()), name_of_parameter);

TEST_P(StartupTest, F5_OneOfSixtyFourProcessesAppliesAndNoneFails) {
  constexpr int count = 64;
  std::deque<Process> processes;
  {
    const Gate gate(tool_.folder / "gate");
    for (int i = 0; i < count; ++i) {
      processes.emplace_back(gate.behind(tool_.invocation({"upgrade", "head", "--lock-wait", "50"})));
    }
    std::this_thread::sleep_for(std::chrono::seconds(1)); // one that comes to the gate later starts later
  }
  int appliers = 0;
  for (Process& process : processes) {
    const Output output = process.wait();
    EXPECT_EQ(output.status, 0) << output.text();
    EXPECT_TRUE(output.out.empty() || output.out == "upgrade base -> 0001  A.\nupgrade 0001 -> 0002  B.\n")
        << output.out;
    appliers += output.out.empty() ? 0 : 1;
  }
  EXPECT_EQ(appliers, 1);
  EXPECT_EQ(applied(), "0001 0002");
}

TEST_P(StartupTest, F37_GoneEditedAndOutOfOrder) {
  ASSERT_EQ(tool_.run({"upgrade", "head"}).status, 0);
  tool_.revision("0002_b", "-- B.\n\n-- migrate:up\nCREATE TABLE other (x integer);\n");
  const std::string edited = "migrations/0002_b.sql: error: 0002 was edited after it was applied\n";
  EXPECT_EQ(tool_.text({"upgrade", "head"}),
            "exit 4\n--- err\n" + edited +
                "hint: undo the edit and write a new revision; or accept the new text with 'stamp' to the current "
                "state\n");
  std::filesystem::rename(tool_.folder / "migrations/0002_b.sql", tool_.folder / "migrations/0003_b.sql");
  EXPECT_EQ(tool_.text({"upgrade", "head"}),
            "exit 4\n--- err\nerror: 0002 is applied to the database, but has no file here: B.\n"
            "hint: get the file back, or, if it is meant to be gone, forget it with 'stamp --purge'\n");
  std::filesystem::remove(tool_.folder / "migrations/0003_b.sql");
  tool_.revision("0002_c", "-- B.\n\n-- migrate:up\nCREATE TABLE b (x integer);\n");
  tool_.revision("00015_late", "-- Late.\n\n-- migrate:up\nCREATE TABLE late (x integer);\n");
  EXPECT_EQ(tool_.run({"upgrade", "head"}).status, 0) << "15 stands behind 2";
  tool_.revision("0010_late", "-- Late.\n\n-- migrate:up\nCREATE TABLE later (x integer);\n");
  EXPECT_EQ(tool_.text({"upgrade", "head"}),
            "exit 4\n--- err\nmigrations/0010_late.sql: error: 0010 is not applied, but revisions that follow it are\n"
            "hint: give it an id above the applied ones, or apply it late with --out-of-order\n");
  EXPECT_EQ(tool_.run({"upgrade", "head", "--out-of-order"}).out, "upgrade 0002 -> 0010  Late.\n");
}

} // namespace
} // namespace retort
