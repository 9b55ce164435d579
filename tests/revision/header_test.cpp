#include "revision/header.hpp"
#include "support/rendered.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace retort {
namespace {

std::string names(const std::vector<Reference>& references) {
  std::string text;
  for (const Reference& reference : references) {
    text += "<" + reference.name + ">";
  }
  return text;
}

/// What the header says, a line each, then the text behind it in brackets, then the diagnostics.
std::string read(const std::string& text) {
  const Source source("a.sql", text);
  Revision revision;
  Diagnostics diagnostics;
  const std::size_t end = read_header(source, revision, diagnostics);
  std::string out = revision.message.empty() ? "" : "message " + revision.message + "\n";
  out += revision.revises ? "revises " + names(*revision.revises) + "\n" : "";
  out += revision.depends_on.empty() ? "" : "depends on " + names(revision.depends_on) + "\n";
  out += revision.labels.empty() ? "" : "labels " + names(revision.labels) + "\n";
  out += revision.cuts_transaction ? "cut\n" : "";
  out += revision.irreversible ? "irreversible " + revision.irreversible->text + "\n" : "";
  out += revision.deletes ? "deletes " + revision.deletes->text + "\n" : "";
  return out + "[" + text.substr(end) + "]\n" + rendered(diagnostics);
}

TEST(Header, IsReadToTheFirstMarker) {
  EXPECT_EQ(
      read("-- Add invoices.\n--\n-- And more.\n-- Revises: 20261101090000, 0002\n-- Depends-On: 3,4\n"
           "-- Branch: billing, pay_roll\n-- Transaction: cut\n\n-- migrate:up\nSELECT 1;\n"),
      "message Add invoices.\nrevises <20261101090000><0002>\ndepends on <3><4>\nlabels <billing><pay_roll>\ncut\n"
      "[-- migrate:up\nSELECT 1;\n]\n");
}

TEST(Header, EndsAtTheFirstSql) {
  EXPECT_EQ(read("-- a\nSELECT 1;\n-- Revises: 1\n"), "message a\n[SELECT 1;\n-- Revises: 1\n]\n");
  EXPECT_EQ(read("/* a */\n"), "[/* a */\n]\n");
  EXPECT_EQ(read("-- a\n  -- migrate:up"), "message a\n[  -- migrate:up]\n");
}

TEST(Header, MayBeMissing) {
  EXPECT_EQ(read(""), "[]\n");
  EXPECT_EQ(read("\n \t\n--\n-- \n"), "[]\n");
  EXPECT_EQ(read("-- migrate:up"), "[-- migrate:up]\n");
}

TEST(Header, IsIndifferentToBlanks) {
  EXPECT_EQ(read("  --message \t\n--Revises:1\n\t--  Branch :  \n-- Branch:\tb\t\n"),
            "message message\nrevises <1>\nlabels <b>\n[]\n");
}

TEST(Header, F34_AcceptsAByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(read("\xEF\xBB\xBF-- Revises: 1\r\n-- m\r\n\r\n-- migrate:up\r\n"),
            "message m\nrevises <1>\n[-- migrate:up\r\n]\n");
  EXPECT_EQ(read("\xEF\xBB\xBF"), "[]\n");
}

TEST(Header, ABaseRevisesNothing) { EXPECT_EQ(read("-- Revises: base\n"), "revises \n[]\n"); }

TEST(Header, DashesOfIdsAreDropped) {
  EXPECT_EQ(read("-- Revises: 2026-11-01-090000\n-- Depends-On: 1-2\n"),
            "revises <20261101090000>\ndepends on <12>\n[]\n");
}

TEST(Header, ReferencesKnowTheirPlace) {
  const Source source("a.sql", "-- Revises: 1-0, 22\n");
  Revision revision;
  Diagnostics diagnostics;
  read_header(source, revision, diagnostics);
  ASSERT_EQ(revision.revises->size(), 2U);
  EXPECT_EQ(source.text().substr(revision.revises->at(0).offset, revision.revises->at(0).length), "1-0");
  EXPECT_EQ(source.text().substr(revision.revises->at(1).offset, revision.revises->at(1).length), "22");
}

TEST(Header, OtherWordsBeforeAColonAreText) {
  EXPECT_EQ(read("-- Note: see https://example.org\n-- Author: x\n-- : y\n-- Depends On: 1\n"),
            "message Note: see https://example.org\n[]\n");
}

TEST(Header, MisspeltKeysAreErrors) {
  EXPECT_EQ(read("-- Revise: 1\n-- m\n"),
            "message m\n[]\n"
            "a.sql:1:4: error: unknown header 'Revise'; did you mean 'Revises'?\n"
            "    1 | -- Revise: 1\n"
            "      |    ^~~~~~\n"
            "hint: the headers are Revises, Depends-On, Branch, Transaction, Irreversible, Deletes, Replaces\n");
  const auto meant = [](const std::string& key) {
    const std::string text = read("-- " + key + ": 1\n");
    return text.substr(0, text.find("\n    1"));
  };
  EXPECT_EQ(meant("revises"), "[]\na.sql:1:4: error: unknown header 'revises'; did you mean 'Revises'?");
  EXPECT_EQ(meant("Rveises"), "[]\na.sql:1:4: error: unknown header 'Rveises'; did you mean 'Revises'?");
  EXPECT_EQ(meant("Depends_On"), "[]\na.sql:1:4: error: unknown header 'Depends_On'; did you mean 'Depends-On'?");
  EXPECT_EQ(meant("DependsOn"), "[]\na.sql:1:4: error: unknown header 'DependsOn'; did you mean 'Depends-On'?");
  EXPECT_EQ(meant("Branches"), "[]\na.sql:1:4: error: unknown header 'Branches'; did you mean 'Branch'?");
  EXPECT_EQ(meant("Transactions"), "[]\na.sql:1:4: error: unknown header 'Transactions'; did you mean 'Transaction'?");
  EXPECT_EQ(meant("Revision"), "message Revision: 1\n[]\n") << "three letters away";
}

TEST(Header, AKeyTwiceIsAnError) {
  EXPECT_EQ(read("-- Revises: 1\n-- Revises: 2\n"), "revises <1>\n[]\n"
                                                    "a.sql:2:4: error: 'Revises' is given twice\n"
                                                    "    2 | -- Revises: 2\n"
                                                    "      |    ^~~~~~~\n"
                                                    "hint: write all of its values on one line, separated by commas\n");
}

TEST(Header, F37_AnEmptyLabelIsAnError) {
  const std::string message = "a.sql:1:4: error: empty label\n";
  EXPECT_EQ(read("-- Branch:\n"), "[]\n" + message +
                                      "    1 | -- Branch:\n"
                                      "      |    ^~~~~~\n"
                                      "hint: write the branch's name behind 'Branch:', or leave the line out\n");
  EXPECT_EQ(read("-- Branch: a,, b\n"), "labels <a><b>\n[]\n" + message +
                                            "    1 | -- Branch: a,, b\n"
                                            "      |    ^~~~~~\n"
                                            "hint: write the branch's name behind 'Branch:', or leave the line out\n");
}

TEST(Header, AnEmptyReferenceIsAnError) {
  EXPECT_EQ(read("-- Revises:\n"), "revises \n[]\n"
                                   "a.sql:1:4: error: 'Revises' names no revision\n"
                                   "    1 | -- Revises:\n"
                                   "      |    ^~~~~~~\n"
                                   "hint: write an id behind 'Revises:', or 'base' for a revision without a parent\n");
  EXPECT_EQ(read("-- Depends-On: 1,\n"), "depends on <1>\n[]\n"
                                         "a.sql:1:4: error: 'Depends-On' names no revision\n"
                                         "    1 | -- Depends-On: 1,\n"
                                         "      |    ^~~~~~~~~~\n"
                                         "hint: write an id behind 'Depends-On:'\n");
}

TEST(Header, AnIllegalIdIsAnError) {
  EXPECT_EQ(read("-- Revises: 1, a b, 3\n"),
            "revises <1><3>\n[]\n"
            "a.sql:1:16: error: illegal id 'a b'\n"
            "    1 | -- Revises: 1, a b, 3\n"
            "      |                ^~~\n"
            "hint: an id is made of letters, digits and '.', and is none of base, current, head, heads\n");
  EXPECT_EQ(read("-- Depends-On: head\n"),
            "[]\n"
            "a.sql:1:16: error: illegal id 'head'\n"
            "    1 | -- Depends-On: head\n"
            "      |                ^~~~\n"
            "hint: an id is made of letters, digits and '.', and is none of base, current, head, heads\n");
  EXPECT_EQ(read("-- Revises: base, 1\n").substr(0, 51), "revises <1>\n[]\na.sql:1:13: error: illegal id 'base'");
}

TEST(Header, AnIllegalLabelIsAnError) {
  EXPECT_EQ(read("-- Branch: été\n"),
            "[]\n"
            "a.sql:1:12: error: illegal label 'été'\n"
            "    1 | -- Branch: été\n"
            "      |            ^~~\n"
            "hint: a label is made of letters, digits, '.' and '_', and is none of base, current, head, heads\n");
  EXPECT_EQ(read("-- Branch: pay-roll\n").substr(0, 46), "[]\na.sql:1:12: error: illegal label 'pay-roll'");
}

TEST(Header, TransactionIsCutOrNothing) {
  EXPECT_EQ(read("-- Transaction: false\n"),
            "[]\n"
            "a.sql:1:17: error: 'Transaction' can only be 'cut', not 'false'\n"
            "    1 | -- Transaction: false\n"
            "      |                 ^~~~~\n"
            "hint: write 'transaction:false' behind a section marker to run that section outside a transaction\n");
  EXPECT_EQ(read("-- Transaction:\n"),
            "[]\n"
            "a.sql:1:4: error: 'Transaction' can only be 'cut', not ''\n"
            "    1 | -- Transaction:\n"
            "      |    ^~~~~~~~~~~\n"
            "hint: write 'transaction:false' behind a section marker to run that section outside a transaction\n");
}

TEST(Header, ReasonsAreText) {
  EXPECT_EQ(read("-- Irreversible: the old rows, all of them, are gone\n-- Deletes: drafts: nobody needs them\n"),
            "irreversible the old rows, all of them, are gone\ndeletes drafts: nobody needs them\n[]\n");
  EXPECT_EQ(read("-- Irreversible:\n"), "[]\n"
                                        "a.sql:1:4: error: 'Irreversible' gives no reason\n"
                                        "    1 | -- Irreversible:\n"
                                        "      |    ^~~~~~~~~~~~\n"
                                        "hint: write the reason behind 'Irreversible:'\n");
}

TEST(Header, EveryProblemIsReportedInOneRun) {
  const std::string text = read("-- Revises:\n-- Branch: ,\n-- Depend-On: 1\n-- Transaction: no\n");
  EXPECT_EQ(std::ranges::count(text, '^'), 5) << text;
}

} // namespace
} // namespace retort
