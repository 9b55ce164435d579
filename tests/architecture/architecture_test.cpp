#include "text/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace retort {
namespace {

namespace fs = std::filesystem;

const fs::path tests = RETORT_TESTS_DIR;
const fs::path tool = tests / "../tool";
const fs::path public_headers = tests / "../include";

/// The headers and sources below `folder`.
std::vector<fs::path> files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp") {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

/// What the first group of `pattern` finds, one after the other.
std::vector<std::string> found(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

/// The rooms in the order in which they are built.
std::vector<std::string> rooms() {
  const auto lists = found(read_file(tool / "CMakeLists.txt"), std::regex("foreach\\(room IN ITEMS ([a-z ]+)\\)"));
  std::istringstream words(lists.empty() ? "" : lists.front());
  return {std::istream_iterator<std::string>(words), {}};
}

/// The rooms whose headers a room includes, with the including file.
std::vector<std::pair<std::string, std::string>> included_rooms(const std::string& room) {
  std::vector<std::pair<std::string, std::string>> included;
  for (const fs::path& file : files(tool / room)) {
    for (const std::string& other : found(read_file(file), std::regex("#include \"([^/\"]*)"))) {
      included.emplace_back(file.filename().string(), other);
    }
  }
  return included;
}

TEST(Architecture, EveryFolderIsARoom) {
  std::vector<std::string> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(tool)) {
    if (entry.is_directory()) {
      folders.push_back(entry.path().filename().string());
    }
  }
  std::vector<std::string> known = rooms();
  std::ranges::sort(folders);
  std::ranges::sort(known);
  EXPECT_EQ(folders, known);
  EXPECT_GE(known.size(), 10U);
}

TEST(Architecture, ARoomIncludesOnlyRoomsAboveIt) {
  const std::vector<std::string> order = rooms();
  std::size_t includes = 0;
  for (auto room = order.begin(); room != order.end(); ++room) {
    for (const auto& [file, other] : included_rooms(*room)) {
      EXPECT_NE(std::find(order.begin(), room + 1, other), room + 1) << *room << "/" << file << " includes " << other;
      ++includes;
    }
  }
  EXPECT_GT(includes, 100U);
}

TEST(Architecture, TheRoomsBeforeTheSessionNeedNoDatabase) {
  const std::vector<std::string> order = rooms();
  const auto session = std::ranges::find(order, "session");
  ASSERT_NE(session, order.end());
  const std::regex client("#include <(libpq-fe\\.h|sqlite3\\.h|SQLiteCpp/[^>]*)>");
  for (auto room = order.begin(); room != session; ++room) {
    for (const fs::path& file : files(tool / *room)) {
      EXPECT_EQ(found(read_file(file), client), std::vector<std::string>{}) << file.string();
    }
  }
}

TEST(Architecture, FilesAreShort) {
  for (const fs::path& folder : {tool, tests, public_headers}) {
    for (const fs::path& file : files(folder)) {
      const std::ptrdiff_t limit = file.extension() == ".hpp" ? 150 : 400;
      EXPECT_LT(std::ranges::count(read_file(file), '\n'), limit) << file.string();
    }
  }
}

TEST(Architecture, ATypeHasItsNameForItself) {
  // Two classes of one name in one program have one destructor, and the linker chooses whose.
  std::map<std::string, std::string> owners;
  for (const fs::path& folder : {tool, public_headers}) {
    for (const fs::path& file : files(folder)) {
      const std::string text = read_file(file);
      if (file.extension() != ".hpp" || text.find("namespace retort {") == std::string::npos) {
        continue; // a namespace of its own
      }
      for (const std::string& name :
           found(text, std::regex("\n(?:struct|class|enum class) ([A-Za-z]+)(?: :[^;\n]*)? \\{"))) {
        const auto [owner, is_new] = owners.emplace(name, file.string());
        EXPECT_TRUE(is_new) << name << " in " << file.string() << " and " << owner->second;
      }
    }
  }
  EXPECT_GT(owners.size(), 100U);
}

TEST(Architecture, HeadersAreIncludedOnce) {
  for (const fs::path& folder : {tool, public_headers}) {
    for (const fs::path& file : files(folder)) {
      if (file.extension() == ".hpp") {
        EXPECT_TRUE(read_file(file).starts_with("#pragma once\n")) << file.string();
      }
    }
  }
}

TEST(Architecture, PublicHeadersNeedTheStandardLibraryAlone) {
  for (const fs::path& header : files(public_headers)) {
    // Awaitable functions name Asio's types.
    const bool awaits = header.filename() == "async.hpp" || header.filename() == "fleet.hpp";
    const std::regex other(awaits ? "(#include \"[^\n]*|#include <(?!retort/|asio/)[^>]*[./][^>]*>)"
                                  : "(#include \"[^\n]*|#include <(?!retort/)[^>]*[./][^>]*>)");
    EXPECT_EQ(found(read_file(header), other), std::vector<std::string>{}) << header.string();
  }
}

TEST(Architecture, WhatAGeneratedFileIncludesNeedsTheStandardLibraryAlone) {
  EXPECT_EQ(found(read_file(public_headers / "retort/history.hpp"), std::regex("#include (<[^>]*[./][^>]*>)")),
            std::vector<std::string>{});
}

} // namespace
} // namespace retort
