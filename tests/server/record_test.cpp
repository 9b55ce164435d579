#include "server/record.hpp"
#include "support/folder.hpp"
#include "text/file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace retort {
namespace {

ServerRecord record(const Folder& folder) {
  return {folder.path(), "/d", "/s ö", "postgresql://x", false, {{1, 2}, {::getpid(), 0}}};
}

TEST(ServerRecord, IsReadAsItWasWritten) {
  const Folder folder;
  EXPECT_FALSE(load_record(folder / "server.json"));
  save_record(folder / "server.json", record(folder));
  const std::optional<ServerRecord> read = load_record(folder / "server.json");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->data, "/d");
  EXPECT_EQ(read->socket_directory, "/s ö");
  EXPECT_EQ(read->uri, "postgresql://x");
  EXPECT_FALSE(read->until_stopped);
  EXPECT_EQ(read->watched, (std::vector<ProcessId>{{1, 2}, {::getpid(), 0}}));
}

TEST(ServerRecord, DoesNotCountInACopyOfItsFolder) {
  const Folder folder;
  const Folder copy;
  save_record(copy / "server.json", record(folder));
  EXPECT_FALSE(load_record(copy / "server.json"));
}

TEST(ServerRecord, DoesNotCountWhenItCannotBeRead) {
  const Folder folder;
  for (const char* text : {"", "{", "[]", "{\"directory\": 1}"}) {
    write_file(folder / "server.json", text);
    EXPECT_FALSE(load_record(folder / "server.json")) << text;
  }
}

TEST(ServerRecord, IsWantedByALivingProcess) {
  const Folder folder;
  ServerRecord wanted = record(folder);
  EXPECT_FALSE(wanted.is_wanted());
  wanted.watched.push_back(identify(::getpid()).value());
  EXPECT_TRUE(wanted.is_wanted());
  wanted.watched.clear();
  EXPECT_FALSE(wanted.is_wanted());
  wanted.until_stopped = true;
  EXPECT_TRUE(wanted.is_wanted());
}

} // namespace
} // namespace retort
