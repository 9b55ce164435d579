#include "cli/tool_test.hpp"

#include <nlohmann/json.hpp>

namespace retort {
namespace {

class GraphCommandTest : public ToolTest {
protected:
  /// 0001 and 0002 (tags) from the fixture; a second branch, both merged, and another base that needs the first.
  void SetUp() override {
    ToolTest::SetUp();
    url_ = tool_.environment.extract("DATABASE_URL").mapped();
    add("0003_color", "Colours: \"red\" & 'blue' \\ #1.", "0001");
    add("0004_merge", "Merge.", "0002,0003");
    add("0005_other", "Another base.", "base\n-- Depends-On: 0003, 0001");
  }

  void add(const std::string& name, const std::string& message, const std::string& parents) const {
    tool_.revision(name, "-- " + message + "\n-- Revises: " + parents + "\n\n-- migrate:up\nSELECT 1;\n");
  }

  std::string url_;
};

TEST_F(GraphCommandTest, DrawsTheHistoryWithoutADatabase) {
  EXPECT_EQ(text({"graph"}), R"(exit 0
--- out
* 0005 (base) (head)  Another base.  needs 0001, 0003

* 0004 (head)  Merge.
|\
| * 0003  Colours: "red" & 'blue' \ #1.
* | 0002 (tags)  Create tag.
|/
* 0001 (base)  Create note.
)");
}

TEST_F(GraphCommandTest, NothingToDraw) {
  std::filesystem::remove_all(tool_.folder / "migrations");
  std::filesystem::create_directory(tool_.folder / "migrations");
  EXPECT_EQ(text({"graph"}), "exit 0\n");
  EXPECT_EQ(out({"graph", "--format", "json"}), "{\n  \"diagnostics\": [],\n  \"revisions\": []\n}\n");
}

TEST_F(GraphCommandTest, MarksWhatADatabaseHas) {
  out({"upgrade", "0002", "-u", url_});
  const std::string expected = R"(* 0005 (base) (head) (pending)  Another base.  needs 0001, 0003

* 0004 (head) (pending)  Merge.
|\
| * 0003 (pending)  Colours: "red" & 'blue' \ #1.
* | 0002 (tags) (current)  Create tag.
|/
* 0001 (base) (applied)  Create note.
)";
  EXPECT_EQ(out({"graph", "-u", url_}), expected);
  tool_.write("retort.toml", "[database.app]\nurl = \"sqlite:app.db\"\n");
  EXPECT_EQ(out({"graph", "-i"}), expected);
  EXPECT_EQ(out({"graph", "-n", "app"}), expected);
  EXPECT_EQ(out({"graph"}).find("(pending)"), std::string::npos) << "a configured database need not be there";
  tool_.environment["DATABASE_URL"] = url_;
  EXPECT_EQ(out({"graph", "-i"}), expected);
}

TEST_F(GraphCommandTest, ADatabaseThatCannotBeReadIsAnError) {
  EXPECT_EQ(text({"graph", "-u", "sqlite:none.db"}), "exit 3\n--- err\nerror: there is no database sqlite:none.db\n"
                                                     "hint: check the path, or let 'upgrade head' create it\n");
}

TEST_F(GraphCommandTest, WarnsOfDrift) {
  out({"upgrade", "heads", "-u", url_});
  std::filesystem::remove(tool_.folder / "migrations/0005_other.sql");
  EXPECT_EQ(text({"graph", "-u", url_, "-r", "0004:"}),
            "exit 0\n--- out\n* 0004 (head) (current)  Merge.\n--- err\n"
            "warning: 0005 is applied to the database, but has no file here: Another base.\n"
            "hint: get the file back, or, if it is meant to be gone, forget it with 'stamp --purge'\n");
}

TEST_F(GraphCommandTest, DrawsARange) {
  EXPECT_EQ(text({"graph", "-r", "0001:0003"}), R"(exit 0
--- out
* 0003  Colours: "red" & 'blue' \ #1.
* 0001 (base)  Create note.
)");
  EXPECT_EQ(text({"graph", "-r", "0003:"}), R"(exit 0
--- out
* 0004 (head)  Merge.
* 0003  Colours: "red" & 'blue' \ #1.
)");
  EXPECT_EQ(text({"graph", "-r", "current:"}),
            "exit 2\n--- err\nerror: no database is given\n"
            "hint: use --url, DATABASE_URL, or a configuration file with [database.NAME]\n");
  out({"upgrade", "0003", "-u", url_});
  EXPECT_EQ(out({"graph", "-r", "current:0004", "-u", url_}), R"(* 0004 (head) (pending)  Merge.
* 0003 (current)  Colours: "red" & 'blue' \ #1.
)");
}

TEST_F(GraphCommandTest, SpeaksJson) {
  EXPECT_EQ(out({"graph", "-r", "0002:0002", "--format", "json"}),
            "{\n  \"diagnostics\": [],\n  \"revisions\": [\n    {\n      \"dependencies\": [],\n"
            "      \"id\": \"0002\",\n      \"is_head\": false,\n      \"labels\": [\n        \"tags\"\n      ],\n"
            "      \"message\": \"Create tag.\",\n      \"parents\": [\n        \"0001\"\n      ],\n"
            "      \"path\": \"migrations/0002_create_tag.sql\"\n    }\n  ]\n}\n");
  out({"upgrade", "0002", "-u", url_});
  const auto document = nlohmann::json::parse(out({"graph", "-u", url_, "--format", "json"}));
  std::vector<std::string> rows;
  for (const nlohmann::json& revision : document.at("revisions")) {
    rows.push_back(revision.at("id").get<std::string>() + " " + revision.at("is_applied").dump() + " " +
                   revision.at("is_current").dump());
  }
  EXPECT_EQ(rows, (std::vector<std::string>{"0005 false false", "0004 false false", "0003 false false",
                                            "0002 true true", "0001 true false"}));
}

TEST_F(GraphCommandTest, SpeaksDot) {
  out({"upgrade", "0001", "-u", url_});
  EXPECT_EQ(out({"graph", "-u", url_, "--format", "dot"}), R"(digraph history {
  rankdir=BT;
  node [shape=box];
  "0005" [label="0005 (base) (head) (pending)\nAnother base."];
  "0004" [label="0004 (head) (pending)\nMerge."];
  "0003" [label="0003 (pending)\nColours: \"red\" &amp; 'blue' \\ #1."];
  "0002" [label="0002 (tags) (pending)\nCreate tag."];
  "0001" [label="0001 (base) (current)\nCreate note.", style=filled, fillcolor=palegreen];
  "0001" -> "0005" [style=dashed];
  "0003" -> "0005" [style=dashed];
  "0002" -> "0004";
  "0003" -> "0004";
  "0001" -> "0003";
  "0001" -> "0002";
}
)");
  EXPECT_EQ(out({"graph", "-r", "0003:0004", "--format", "dot"}), R"(digraph history {
  rankdir=BT;
  node [shape=box];
  "0004" [label="0004 (head)\nMerge."];
  "0003" [label="0003\nColours: \"red\" &amp; 'blue' \\ #1."];
  "0003" -> "0004";
}
)");
}

