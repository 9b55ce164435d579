#include "environment.hpp"
#include "server/binaries.hpp"
#include "support/folder.hpp"
#include "support/rendered.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace retort {
namespace {

class BinariesTest : public testing::Test {
protected:
  void program(const std::string& name, const std::string& body = "") const {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    write_file(path, "#!/bin/sh\n" + body + "\n");
    ::chmod(path.c_str(), 0755);
  }

  void server(const std::string& bindir) const {
    program(bindir + "/initdb");
    program(bindir + "/postgres");
  }

  std::filesystem::path installations() const { return folder_ / "installed"; }

  Folder folder_;
  Environment path_{"PATH", (folder_ / "path").c_str()};
  Environment named_{"RETORT_POSTGRESQL_BINDIR", nullptr};
};

TEST_F(BinariesTest, TheNewestInstallationCounts) {
  server("installed/9.6/bin");
  server("installed/10/bin");
  server("installed/15/bin");
  server("installed/99-beta/bin");
  program("installed/16/bin/initdb");
  EXPECT_EQ(find_server_binaries(installations()), installations() / "15/bin");
}

TEST_F(BinariesTest, PgConfigComesFirst) {
  server("installed/15/bin");
  server("elsewhere");
  program("path/pg_config", "echo " + (folder_ / "elsewhere").string());
  EXPECT_EQ(find_server_binaries(installations()), folder_ / "elsewhere");
}

TEST_F(BinariesTest, PgConfigOfAClientIsPassedOver) {
  server("installed/15/bin");
  program("path/pg_config", "echo /nonexistent");
  EXPECT_EQ(find_server_binaries(installations()), installations() / "15/bin");
}

TEST_F(BinariesTest, TheVariableIsTheOnlyOneThatCounts) {
  server("installed/15/bin");
  server("named");
  const Environment named("RETORT_POSTGRESQL_BINDIR", (folder_ / "named").c_str());
  EXPECT_EQ(find_server_binaries(installations()), folder_ / "named");
  std::filesystem::remove(folder_ / "named/initdb");
  EXPECT_EQ(find_server_binaries(installations()), std::nullopt);
  EXPECT_EQ(refusal([&] { require_server_binaries(installations()); }),
            fmt::format("3\nerror: no PostgreSQL server binaries found in {}, which RETORT_POSTGRESQL_BINDIR names\n"
                        "hint: install postgresql or set RETORT_POSTGRESQL_BINDIR\n",
                        (folder_ / "named").string()));
}

TEST_F(BinariesTest, NoneAnywhere) {
  EXPECT_EQ(refusal([&] { require_server_binaries(installations()); }),
            fmt::format("3\nerror: no PostgreSQL server binaries found by pg_config or in {}/*/bin\n"
                        "hint: install postgresql or set RETORT_POSTGRESQL_BINDIR\n",
                        installations().string()));
}

} // namespace
} // namespace retort
