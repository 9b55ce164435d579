#include "script/embed.hpp"
#include "support/revisions.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

const EmbeddedFolder folder = {"", "migrations"};
const EmbeddedNames names = {"app_history", "app"};

TEST(Embed, WritesAHeader) {
  constexpr Dialect dialects[] = {Dialect::sqlite, Dialect::postgresql};
  EXPECT_EQ(write_embedded_header({"app_history", "company::app"}, 3, dialects), R"(// Written by 'retort embed'.

#pragma once

#include <retort/history.hpp>

static_assert(::retort::EmbeddedHistory::format == 2, "this file was written by another version of Retort");

namespace company::app {

extern const ::retort::EmbeddedData history_data;

inline constexpr ::retort::EmbeddedHistory history(history_data, 3, {::retort::Dialect::sqlite, ::retort::Dialect::postgresql});

}
)");
}

TEST(Embed, WritesASource) {
  const History history = history_of({{"1_note", "-- migrate:up\nCREATE TABLE note (a TEXT DEFAULT 'ü?\?=\\\"');\n"}});
  const CompiledHistory compiled[] = {{Dialect::sqlite, &history}};
  EXPECT_EQ(write_embedded_source(names, pack(compiled, folder)), R"(// Written by 'retort embed'.

#include "app_history.hpp"

#ifdef __clang__
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif

namespace app {

constinit const ::retort::EmbeddedData history_data = {{
    "1\n"
    "note\n"
    "migrations/1_note.sql\n"
    "-- migrate:up\n"
    "CREATE TABLE note (a TEXT DEFAULT '\303\274?\?=\\\"');\n"
    "\n"
    "31aeb3e1946783f67e766830ddce9603317782cddd0447d5269cff73ab152289\n"
    "\n",
  156}, {
    U"\xc\x11\x17\x0\x0\x1\x2\x4\x7\x15\x1\x0\x1\x7\x15\x1d"
    U"\x3c\x0\x0\x0\x0\x0\x0\x5a\x0\x1\x1\x9b\x0\x1\x0\xe"
    U"\x2c0\x0\x0",
  35}};

}
)");
}

TEST(Embed, StoresATextOnce) {
  const std::vector<RevisionText> texts = {{"1", "-- migrate:up\nSELECT 'a text that is found again';\n"}};
  const History sqlite = history_of(texts, Dialect::sqlite);
  const History postgresql = history_of(texts, Dialect::postgresql);
  const CompiledHistory both[] = {{Dialect::sqlite, &sqlite}, {Dialect::postgresql, &postgresql}};
  const CompiledHistory one[] = {{Dialect::sqlite, &sqlite}};
  EXPECT_EQ(pack(both, folder).text, pack(one, folder).text);
}

TEST(Embed, RefusesHistoriesThatDiffer) {
  const History before = history_of({{"1", "-- migrate:up\nSELECT 1;\n"}});
  const History edited = history_of({{"1", "-- migrate:up\nSELECT 2;\n"}}, Dialect::postgresql);
  const History longer =
      history_of({{"1", "-- migrate:up\nSELECT 1;\n"}, {"2", "-- migrate:up\n"}}, Dialect::postgresql);
  for (const History* after : {&edited, &longer}) {
    const CompiledHistory compiled[] = {{Dialect::sqlite, &before}, {Dialect::postgresql, after}};
    EXPECT_EQ(refusal([&] {
                pack(compiled, {"db/migrations", "migrations"});
              }),
              "1\n"
              "db/migrations: error: the migrations directory was changed while it was read\n"
              "hint: build again\n");
  }
}

} // namespace
} // namespace retort
