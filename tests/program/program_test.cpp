#include "support/embedded.hpp"
#include "support/folder.hpp"
#include "support/revisions.hpp"
#include "text/version.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <retort/program.hpp>

#include <cstdlib>

namespace retort {
namespace {

const std::string up = "-- migrate:up\nCREATE TABLE a (x);\n-- migrate:down\nDROP TABLE a;\n";

/// A program with that history for SQLite, and for PostgreSQL where `dialects` says so.
class ProgramTest : public testing::Test {
protected:
  void SetUp() override { ::unsetenv("DATABASE_URL"); }

  std::string run(const std::vector<RevisionText>& texts, std::vector<const char*> arguments,
                  std::initializer_list<const Driver*> drivers = {&sqlite_driver},
                  const std::vector<Dialect>& dialects = {Dialect::sqlite}) const {
    std::vector<History> histories;
    std::vector<CompiledHistory> compiled;
    histories.reserve(dialects.size());
    for (const Dialect dialect : dialects) {
      histories.push_back(history_of(texts, dialect));
      compiled.push_back({dialect, &histories.back()});
    }
    const Embedded embedded(compiled);
    arguments.insert(arguments.begin(), "/opt/bin/migrate");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int status = run_program(static_cast<int>(arguments.size()), arguments.data(), embedded.view(), drivers);
    const std::string out = testing::internal::GetCapturedStdout();
    return fmt::format("{}\n{}{}", status, out, folder_.without_path(testing::internal::GetCapturedStderr()));
  }

  std::string url(const std::string& file) const { return fmt::format("sqlite:{}/{}", folder_.path().string(), file); }

  Folder folder_;
};

TEST_F(ProgramTest, ItsVersionIsThatOfItsHistory) {
  EXPECT_EQ(run({}, {"--version"}), fmt::format("0\nmigrate at base (Retort {})\n", version()));
  EXPECT_EQ(run({{"1", up}, {"2", up}}, {"--version"}), fmt::format("0\nmigrate at 2 (Retort {})\n", version()));
  EXPECT_EQ(run({{"1", up}, {"2", "-- Revises: 1\n" + up}, {"3", "-- Revises: 1\n" + up}}, {"--version"}),
            fmt::format("0\nmigrate at 2, 3 (Retort {})\n", version()));
}

TEST_F(ProgramTest, ConnectsToWhatItHasADriverFor) {
  const std::vector<Dialect> both = {Dialect::sqlite, Dialect::postgresql};
  EXPECT_EQ(
      run({{"1", up}}, {"current", "-u", "postgresql:///app"}, {&sqlite_driver}, both),
      "2\nerror: this program cannot connect to postgresql databases\nhint: scripts (--sql) need no connection\n");
  EXPECT_THAT(run({{"1", up}}, {"upgrade", "head", "--sql", "--dialect", "postgresql"}, {}, both),
              testing::StartsWith("0\n"));
  const std::string unknown =
      "2\nerror: this program has no migrations for postgresql\nhint: it has those for sqlite\n";
  EXPECT_EQ(run({{"1", up}}, {"current", "-u", "postgresql:///app"}), unknown);
  EXPECT_EQ(run({{"1", up}}, {"upgrade", "head", "--sql", "--dialect", "postgresql"}), unknown);
  EXPECT_EQ(run({{"1", up}}, {"history", "--dialect", "postgresql"}), unknown);
}

TEST_F(ProgramTest, AsksForADialectOnlyWhenItHasTwo) {
  EXPECT_THAT(run({{"1", up}}, {"upgrade", "head", "--sql"}), testing::StartsWith("0\n"));
  EXPECT_EQ(run({{"1", up}}, {"upgrade", "head", "--sql"}, {}, {Dialect::sqlite, Dialect::postgresql}),
            "2\nerror: no dialect is given\n"
            "hint: use --dialect sqlite, --dialect postgresql, or name a database\n");
}

TEST_F(ProgramTest, ShowsTheFilesOfARevision) {
  EXPECT_EQ(run({{"1_x", "\xEF\xBB\xBF-- A comment.\r\n" + up}}, {"show", "1"}),
            "0\nrevision   1 (head)\nmessage    A comment.\nparents    base\nfile       migrations/1_x.sql\n\n"
            "-- A comment.\n" +
                up);
}

TEST_F(ProgramTest, ADatabaseThatIsNewerIsLeftAlone) {
  const std::vector<RevisionText> old = {{"1", up}};
  const std::string database = url("x.db");
  run({{"1", up}, {"2_more", "-- migrate:up\n-- migrate:down\n"}}, {"upgrade", "head", "-u", database.c_str()});
  const std::string newer = "the database is newer than this program, which does not know 1 of its revisions\n"
                            "note: 2  more\nhint: use the newer program, or let it downgrade the database\n";
  for (const char* command : {"upgrade", "downgrade", "stamp"}) {
    EXPECT_EQ(run(old, {command, "1", "-u", database.c_str()}), "4\nerror: " + newer) << command;
  }
  EXPECT_EQ(run(old, {"upgrade", "1", "--plan", "-u", database.c_str()}), "4\nerror: " + newer);
  EXPECT_EQ(run(old, {"check", "-u", database.c_str()}), "4\nerror: " + newer);
  EXPECT_EQ(run(old, {"current", "--check-heads", "-u", database.c_str()}), "0\n1 (head)  \nwarning: " + newer);
}

TEST_F(ProgramTest, IsCalledByNoName) {
  const History history = history_of({{"1", up}});
  const CompiledHistory compiled[] = {{Dialect::sqlite, &history}};
  const Embedded embedded(compiled);
  testing::internal::CaptureStdout();
  EXPECT_EQ(run_program(0, nullptr, embedded.view(), {}), 2);
  EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::StartsWith(": database migrations, at 1 (Retort"));
}

} // namespace
} // namespace retort
