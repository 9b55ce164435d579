#include "async/fleet.hpp"

namespace retort {
namespace {

TEST_F(FleetTest, OneThatFailsHarmsNoOther) {
  const ProgramHistory history(two, Dialect::sqlite);
  std::vector<Tenant> tenants;
  for (const char* name : {"a", "nowhere/b", "c", "d"}) {
    tenants.push_back({url(name), {}});
  }
  FleetOptions options;
  options.jobs = 2;
  options.keep_going = true;
  std::vector<std::size_t> ended;
  options.finished = [&](std::size_t number, const TenantResult& /*result*/) { ended.push_back(number); };
  EXPECT_EQ(run(tenants, history, options), "up 0001\nup 0002\nat 0002\nfailed behind 0\nup 0001\nup 0002\nat 0002\n"
                                            "up 0001\nup 0002\nat 0002\n");
  EXPECT_THAT(ended, testing::UnorderedElementsAre(0, 1, 2, 3));
}

TEST_F(FleetTest, BeginsNoOtherBehindAFailure) {
  const ProgramHistory history(two, Dialect::sqlite);
  FleetOptions options;
  options.jobs = 1;
  EXPECT_EQ(run({{url("a"), {}}, {url("nowhere/b"), {}}, {url("c"), {}}}, history, options),
            "up 0001\nup 0002\nat 0002\nfailed behind 0\nnot begun\n");
}

TEST_F(FleetTest, HasNothingToDoWithoutTenants) {
  EXPECT_EQ(run({}, ProgramHistory(two, Dialect::sqlite), FleetOptions()), "");
}

} // namespace
} // namespace retort
