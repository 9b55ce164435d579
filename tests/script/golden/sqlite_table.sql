.bail on
-- Retort 0.1.0, sqlite: the revision table, where it is missing

BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS main.retort_revisions (
  id TEXT NOT NULL PRIMARY KEY,
  checksum TEXT NOT NULL,
  message TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  applied_by TEXT,
  duration_ms INTEGER,
  retort_version TEXT NOT NULL
);
COMMIT;
