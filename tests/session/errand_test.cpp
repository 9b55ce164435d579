#include "session/blocking.hpp"
#include "session/errand.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;

TEST(Errand, CanBeWaitedForLikeASocket) {
  const auto may_end = std::make_shared<std::atomic<bool>>(false);
  const Errand errand([may_end] { may_end->wait(false); });
  EXPECT_FALSE(errand.is_done());
  EXPECT_FALSE(is_ready({errand.file()}));
  *may_end = true;
  may_end->notify_one();
  Blocker({}).wait({errand.file()});
  EXPECT_TRUE(errand.is_done());
  EXPECT_TRUE(is_ready({errand.file()}));
}

TEST(Errand, CanBeLeftBehind) {
  const auto ended = std::make_shared<std::atomic<bool>>(false);
  const auto begin = std::chrono::steady_clock::now();
  {
    const Errand errand([ended] {
      std::this_thread::sleep_for(500ms);
      *ended = true;
      ended->notify_one();
    });
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 400ms);
  ended->wait(false);
}

TEST(Errand, NoSignalReachesIt) {
  Waiter waiter;
  bool raised = false;
  const std::function<void()> action = [&] { raised = ::raise(SIGPIPE) == 0; };
  run_blocking(waiter, run_elsewhere(action, waiter));
  EXPECT_TRUE(raised);
}

TEST(Errand, IsWaitedForInSpiteOfAStopAndThrows) {
  std::stop_source stop;
  stop.request_stop();
  Waiter waiter(stop.get_token());
  bool ended = false;
  const std::function<void()> action = [&] {
    std::this_thread::sleep_for(100ms);
    ended = true;
    throw std::runtime_error("no");
  };
  EXPECT_THROW(run_blocking(waiter, run_elsewhere(action, waiter)), std::runtime_error);
  EXPECT_TRUE(ended);
}

} // namespace
} // namespace retort
