#include "cli/tool.hpp"
#include "library/application.hpp"

#include <gmock/gmock.h>
#include <retort/script.hpp>

namespace retort {
namespace {

const std::vector<RevisionText> texts = {
    {"20260101_notes", "-- Notes.\n-- migrate:up\nCREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT DEFAULT 'ü');\n"
                       "-- migrate:down\nDROP TABLE note;\n"},
    {"20260102_index", "-- Branch: billing\n-- migrate:up dialect:postgresql transaction:false\nCREATE INDEX "
                       "CONCURRENTLY note_text ON note (text);\n-- migrate:up dialect:sqlite\nCREATE INDEX note_text "
                       "ON note (text);\n-- migrate:down\nDROP INDEX note_text;\n"},
    {"20260103_tags", "-- Revises: 20260101\n-- Transaction: cut\n-- migrate:up\nCREATE TABLE tag (id INTEGER);\n"
                      "SELECT 1;\n-- migrate:down\nDROP TABLE tag;\n"}};

std::string reason(const std::function<void()>& action) {
  try {
    action();
    return {};
  } catch (const Error& error) {
    return shown(error);
  }
}

class ScriptApiTest : public testing::TestWithParam<Dialect> {
protected:
  void SetUp() override {
    for (const auto& [name, text] : texts) {
      tool_.revision(name, text);
    }
  }

  /// The standard output of a run that must succeed.
  std::string out(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--sql", "--dialect", std::string(name(GetParam()))});
    const Output output = tool_.run(std::move(arguments));
    EXPECT_EQ(output.status, 0) << output.text();
    return output.out;
  }

  Tool tool_;
  Application application_{texts};
};

TEST_P(ScriptApiTest, WritesWhatTheToolWrites) {
  EXPECT_EQ(upgrade_script(application_, GetParam()), out({"upgrade", "heads"}));
  EXPECT_EQ(upgrade_script(application_, GetParam(), {"20260101", "billing@head"}),
            out({"upgrade", "20260101:billing@head"}));
  EXPECT_EQ(upgrade_script(application_, GetParam(), {"base", "heads"}, Client::plain),
            out({"upgrade", "heads", "--plain"}));
  EXPECT_EQ(downgrade_script(application_, GetParam()), out({"downgrade", "heads:base"}));
  EXPECT_EQ(downgrade_script(application_, GetParam(), {"20260103", "20260101"}, Client::plain),
            out({"downgrade", "20260103:20260101", "--plain"}));
}

INSTANTIATE_TEST_SUITE_P(Any, ScriptApiTest, testing::Values(Dialect::sqlite, Dialect::postgresql),
                         [](const auto& info) { return std::string(name(info.param)); });

TEST(ScriptApi, RefusesWhatCannotBe) {
  const Application application(texts, {Dialect::sqlite});
  EXPECT_EQ(reason([&] { upgrade_script(application, Dialect::postgresql); }),
            "request, at \n"
            "error: the program's history was not built for postgresql\n"
            "hint: add postgresql to the DIALECTS of migrations_add\n");
  EXPECT_EQ(reason([&] {
              upgrade_script(application, Dialect::sqlite, {"base", "nowhere"});
            }),
            "request, at \n"
            "error: there is no revision or label 'nowhere'\n"
            "hint: 'history' lists the revisions\n");
  const Application irreversible({{"1", "-- migrate:up\nCREATE TABLE a (b);\n"}}, {Dialect::sqlite});
  EXPECT_THAT(reason([&] { downgrade_script(irreversible, Dialect::sqlite); }),
              testing::StartsWith("request, at \nmigrations/1.sql: error: 1 is irreversible: it has no way down\n"));
}

} // namespace
} // namespace retort
