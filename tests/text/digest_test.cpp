#include "text/digest.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

// The examples that NIST publishes with FIPS 180-4.
constexpr std::string_view of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view of_two_blocks = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr std::string_view of_a_million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Digest, MatchesThePublishedExamples) {
  Digest digest;
  EXPECT_EQ(digest.finish(), of_nothing);
  digest.update("abc");
  EXPECT_EQ(digest.finish(), of_abc);
  digest.update("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq");
  EXPECT_EQ(digest.finish(), of_two_blocks);
  digest.update(std::string(1'000'000, 'a'));
  EXPECT_EQ(digest.finish(), of_a_million);
}

TEST(Digest, DoesNotDependOnHowTheBytesArrive) {
  Digest digest;
  digest.update("a");
  digest.update("");
  digest.update("bc");
  EXPECT_EQ(digest.finish(), of_abc);
}

TEST(Digest, TakesNulBytes) {
  Digest digest;
  digest.update(std::string_view("a\0b", 3));
  const std::string with_nul = digest.finish();
  digest.update("a");
  EXPECT_NE(with_nul, digest.finish());
}

} // namespace
} // namespace retort
