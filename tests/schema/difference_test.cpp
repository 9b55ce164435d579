#include "schema/difference.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

Object table(const std::string& name) { return {ObjectKind::table, name, {}, {}}; }

Object column(const std::string& table, const std::string& name, std::vector<Attribute> attributes) {
  return {ObjectKind::column, table + "." + name, table, std::move(attributes)};
}

std::string differences(std::vector<Object> from, std::vector<Object> to) {
  Schema one{Dialect::sqlite, std::move(from)};
  Schema other{Dialect::sqlite, std::move(to)};
  sort(one);
  sort(other);
  std::string out;
  for (const Difference& difference : compare(one, other)) {
    out += describe(difference) + "\n";
  }
  return out;
}

/// How two values of an attribute are told apart.
std::string values(const std::string& from, const std::string& to) {
  return differences({{ObjectKind::view, "v", {}, {{"definition", from}}}},
                     {{ObjectKind::view, "v", {}, {{"definition", to}}}});
}

TEST(Difference, EqualSchemasHaveNone) {
  EXPECT_EQ(differences({table("a"), column("a", "b", {{"position", "1"}})},
                        {column("a", "b", {{"position", "1"}}), table("a")}),
            "");
}

TEST(Difference, TheOrderOfColumnsCanBeIgnored) {
  const Schema one{Dialect::sqlite, {column("a", "b", {{"position", "1"}}), column("a", "c", {{"position", "2"}})}};
  const Schema other{Dialect::sqlite, {column("a", "b", {{"position", "2"}}), column("a", "c", {{"position", "1"}})}};
  EXPECT_EQ(compare(one, other).size(), 2U);
  EXPECT_TRUE(compare(one, other, ColumnOrder::ignored).empty());
}

TEST(Difference, ATableStandsForItsParts) {
  EXPECT_EQ(
      differences(
          {table("orders"), column("orders", "id", {{"position", "1"}})},
          {table("stray"), column("stray", "id", {{"position", "1"}}), {ObjectKind::trigger, "touch", "stray", {}}}),
      "table orders is missing\n"
      "table stray is extra\n");
}

TEST(Difference, APartThatChangedItsTableIsToldOf) {
  EXPECT_EQ(differences({table("a"), {ObjectKind::index, "i", "a", {{"table", "a"}}}},
                        {table("b"), {ObjectKind::index, "i", "b", {{"table", "b"}}}}),
            "table a is missing\n"
            "table b is extra\n"
            "index i: table is b instead of a\n");
}

TEST(Difference, AttributesAreComparedByName) {
  EXPECT_EQ(
      differences(
          {table("orders"),
           column("orders", "total", {{"position", "1"}, {"type", "integer"}, {"default", "0"}, {"comment", "all"}})},
          {table("orders"),
           column("orders", "total", {{"position", "1"}, {"type", "bigint"}, {"collation", "C"}, {"comment", "all"}})}),
      "column orders.total: type is bigint instead of integer; default is none instead of 0; "
      "collation is C instead of none\n");
}

TEST(Difference, SaysWhatIsMissingAndWhatIsExtra) {
  EXPECT_EQ(differences({table("a"), {ObjectKind::primary_key, "a", "a", {}}, column("a", "b", {{"position", "1"}})},
                        {table("a"), {ObjectKind::check, "a (b > 0)", "a", {}}}),
            "column a.b is missing\n"
            "primary key of a is missing\n"
            "check constraint a (b > 0) is extra\n");
}

TEST(Difference, AColumnThatComesOrGoesMovesNoOtherOne) {
  const auto at = [](const std::string& name, const std::string& position) {
    return column("a", name, {{"position", position}});
  };
  EXPECT_EQ(differences({at("b", "1"), at("c", "2"), at("d", "3")}, {at("c", "1"), at("d", "2")}),
            "column a.b is missing\n");
  EXPECT_EQ(differences({at("b", "1"), at("c", "2"), at("d", "3")}, {at("new", "1"), at("d", "2"), at("c", "3")}),
            "column a.b is missing\n"
            "column a.c: position is 3 instead of 2\n"
            "column a.d: position is 2 instead of 3\n"
            "column a.new is extra\n");
}

TEST(Difference, NamesakesArePairedOff) {
  const auto key = [](const std::string& to) {
    return Object{ObjectKind::foreign_key, "a (b)", "a", {{"references", to}}};
  };
  EXPECT_EQ(differences({key("c"), key("d")}, {key("d"), key("c")}), "");
  EXPECT_EQ(differences({key("c"), key("c")}, {key("c")}), "foreign key a (b) is missing\n");
  EXPECT_EQ(differences({key("c"), key("d")}, {key("d"), key("e")}),
            "foreign key a (b): references is e instead of c\n");
}

TEST(Difference, OfSeveralLinesTheFirstOneThatDiffersIsShown) {
  EXPECT_EQ(values("BEGIN\n  RETURN 1;\nEND", "BEGIN\n  RETURN 2;\n  -- later\nEND"),
            "view v: definition, line 2, is RETURN 2; instead of RETURN 1;\n");
  EXPECT_EQ(values("a\nb", "a\nb\nc\nd"), "view v: definition, line 3, is c instead of none\n");
  EXPECT_EQ(values("a\nb", "a\n  b"), "view v: definition, line 2, has other white space\n");
}

TEST(Difference, OfALongValueThePartThatDiffersIsShown) {
  std::string words;
  for (int i = 0; i < 60; ++i) {
    words += "word" + std::to_string(i) + " ";
  }
  EXPECT_EQ(
      values(words + "one " + words, words + "other " + words),
      "view v: definition is … word52 word53 word54 word55 word56 word57 word58 word59 other word0 word1 word2 "
      "word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 "
      "word19 word20 … instead of … word52 word53 word54 word55 word56 word57 word58 word59 one word0 word1 word2 "
      "word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 "
      "word19 word20 word21 …\n");
}

} // namespace
} // namespace retort
