.bail on
-- Retort 0.1.0, sqlite: 2 steps from 0004

PRAGMA foreign_keys = OFF;
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
DROP TABLE IF EXISTS temp.retort_gate;
DROP TABLE IF EXISTS temp.retort_violations;
CREATE TEMP TABLE retort_gate (gate TEXT NOT NULL, opens INTEGER NOT NULL);
CREATE TEMP TRIGGER "retort start" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'start' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: this script starts at 0004, but the database is elsewhere; nothing was changed'); END;
CREATE TEMP TRIGGER "retort journal" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'journal' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: a revision was interrupted here; finish it with ''retort upgrade''; nothing was changed'); END;
CREATE TEMP TRIGGER "retort rows" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'rows' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: the revision table was changed by a revision; its transaction was rolled back'); END;
CREATE TEMP TRIGGER "retort foreign keys" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'foreign keys' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: a revision broke a foreign key (PRAGMA foreign_key_check); its transaction was rolled back'); END;
CREATE TEMP TABLE retort_violations AS SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
SELECT 'retort: the database is at ' || coalesce(group_concat(id, ', '), 'base') FROM (SELECT id FROM main.retort_revisions ORDER BY id);
INSERT INTO temp.retort_gate SELECT 'start', (SELECT count(*) FROM main.retort_revisions) = 4 AND NOT EXISTS (SELECT 1 FROM main.retort_revisions WHERE id NOT IN ('0001', '0002', '0003', '0004'));
INSERT INTO temp.retort_gate SELECT 'journal', NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE name = 'retort_journal');

-- stamp 0004 -> 0003  Create books.
DELETE FROM main.retort_revisions WHERE id = '0004';

-- stamp 0003 -> 0005  Create pens.
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0005', 'd12b3f76f3a9635f8f290db8d0394abb12d00d92da5865d66b6b12ba041752cf', 'Create pens.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 4 AND (SELECT count(*) FROM main.retort_revisions WHERE id IN ('0005')) = 1 AND NOT EXISTS (SELECT 1 FROM main.retort_revisions WHERE id IN ('0004'));
INSERT INTO temp.retort_gate SELECT 'foreign keys', NOT EXISTS (SELECT 1 FROM (SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2) AS new LEFT JOIN temp.retort_violations AS old USING (child, parent) WHERE new.number > coalesce(old.number, 0));
COMMIT;
