#include "revision/header_edit.hpp"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(HeaderEdit, ReplacesTheParents) {
  EXPECT_EQ(with_revises("-- Add.\n--\n-- Revises: 0001\n-- Branch: a\n\n-- migrate:up\nA;\n", "0003"),
            "-- Add.\n--\n-- Revises: 0003\n-- Branch: a\n\n-- migrate:up\nA;\n");
  EXPECT_EQ(with_revises("-- Revises: base\n-- migrate:up\n", "0003"), "-- Revises: 0003\n-- migrate:up\n");
  EXPECT_EQ(with_revises("-- Revises: 0001 , 2026-01-02\n-- migrate:up\n", "0003,0004"),
            "-- Revises: 0003,0004\n-- migrate:up\n");
}

TEST(HeaderEdit, KeepsBlanksLineEndsAndTheByteOrderMark) {
  EXPECT_EQ(with_revises("\xEF\xBB\xBF--\tRevises:  0001\t \r\n-- Add. \r\n\r\n-- migrate:up\nA;", "0003"),
            "\xEF\xBB\xBF--\tRevises:  0003\t \r\n-- Add. \r\n\r\n-- migrate:up\nA;");
  EXPECT_EQ(with_revises("  --Revises:0001\n", "0003"), "  --Revises:0003\n");
  EXPECT_EQ(with_revises("-- Revises: 0001", "0003"), "-- Revises: 0003");
}

TEST(HeaderEdit, AddsALineBehindTheCommentOnTop) {
  EXPECT_EQ(with_revises("-- Add.\n-- In two lines.\n\n-- More.\n-- migrate:up\nA;\n", "0003"),
            "-- Add.\n-- In two lines.\n-- Revises: 0003\n\n-- More.\n-- migrate:up\nA;\n");
  EXPECT_EQ(with_revises("-- Add.\n--\n-- Depends-On: 0002\n-- migrate:up\n", "0003"),
            "-- Add.\n--\n-- Revises: 0003\n-- Depends-On: 0002\n-- migrate:up\n");
  EXPECT_EQ(with_revises("-- Add.\n-- migrate:up\nA;\n", "0003"), "-- Add.\n-- Revises: 0003\n-- migrate:up\nA;\n");
  EXPECT_EQ(with_revises("\n-- Add.\n", "0003"), "-- Revises: 0003\n\n-- Add.\n");
}

TEST(HeaderEdit, AddsALineWhereNoCommentIs) {
  EXPECT_EQ(with_revises("CREATE TABLE a (b);\n", "0003"), "-- Revises: 0003\nCREATE TABLE a (b);\n");
  EXPECT_EQ(with_revises("\xEF\xBB\xBFSELECT 1;\r\n", "0003"), "\xEF\xBB\xBF-- Revises: 0003\r\nSELECT 1;\r\n");
  EXPECT_EQ(with_revises("", "0003"), "-- Revises: 0003\n");
  EXPECT_EQ(with_revises("\xEF\xBB\xBF", "0003"), "\xEF\xBB\xBF-- Revises: 0003\n");
  EXPECT_EQ(with_revises("SELECT 1;", "0003"), "-- Revises: 0003\nSELECT 1;");
}

TEST(HeaderEdit, ALastLineWithoutAnEndStaysOne) {
  EXPECT_EQ(with_revises("-- Nothing to do.", "0003"), "-- Nothing to do.\n-- Revises: 0003");
  EXPECT_EQ(with_revises("-- Nothing\r\n-- to do.", "0003"), "-- Nothing\r\n-- to do.\r\n-- Revises: 0003");
}

TEST(HeaderEdit, WhatStandsBehindTheHeaderIsNoHeader) {
  EXPECT_EQ(with_revises("-- Add.\n\n-- migrate:up\n-- Revises: 0001\nA;\n", "0003"),
            "-- Add.\n-- Revises: 0003\n\n-- migrate:up\n-- Revises: 0001\nA;\n");
  EXPECT_EQ(with_revises("SELECT 1;\n-- Revises: 0001\n", "0003"), "-- Revises: 0003\nSELECT 1;\n-- Revises: 0001\n");
}

} // namespace
} // namespace retort
