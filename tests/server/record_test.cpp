#include "server/record.hpp"
#include "support/folder.hpp"
#include "text/file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace retort {
namespace {

ServerRecord record(const Folder& folder) {
  return {folder.path(), "/d", "/s ö", "postgresql://x", "/b", {{"a.b", "c\"=ö"}}, false, ProcessId{1, 2}};
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
  EXPECT_EQ(read->bindir, "/b");
  EXPECT_EQ(read->settings, (std::vector<Setting>{{"a.b", "c\"=ö"}}));
  EXPECT_EQ(read->watched, (ProcessId{1, 2}));
  ServerRecord unwatched = record(folder);
  unwatched.watched.reset();
  save_record(folder / "server.json", unwatched);
  EXPECT_EQ(load_record(folder / "server.json").value().watched, std::nullopt);
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
  wanted.watched = ProcessId{::getpid(), 0};
  EXPECT_FALSE(wanted.is_wanted()) << "another process of this number";
  wanted.watched = identify(::getpid());
  EXPECT_TRUE(wanted.is_wanted());
  wanted.watched.reset();
  EXPECT_FALSE(wanted.is_wanted());
  wanted.until_stopped = true;
  EXPECT_TRUE(wanted.is_wanted());
}

} // namespace
} // namespace retort
