#include "cli/tool_test.hpp"

#include <fmt/format.h>

namespace retort {
namespace {

class EmbedCommandTest : public ToolTest {};

TEST_F(EmbedCommandTest, WritesBothFilesAndWhatTheyDependOn) {
  EXPECT_EQ(text({"embed", "app_history", "--dialects", "postgresql,sqlite", "--namespace", "company::app", "--depfile",
                  "depfile"}),
            "exit 0\n");
  EXPECT_THAT(tool_.read("app_history.hpp"),
              testing::HasSubstr("namespace company::app {\n\nextern const ::retort::EmbeddedData history_data;\n\n"
                                 "inline constexpr ::retort::EmbeddedHistory history(history_data, 2, "
                                 "{::retort::Dialect::sqlite, ::retort::Dialect::postgresql});\n"));
  EXPECT_THAT(tool_.read("app_history.cpp"), testing::HasSubstr("    \"migrations/0001_create_note.sql\\n\"\n"));
  EXPECT_EQ(tool_.read("depfile"), "app_history.cpp: \\\n"
                                   "  migrations \\\n"
                                   "  migrations/0001_create_note.sql \\\n"
                                   "  migrations/0002_create_tag.sql\n");
}

TEST_F(EmbedCommandTest, TakesTheNameAndTheDatabaseWhereNothingElseIsSaid) {
  tool_.write("src/made", "");
  EXPECT_EQ(text({"embed", "history", "--output-directory", "src", "--format", "json"}),
            "exit 0\n--- out\n{\n  \"diagnostics\": [],\n  \"source\": \"src/history.cpp\"\n}\n");
  EXPECT_THAT(tool_.read("src/history.hpp"), testing::HasSubstr("namespace history {"));
  EXPECT_THAT(tool_.read("src/history.hpp"),
              testing::HasSubstr("history(history_data, 2, {::retort::Dialect::sqlite})"));
}

TEST_F(EmbedCommandTest, NamesTheFolderWhateverItIsCalledBy) {
  const std::string folder = (tool_.folder / "migrations").string();
  for (const std::string& directory :
       {folder, folder + "/", std::string("./migrations"), std::string("migrations//")}) {
    out({"embed", "history", "-d", directory});
    EXPECT_THAT(tool_.read("history.cpp"), testing::HasSubstr("    \"migrations/0001_create_note.sql\\n\"\n"))
        << directory;
  }
}

TEST_F(EmbedCommandTest, RefusesABrokenHistory) {
  tool_.revision("0003_c", "-- migrate:up\n-- migrate:down\nBEGIN;\n");
  EXPECT_EQ(text({"embed", "history"}),
            "exit 1\n--- err\n"
            "migrations/0003_c.sql:3:1: error: transaction control in a revision: BEGIN\n"
            "    3 | BEGIN;\n"
            "      | ^~~~~\n"
            "hint: Retort opens and ends the transaction; remove the statement, or split the revision here\n");
  EXPECT_FALSE(exists("history.cpp"));
}

TEST_F(EmbedCommandTest, RefusesTwoHeadsUnlessTheyAreAllowed) {
  tool_.revision("0003_c", "-- Revises: 0001\n-- migrate:up\n-- migrate:down\n");
  EXPECT_THAT(text({"embed", "history"}),
              testing::StartsWith("exit 1\n--- err\nmigrations/0003_c.sql:1:13: error: two heads: 0002, 0003\n"));
  EXPECT_EQ(text({"embed", "history", "--allow-heads"}), "exit 0\n");
}

TEST_F(EmbedCommandTest, RefusesWhatCppCouldNotRead) {
  EXPECT_EQ(text({"embed", "a-b"}), "exit 2\n--- err\nerror: 'a-b' cannot be a namespace\n"
                                    "hint: --namespace takes identifiers with '::' between them\n");
  for (const char* space : {"", "1a", "a:b", "::a", "a::", "a::::b", "a-b"}) {
    EXPECT_THAT(text({"embed", "history", "--namespace", space}), testing::HasSubstr("cannot be a namespace")) << space;
  }
  for (const char* const name : {"a/b", "a b", "a\"b", ""}) {
    EXPECT_EQ(text({"embed", name, "--namespace", "app"}),
              fmt::format("exit 2\n--- err\nerror: '{}' cannot be the name of a header\n"
                          "hint: it has letters, digits and _ . + -\n",
                          name));
  }
  EXPECT_EQ(text({"embed", "history", "--dialects", "sqlite,mysql"}),
            "exit 2\n--- err\nerror: unknown dialect 'mysql'\nhint: the dialects are sqlite and postgresql\n");
}

} // namespace
} // namespace retort
