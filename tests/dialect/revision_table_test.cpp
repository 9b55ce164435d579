#include "dialect/revision_table.hpp"
#include "text/digest.hpp"
#include "text/version.hpp"

#include <gmock/gmock.h>

#include <charconv>

namespace retort::revision_table {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string lock =
    "CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN "
    "pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE "
    "false END ELSE false END";

constexpr Row row = {"0001", "c0ffee", "it's new"};
constexpr Row measured = {"0001", "c0ffee", "it's new", Duration::measured};

TEST(RevisionTable, S2_NamesAreQualified) {
  EXPECT_EQ(qualified_name(Dialect::sqlite), "main.retort_revisions");
  EXPECT_EQ(qualified_journal(Dialect::sqlite), "main.retort_journal");
  EXPECT_EQ(qualified_name(Dialect::postgresql), "public.retort_revisions");
  EXPECT_EQ(qualified_journal(Dialect::postgresql), "public.retort_journal");
}

TEST(RevisionTable, F7_TheLockKeyIsOfTheTable) {
  Digest digest;
  digest.update("retort public.retort_revisions");
  const std::string hex = digest.finish();
  std::uint64_t key = 0;
  std::from_chars(hex.data(), hex.data() + 16, key, 16);
  EXPECT_EQ(static_cast<std::uint64_t>(lock_key()), key);
  EXPECT_EQ(lock_held(), lock);
}

TEST(RevisionTable, IsCreatedForSqlite) {
  EXPECT_EQ(create(Dialect::sqlite), "CREATE TABLE IF NOT EXISTS main.retort_revisions (\n"
                                     "  id TEXT NOT NULL PRIMARY KEY,\n"
                                     "  checksum TEXT NOT NULL,\n"
                                     "  message TEXT NOT NULL,\n"
                                     "  applied_at TEXT NOT NULL,\n"
                                     "  applied_by TEXT,\n"
                                     "  duration_ms INTEGER,\n"
                                     "  retort_version TEXT NOT NULL\n"
                                     ")");
  EXPECT_EQ(create_journal(Dialect::sqlite), "CREATE TABLE IF NOT EXISTS main.retort_journal (\n"
                                             "  id TEXT NOT NULL,\n"
                                             "  direction TEXT NOT NULL,\n"
                                             "  unit INTEGER NOT NULL PRIMARY KEY,\n"
                                             "  checksum TEXT NOT NULL\n"
                                             ")");
}

TEST(RevisionTable, IsCreatedForPostgresql) {
  EXPECT_EQ(create(Dialect::postgresql), "CREATE TABLE IF NOT EXISTS public.retort_revisions (\n"
                                         "  id pg_catalog.text NOT NULL PRIMARY KEY,\n"
                                         "  checksum pg_catalog.text NOT NULL,\n"
                                         "  message pg_catalog.text NOT NULL,\n"
                                         "  applied_at pg_catalog.timestamptz NOT NULL,\n"
                                         "  applied_by pg_catalog.text,\n"
                                         "  duration_ms pg_catalog.int8,\n"
                                         "  retort_version pg_catalog.text NOT NULL\n"
                                         ")");
  EXPECT_EQ(create_journal(Dialect::postgresql), "CREATE TABLE IF NOT EXISTS public.retort_journal (\n"
                                                 "  id pg_catalog.text NOT NULL,\n"
                                                 "  direction pg_catalog.text NOT NULL,\n"
                                                 "  unit pg_catalog.int8 NOT NULL PRIMARY KEY,\n"
                                                 "  checksum pg_catalog.text NOT NULL\n"
                                                 ")");
}

TEST(RevisionTable, ARowOfSqliteNamesWhoAppliedIt) {
  const std::string version = literal(retort::version());
  EXPECT_EQ(insert(Dialect::sqlite, measured, Writer::session, "o'hara"),
            "INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, "
            "retort_version)\n"
            "  VALUES ('0001', 'c0ffee', 'it''s new', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'o''hara', ?1, " +
                version + ")");
  EXPECT_THAT(insert(Dialect::sqlite, row, Writer::script, {}), HasSubstr(", 'now'), NULL, NULL, " + version));
}

TEST(RevisionTable, F4_AScriptWritesARowOfPostgresqlUnderTheLock) {
  EXPECT_EQ(insert(Dialect::postgresql, row, Writer::script, "somebody"),
            "INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, "
            "retort_version)\n"
            "  SELECT '0001', 'c0ffee', 'it''s new', pg_catalog.clock_timestamp(), session_user, NULL, " +
                literal(version()) + " WHERE " + lock);
  EXPECT_EQ(remove(Dialect::postgresql, "00'1", Writer::script),
            "DELETE FROM public.retort_revisions WHERE id = '00''1' AND " + lock);
  EXPECT_EQ(insert_journal(Dialect::postgresql, "0001", "down", 2, "c0ffee", Writer::script),
            "INSERT INTO public.retort_journal (id, direction, unit, checksum)\n"
            "  SELECT '0001', 'down', 2, 'c0ffee' WHERE " +
                lock);
}

TEST(RevisionTable, F4_ASessionsStatementFailsWithoutTheLock) {
  EXPECT_EQ(insert(Dialect::postgresql, row, Writer::session, "somebody"),
            "INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, "
            "retort_version)\n"
            "  VALUES (CASE WHEN " +
                lock + " THEN '0001' END, 'c0ffee', 'it''s new', pg_catalog.clock_timestamp(), session_user, NULL, " +
                literal(version()) + ")");
  EXPECT_EQ(remove(Dialect::postgresql, "00'1", Writer::session),
            "WITH written AS (DELETE FROM public.retort_revisions WHERE id = '00''1' AND " + lock +
                " RETURNING 1) SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM written");
  EXPECT_EQ(insert_journal(Dialect::postgresql, "0001", "down", 2, "c0ffee", Writer::session),
            "INSERT INTO public.retort_journal (id, direction, unit, checksum)\n"
            "  VALUES ('0001', 'down', CASE WHEN " +
                lock + " THEN 2 END, 'c0ffee')");
  EXPECT_TRUE(is_unwritten("23502"));
  EXPECT_TRUE(is_unwritten("22012"));
  EXPECT_FALSE(is_unwritten("23505"));
}

TEST(RevisionTable, PostgresqlMeasuresFromTheTransactionOrTheRowBefore) {
  EXPECT_THAT(insert(Dialect::postgresql, measured, Writer::session, {}),
              HasSubstr("session_user, (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() "
                        "OPERATOR(pg_catalog.-) pg_catalog.transaction_timestamp()) OPERATOR(pg_catalog.*) "
                        "1000)::pg_catalog.int8, " +
                        literal(version())));
  const Row next = {"0002", "c0ffee", "next", Duration::measured, "0001"};
  EXPECT_THAT(insert(Dialect::postgresql, next, Writer::session, {}),
              HasSubstr("OPERATOR(pg_catalog.-) (SELECT applied_at FROM public.retort_revisions WHERE id = '0001')) "
                        "OPERATOR(pg_catalog.*)"));
}

TEST(RevisionTable, RowsOfSqliteGoWithoutALock) {
  EXPECT_EQ(remove(Dialect::sqlite, "0001", Writer::session), "DELETE FROM main.retort_revisions WHERE id = '0001'");
  EXPECT_EQ(insert_journal(Dialect::sqlite, "0001", "up", 0, "c0ffee", Writer::session),
            "INSERT INTO main.retort_journal (id, direction, unit, checksum)\n"
            "  VALUES ('0001', 'up', 0, 'c0ffee')");
}

TEST(RevisionTable, S1_TheTableIsCheckedByItsQualifiedName) {
  for (const std::string_view name : {qualified_name(Dialect::postgresql), qualified_journal(Dialect::postgresql)}) {
    EXPECT_THAT(trusted(name), HasSubstr("c.oid = pg_catalog.to_regclass('" + std::string(name) + "') AND"));
    EXPECT_THAT(own(name), HasSubstr("c.oid = pg_catalog.to_regclass('" + std::string(name) + "') AND"));
  }
}

TEST(RevisionTable, IsEmptiedAndTheJournalDropped) {
  EXPECT_EQ(purge(Dialect::sqlite), "DELETE FROM main.retort_revisions");
  EXPECT_EQ(purge(Dialect::postgresql), "DELETE FROM public.retort_revisions");
  EXPECT_EQ(drop_journal(Dialect::sqlite), "DROP TABLE IF EXISTS main.retort_journal");
  EXPECT_EQ(drop_journal(Dialect::postgresql), "DROP TABLE IF EXISTS public.retort_journal");
}

TEST(RevisionTable, IsReadInByteOrder) {
  EXPECT_EQ(select(Dialect::sqlite),
            "SELECT id, checksum, message, applied_at, applied_by, duration_ms, retort_version "
            "FROM main.retort_revisions ORDER BY id");
  EXPECT_EQ(select_journal(Dialect::sqlite),
            "SELECT id, direction, unit, checksum FROM main.retort_journal ORDER BY unit");
  EXPECT_THAT(select(Dialect::postgresql),
              testing::EndsWith("FROM public.retort_revisions ORDER BY id COLLATE pg_catalog.\"C\""));
}

TEST(RevisionTable, S2_NothingIsLookedUpInTheSearchPath) {
  for (const std::string& sql :
       {select(Dialect::postgresql), select_journal(Dialect::postgresql), trusted("public.retort_revisions"),
        own("public.retort_revisions"), lock_held(), insert(Dialect::postgresql, measured, Writer::session, {})}) {
    for (const std::string function : {"clock_timestamp(", "to_char(", "max(", "count(", "pg_backend_pid(",
                                       "to_regclass(", "current_database(", "pg_has_role(", "date_part("}) {
      EXPECT_THAT(sql, Not(HasSubstr(" " + function)));
      EXPECT_THAT(sql, Not(HasSubstr("(" + function)));
    }
  }
}

} // namespace
} // namespace retort::revision_table
