#pragma once

#include "cli/tool.hpp"

#include <gmock/gmock.h>

namespace retort {

/// The real tool with two revisions and, in DATABASE_URL, an SQLite file that is not there yet.
class ToolTest : public testing::Test {
protected:
  void SetUp() override {
    tool_.revision("0001_create_note", "-- Create note.\n\n-- migrate:up\nCREATE TABLE note (id INTEGER PRIMARY KEY);\n"
                                       "-- migrate:down\nDROP TABLE note;\n");
    tool_.revision("0002_create_tag", "-- Create tag.\n-- Branch: tags\n\n-- migrate:up\nCREATE TABLE tag (id INTEGER "
                                      "PRIMARY KEY);\n-- migrate:down\nDROP TABLE tag;\n");
    tool_.environment["DATABASE_URL"] = "sqlite:app.db";
  }

  /// What the tool prints, with its exit status.
  std::string text(const std::vector<std::string>& arguments) const { return tool_.text(arguments); }

  /// Only the standard output of a run that must succeed.
  std::string out(const std::vector<std::string>& arguments) const {
    const Output output = tool_.run(arguments);
    EXPECT_EQ(output.status, 0) << output.text();
    return output.out;
  }

  bool exists(const std::string& path) const { return std::filesystem::exists(tool_.folder / path); }

  Tool tool_;
};

} // namespace retort
