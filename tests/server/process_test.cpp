#include "environment.hpp"
#include "server/process.hpp"
#include "support/folder.hpp"
#include "text/file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace retort {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Process, IsToldFromALaterOneWithItsNumber) {
  const std::optional<ProcessId> own = identify(::getpid());
  ASSERT_TRUE(own);
  EXPECT_TRUE(is_alive(*own));
  EXPECT_FALSE(is_alive({own->pid, own->started + 1}));
  EXPECT_FALSE(open_process({own->pid, own->started + 1}));
  EXPECT_FALSE(identify(0));
  EXPECT_FALSE(identify(-1));
}

TEST(Process, AZombieIsNotAlive) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  const std::optional<ProcessId> process = identify(child);
  ASSERT_TRUE(process);
  const Descriptor end = open_process(*process);
  ::kill(child, SIGKILL);
  pollfd event{end.number(), POLLIN, 0};
  EXPECT_EQ(::poll(&event, 1, 5000), 1);
  EXPECT_FALSE(is_alive(*process));
  ::waitpid(child, nullptr, 0);
}

TEST(Spawn, S8_ScrubsTheEnvironment) {
  const Environment port("PGPORT", "1");
  const Environment language("LANG", "de_DE.UTF-8");
  const Environment kept("RETORT_KEPT", "yes");
  const std::optional<std::string> variables = output_of("env", {});
  ASSERT_TRUE(variables);
  EXPECT_THAT(*variables, Not(HasSubstr("PGPORT")));
  EXPECT_THAT(*variables, Not(HasSubstr("LANG=")));
  EXPECT_THAT(*variables, HasSubstr("RETORT_KEPT=yes"));
  EXPECT_THAT(*variables, HasSubstr("LC_ALL=C"));
}

TEST(Spawn, InheritsNoDescriptors) {
  const Descriptor open(::open("/dev/null", O_RDONLY));
  const std::string path = "/proc/self/fd/" + std::to_string(open.number());
  EXPECT_EQ(output_of("sh", {"-c", "test -e " + path + " || echo closed"}), "closed");
}

TEST(Spawn, SaysWhatKeepsAProgramFromStarting) {
  const Folder folder;
  const Descriptor output(::open((folder / "out").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const std::optional<int> status =
      wait_for(spawn({"/nonexistent/x", {}, Account(), output.number(), 0}), std::chrono::seconds(5));
  ASSERT_TRUE(status);
  EXPECT_EQ(describe_status(*status), "ended with status 127");
  EXPECT_EQ(read_file(folder / "out"), "/nonexistent/x: cannot execute: No such file or directory\n");
}

TEST(Spawn, EndsWithItsParent) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    const pid_t child = spawn({"sleep", {"60"}, Account(), -1, SIGKILL});
    const bool told = ::write(ends[1], &child, sizeof child) == static_cast<ssize_t>(sizeof child);
    // The signal is armed when the program runs.
    for (int i = 0; i < 500 && output_of("cat", {"/proc/" + std::to_string(child) + "/comm"}) != "sleep"; ++i) {
      ::poll(nullptr, 0, 10);
    }
    ::_exit(told ? 0 : 1);
  }
  pid_t child = 0;
  ASSERT_EQ(::read(ends[0], &child, sizeof child), static_cast<ssize_t>(sizeof child));
  ::waitpid(parent, nullptr, 0);
  for (int i = 0; i < 500 && identify(child); ++i) {
    ::poll(nullptr, 0, 10);
  }
  EXPECT_FALSE(identify(child));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(OutputOf, IsNothingWhenTheProgramFails) {
  EXPECT_EQ(output_of("sh", {"-c", "echo out; exit 1"}), std::nullopt);
  EXPECT_EQ(output_of("/nonexistent/x", {}), std::nullopt);
  EXPECT_EQ(output_of("echo", {" a b "}), " a b");
}

TEST(Status, IsDescribed) {
  EXPECT_EQ(describe_status(9), "was ended by signal 9");
  EXPECT_EQ(describe_status(2 << 8), "ended with status 2");
}

} // namespace
} // namespace retort
