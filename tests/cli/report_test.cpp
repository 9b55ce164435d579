#include "cli/tool_test.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// Colour and JSON.
class ReportTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.revision("0003_broken", "-- Broken.\n\n-- migrate:up\nCREATE TABEL x (a);\n");
  }
};

TEST_F(ReportTest, ColoursOnlyWhenToldOrOnATerminal) {
  const std::string escape = "\x1b[";
  const std::vector<std::string> arguments = {"upgrade", "head"};
  EXPECT_EQ(tool_.run(arguments).text().find(escape), std::string::npos);
  EXPECT_EQ(tool_.run({"upgrade", "head", "--color", "never"}).text().find(escape), std::string::npos);
  EXPECT_THAT(tool_.run({"upgrade", "head", "--color", "always"}).err,
              testing::StartsWith("\x1b[1mmigrations/0003_broken.sql:4:8:\x1b[0m \x1b[1;31merror:\x1b[0m near"));
  tool_.environment["NO_COLOR"] = "1";
  EXPECT_EQ(tool_.run(arguments).text().find(escape), std::string::npos);
  EXPECT_NE(tool_.run({"upgrade", "head", "--color", "always"}).err.find(escape), std::string::npos);
}

TEST_F(ReportTest, AnErrorAsJson) {
  const Output output = tool_.run({"upgrade", "head", "--format", "json"});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err, "");
  EXPECT_EQ(output.out,
            "{\n  \"diagnostics\": [\n    {\n      \"column\": 8,\n      \"line\": 4,\n"
            "      \"message\": \"near \\\"TABEL\\\": syntax error\",\n      \"notes\": [\n        {\n"
            "          \"message\": \"no revision was committed\"\n        }\n      ],\n"
            "      \"path\": \"migrations/0003_broken.sql\",\n      \"severity\": \"error\"\n    }\n  ]\n}\n");
}

TEST_F(ReportTest, EveryCommandGivesOneDocument) {
  const std::vector<std::vector<std::string>> commands = {{"upgrade", "0002"},
                                                          {"current"},
                                                          {"history"},
                                                          {"history", "-i"},
                                                          {"heads", "--resolve-dependencies"},
                                                          {"graph"},
                                                          {"branches"},
                                                          {"ensure-version"},
                                                          {"rebase", "head"},
                                                          {"merge"},
                                                          {"edit", "0001"},
                                                          {"show", "head"},
                                                          {"check"},
                                                          {"stamp", "0001"},
                                                          {"downgrade", "base"},
                                                          {"upgrade", "nosuch"},
                                                          {"upgrade", "head", "--plan"},
                                                          {"revision", "-m", "x"},
                                                          {"current", "-u", "sqlite:none.db"},
                                                          {"-d", "none", "heads"}};
  for (std::vector<std::string> command : commands) {
    command.insert(command.end(), {"--format", "json", "-v"});
    const Output output = tool_.run(command);
    EXPECT_EQ(output.err, "") << testing::PrintToString(command);
    const nlohmann::json document = nlohmann::json::parse(output.out, nullptr, false);
    EXPECT_TRUE(document.is_object() && document.contains("diagnostics")) << output.text();
    const bool has_error = output.out.find("\"severity\": \"error\"") != std::string::npos;
    EXPECT_EQ(has_error, output.status != 0 && output.status != 4) << testing::PrintToString(command) << output.text();
  }
}

TEST_F(ReportTest, BytesThatAreNoTextDoNotBreakTheDocument) {
  tool_.write("migrations/0003_broken.sql", "-- Br\xff.\n\n-- migrate:up\nSELECT 1;\n");
  const Output output = tool_.run({"heads", "--format", "json"});
  EXPECT_EQ(output.status, 1);
  EXPECT_FALSE(nlohmann::json::parse(output.out, nullptr, false).is_discarded()) << output.text();
}

} // namespace
} // namespace retort