TEST_F(GraphCommandTest, SpeaksMermaid) {
  add("0006_list", "1. <b>it</b> - *a*_b_ `c` [d] %%{e}; re-add v2.0", "0004");
  out({"upgrade", "0001", "-u", url_});
  EXPECT_EQ(out({"graph", "-u", url_, "--format", "mermaid"}), R"(flowchart BT
  n0["0006 (head) (pending)<br/>1#46; #60;b#62;it#60;/b#62; #45; #42;a#42;#95;b#95; #96;c#96; #91;d#93; )"
                                                               R"(#37;#37;#123;e#125;#59; re-add v2#46;0"]
  n1["0004 (pending)<br/>Merge."]
  n2["0002 (tags) (pending)<br/>Create tag."]
  n3["0005 (base) (head) (pending)<br/>Another base."]
  n4["0003 (pending)<br/>Colours#58; #34;red#34; #38; 'blue' #92; #35;1#46;"]
  n5["0001 (base) (current)<br/>Create note."]:::applied
  n1 --> n0
  n2 --> n1
  n4 --> n1
  n5 --> n2
  n5 -.-> n3
  n4 -.-> n3
  n5 --> n4
  classDef applied fill:#98fb98,color:#000
)");
  EXPECT_EQ(out({"graph", "-r", "0002:0002", "--format", "mermaid"}),
            "flowchart BT\n  n0[\"0002 (tags)<br/>Create tag.\"]\n");
}

TEST_F(GraphCommandTest, OnlyItKnowsTheFormatsOfDrawings) {
  EXPECT_EQ(text({"graph", "--format", "svg"}),
            "exit 2\n--- err\nerror: unknown format 'svg'\nhint: the formats are text, json, dot and mermaid\n");
  for (const char* format : {"dot", "mermaid"}) {
    EXPECT_EQ(text({"history", "--format", format}), "exit 2\n--- err\nerror: unknown format '" + std::string(format) +
                                                         "'\nhint: the formats are text and json\n");
  }
  EXPECT_THAT(out({"graph", "--help"}), testing::HasSubstr("  text, json, dot or mermaid\n"));
  EXPECT_THAT(out({"history", "--help"}), testing::HasSubstr("  text or json\n"));
}

TEST_F(GraphCommandTest, ErrorsAreNoPartOfADrawing) {
  add("0006_lost", "Lost.", "0009");
  for (const char* format : {"text", "dot", "mermaid"}) {
    const Output output = tool_.run({"graph", "--format", format});
    EXPECT_EQ(output.status, 1);
    EXPECT_EQ(output.out, "") << format;
    EXPECT_THAT(output.err, testing::StartsWith("migrations/0006_lost.sql:2:13: error: missing parent '0009'\n"));
  }
}

TEST_F(GraphCommandTest, S7_AFileCannotSteerTheTerminal) {
  add("0006_red", "\x1b[31mRed\x07", "0004");
  EXPECT_THAT(out({"graph"}), testing::HasSubstr("0006 (head)  \\x1b[31mRed\\x07\n"));
  EXPECT_THAT(out({"graph", "--format", "dot"}), testing::HasSubstr("\\n\\\\x1b[31mRed\\\\x07\"]"));
  EXPECT_THAT(out({"graph", "--format", "mermaid"}), testing::HasSubstr("<br/>#92;x1b#91;31mRed#92;x07\"]"));
}

} // namespace
} // namespace retort
