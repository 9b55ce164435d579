#include "cli/tool_test.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

/// Colour and JSON.
class ConsoleTest : public ToolTest {
protected:
  void SetUp() override {
    ToolTest::SetUp();
    tool_.revision("0003_broken", "-- Broken.\n\n-- migrate:up\nCREATE TABEL x (a);\n");
  }
};

TEST_F(ConsoleTest, ColoursOnlyWhenToldOrOnATerminal) {
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

TEST_F(ConsoleTest, AnErrorAsJson) {
  const Output output = tool_.run({"upgrade", "head", "--format", "json"});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err, "");
  EXPECT_EQ(output.out,
            "{\n  \"diagnostics\": [\n    {\n      \"column\": 8,\n      \"line\": 4,\n"
            "      \"message\": \"near \\\"TABEL\\\": syntax error\",\n      \"notes\": [\n        {\n"
            "          \"message\": \"no revision was committed\"\n        }\n      ],\n"
            "      \"path\": \"migrations/0003_broken.sql\",\n      \"severity\": \"error\"\n    }\n  ]\n}\n");
}

TEST_F(ConsoleTest, AnUnusableCommandLineAsJson) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"frob", "--format", "json"}, {"--format=json"}, {"heads", "--frob", "--format", "json"}}) {
    const Output output = tool_.run(arguments);
    EXPECT_EQ(output.status, 2);
    EXPECT_EQ(output.err, "");
    const nlohmann::json document = nlohmann::json::parse(output.out, nullptr, false);
    ASSERT_TRUE(document.is_object()) << output.text();
    EXPECT_EQ(document["diagnostics"][0]["severity"], "error");
  }
}

TEST_F(ConsoleTest, AScriptIsNoPartOfADocument) {
  for (const auto& command : std::vector<std::vector<std::string>>{{"upgrade", "0002"}, {"ensure-version"}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), {"--sql", "--format", "json"});
    const Output refused = tool_.run(arguments);
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(nlohmann::json::parse(refused.out, nullptr, false)["diagnostics"][0]["message"],
              "--sql and --format json both write to standard output");
    arguments.insert(arguments.end(), {"-o", "up.sql"});
    EXPECT_EQ(tool_.text(arguments), "exit 0\n--- out\n{\n  \"diagnostics\": [],\n  \"output\": \"up.sql\"\n}\n");
  }
}

TEST_F(ConsoleTest, AMigrationAsJson) {
  EXPECT_EQ(tool_.text({"upgrade", "0001", "--format", "json"}),
            "exit 0\n--- out\n{\n  \"current\": [\n    \"0001\"\n  ],\n  \"database\": \"sqlite:app.db\",\n"
            "  \"diagnostics\": [],\n  \"steps\": [\n    {\n      \"direction\": \"up\",\n"
            "      \"id\": \"0001\",\n      \"message\": \"Create note.\"\n    }\n  ]\n}\n");
}

// Two buffers: what stands in one file must stand in its order.
TEST_F(ConsoleTest, BothOutputsKeepTheirOrderInOnePlace) {
  Invocation invocation = tool_.invocation({"-c", "exec \"$0\" upgrade head --transaction each 2>&1", RETORT_TOOL});
  invocation.program = "/bin/sh";
  EXPECT_EQ(run_process(invocation).out,
            "upgrade base -> 0001  Create note.\nupgrade 0001 -> 0002  Create tag.\n"
            "migrations/0003_broken.sql:4:8: error: near \"TABEL\": syntax error\n"
            "    4 | CREATE TABEL x (a);\n      |        ^~~~~\nnote: 2 revisions were committed before this\n");
}

TEST_F(ConsoleTest, EveryCommandGivesOneDocument) {
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

TEST_F(ConsoleTest, BytesThatAreNoTextDoNotBreakTheDocument) {
  tool_.write("migrations/0003_broken.sql", "-- Br\xff.\n\n-- migrate:up\nSELECT 1;\n");
  const Output output = tool_.run({"heads", "--format", "json"});
  EXPECT_EQ(output.status, 1);
  EXPECT_FALSE(nlohmann::json::parse(output.out, nullptr, false).is_discarded()) << output.text();
}

} // namespace
} // namespace retort
