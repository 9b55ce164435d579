#include "cli/tool_test.hpp"
#include "session/postgresql_test_database.hpp"

#include <map>

namespace retort {
namespace {

/// A history for both dialects; PostgreSQL's has an enum and a concurrent index.
class PostgresqlSquashCommandTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    if (const auto reason = PostgresqlTestServer::missing()) {
      GTEST_SKIP() << *reason;
    }
    tool_.environment.clear();
    tool_.revision("0002_create_tag",
                   "-- Create tag.\n\n-- migrate:up dialect:postgresql\nCREATE TYPE mood AS ENUM ('calm');\n"
                   "CREATE TABLE tag (id integer PRIMARY KEY, name text, mood mood);\n"
                   "GRANT SELECT ON tag TO PUBLIC;\n-- migrate:up dialect:sqlite\nCREATE TABLE tag (id INTEGER "
                   "PRIMARY KEY);\n-- migrate:down\nDROP TABLE tag;\n\n-- migrate:down dialect:postgresql\nDROP TYPE "
                   "mood;\n");
    tool_.revision("0003_grow", "-- Grow.\n\n-- migrate:up dialect:postgresql\nALTER TYPE mood ADD VALUE 'merry';\n"
                                "INSERT INTO tag VALUES (1, 'red', 'calm');\n\n"
                                "-- migrate:up dialect:postgresql transaction:false\n"
                                "CREATE INDEX CONCURRENTLY tag_name ON tag (name);\n");
    tool_.revision("0004_last", "-- Create last.\n\n-- migrate:up\nCREATE TABLE last (id integer PRIMARY KEY);\n"
                                "-- migrate:down\nDROP TABLE last;\n");
  }

  std::string url(const std::string& name) { return databases_.try_emplace(name).first->second.url(); }

  std::map<std::string, PostgresqlTestDatabase> databases_;
};

TEST_F(PostgresqlSquashCommandTest, EveryDatabaseArrivesAtTheSameSchema) {
  for (const char* target : {"0001", "0002", "0003", "0004"}) {
    out({"upgrade", target, "-q", "-u", url(target)});
  }
  EXPECT_THAT(text({"squash", "0002:0003", "--yes", "--server", url("server")}),
              testing::StartsWith("exit 0\n--- out\nmigrations/0003_squash_0002_to_0003.sql\n"));
  EXPECT_EQ(tool_.read("migrations/0003_squash_0002_to_0003.sql"),
            "-- Squash 0002 to 0003.\n--\n-- Revises: 0001\n-- Irreversible: 0003 has no way down\n"
            "-- Replaces: 0002\n\n"
            "-- migrate:up dialect:sqlite\nCREATE TABLE tag (id INTEGER PRIMARY KEY);\n\n"
            "-- migrate:up dialect:postgresql\n"
            "CREATE TYPE public.mood AS ENUM ('calm', 'merry');\n"
            "CREATE TABLE public.tag (\n  id integer NOT NULL,\n  name text,\n  mood public.mood,\n"
            "  CONSTRAINT tag_pkey PRIMARY KEY (id)\n);\n"
            "CREATE INDEX tag_name ON public.tag USING btree (name);\n"
            "-- From 0002.\nGRANT SELECT ON tag TO PUBLIC;\n"
            "-- From 0003.\nINSERT INTO tag VALUES (1, 'red', 'calm');\n");
  EXPECT_EQ(out({"upgrade", "head", "-u", url("new")}),
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0003  Squash 0002 to 0003.\n"
            "upgrade 0003 -> 0004  Create last.\n");
  for (const char* target : {"0001", "0002", "0003", "0004"}) {
    out({"upgrade", "head", "-q", "-u", url(target)});
    EXPECT_EQ(text({"diff", url("new"), url(target)}), "exit 0\n") << target;
    EXPECT_EQ(text({"check", "-u", url(target)}).substr(0, 7), "exit 0\n") << target;
  }
}

} // namespace
} // namespace retort
