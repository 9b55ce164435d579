#include "history/target.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

std::string name(Place place) {
  switch (place) {
  case Place::head: return "head";
  case Place::heads: return "heads";
  case Place::base: return "base";
  case Place::current: return "current";
  case Place::revision: return "revision";
  }
  return "";
}

std::string parsed(std::string_view text) {
  std::string out;
  const std::string refused = refusal([&] {
    for (const Target& target : parse_targets(text)) {
      out += (out.empty() ? "" : "; ") + (target.branch.empty() ? "" : target.branch + " @ ") + name(target.place) +
             (target.name.empty() ? "" : " " + target.name) +
             (target.steps == 0 ? "" : (target.steps > 0 ? " +" : " ") + std::to_string(target.steps));
    }
  });
  return out + refused;
}

TEST(Target, APlaceIsAWordOrARevision) {
  EXPECT_EQ(parsed("head"), "head");
  EXPECT_EQ(parsed("heads"), "heads");
  EXPECT_EQ(parsed("base"), "base");
  EXPECT_EQ(parsed("current"), "current");
  EXPECT_EQ(parsed("20260101"), "revision 20260101");
  EXPECT_EQ(parsed("v1.2"), "revision v1.2");
  EXPECT_EQ(parsed("billing_2"), "revision billing_2");
  EXPECT_EQ(parsed("Head"), "revision Head");
}

TEST(Target, StepsCountFromAPlace) {
  EXPECT_EQ(parsed("+2"), "current +2");
  EXPECT_EQ(parsed("-1"), "current -1");
  EXPECT_EQ(parsed("20260101+12"), "revision 20260101 +12");
  EXPECT_EQ(parsed("head-1"), "head -1");
  EXPECT_EQ(parsed("base+2"), "base +2");
  EXPECT_EQ(parsed("current-3"), "current -3");
}

TEST(Target, ABranchStandsBeforeThePlace) {
  EXPECT_EQ(parsed("billing@head"), "billing @ head");
  EXPECT_EQ(parsed("billing@heads"), "billing @ heads");
  EXPECT_EQ(parsed("billing@base"), "billing @ base");
  EXPECT_EQ(parsed("billing@2026"), "billing @ revision 2026");
  EXPECT_EQ(parsed("billing@+1"), "billing @ current +1");
  EXPECT_EQ(parsed("billing@-1"), "billing @ current -1");
  EXPECT_EQ(parsed("billing@head-1"), "billing @ head -1");
  EXPECT_EQ(parsed("20260101@head"), "20260101 @ head");
}

TEST(Target, SeveralAreSeparatedByCommas) {
  EXPECT_EQ(parsed("1,billing@head,-1"), "revision 1; billing @ head; current -1");
  const std::string refused = "2\nerror: a target is empty\nhint: separate targets by one comma: a,b\n";
  EXPECT_EQ(parsed(""), refused);
  EXPECT_EQ(parsed("1,"), "" + refused);
  EXPECT_EQ(parsed(",1"), refused);
  EXPECT_EQ(parsed("1,,2"), refused);
}

TEST(Target, SeveralDashesAreThoseOfADate) {
  EXPECT_EQ(parsed("2026-11-22"), "revision 20261122");
  EXPECT_EQ(parsed("2019-01-05-000000"), "revision 20190105000000");
  EXPECT_EQ(parsed("billing@2026-11-22"), "billing @ revision 20261122");
  EXPECT_EQ(parsed("2026-11"), "revision 2026 -11");
}

TEST(Target, StepsAreAWholeNumber) {
  const auto refused = [](const std::string& wrong) {
    return "2\nerror: '" + wrong + "' is no number of steps\nhint: write " + wrong[0] + "1, " + wrong[0] + "2, …\n";
  };
  for (const std::string wrong :
       {"+", "+0", "+x", "+1x", "+-1", "+ 1", "+01", "+99999999999999999999", "-", "-0", "-x"}) {
    EXPECT_EQ(parsed(wrong), refused(wrong));
    EXPECT_EQ(parsed("a@" + wrong), refused(wrong));
  }
  EXPECT_EQ(parsed("20260101+2junk"), refused("+2junk")) << "the whole target counts";
  EXPECT_EQ(parsed("20260101-2junk"), refused("-2junk"));
  EXPECT_EQ(parsed("20260101+1+1"), refused("+1+1"));
}

TEST(Target, ABranchAndAPlaceAreNeeded) {
  for (const std::string wrong : {"@head", "billing@", "a@b@head", "@"}) {
    EXPECT_EQ(parsed(wrong), "2\nerror: '" + wrong +
                                 "' does not name one branch and one place on it\n"
                                 "hint: a target is written [BRANCH@]PLACE[+N|-N]: docs/targets.md\n");
  }
}

TEST(Target, IsNoRange) {
  for (const std::string wrong : {"base:head", ":", "1,2:", "billing@1:+1"}) {
    EXPECT_EQ(parsed(wrong), "2\nerror: '" + wrong +
                                 "' is a range, and no range is meant here\n"
                                 "hint: a range goes with --sql, 'history -r' and 'graph -r'\n");
  }
}

TEST(TargetRange, IsStartAndEnd) {
  EXPECT_EQ(parse_range("head").start, std::nullopt);
  EXPECT_EQ(parse_range("head").end, "head");
  EXPECT_EQ(parse_range("1,2:+2").start, "1,2");
  EXPECT_EQ(parse_range("1,2:+2").end, "+2");
  EXPECT_EQ(parse_range(":").start, "");
  EXPECT_EQ(parse_range(":").end, "");
}

TEST(TargetRange, HasOneColon) {
  EXPECT_EQ(refusal([] { parse_range("a:b:c"); }),
            "2\nerror: 'a:b:c' has two colons\nhint: a range is written start:end\n");
}

} // namespace
} // namespace retort
