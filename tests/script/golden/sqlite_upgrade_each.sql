.bail on
-- Retort 0.1.0, sqlite: 3 steps from 0003

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
BEGIN SELECT RAISE(ROLLBACK, 'retort: this script starts at 0003, but the database is elsewhere; nothing was changed'); END;
CREATE TEMP TRIGGER "retort journal" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'journal' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: a revision was interrupted here; finish it with ''retort upgrade''; nothing was changed'); END;
CREATE TEMP TRIGGER "retort rows" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'rows' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: the revision table was changed by a revision; its transaction was rolled back'); END;
CREATE TEMP TRIGGER "retort foreign keys" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'foreign keys' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: a revision broke a foreign key (PRAGMA foreign_key_check); its transaction was rolled back'); END;
CREATE TEMP TABLE retort_violations AS SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
SELECT 'retort: the database is at ' || coalesce(group_concat(id, ', '), 'base') FROM (SELECT id FROM main.retort_revisions ORDER BY id);
INSERT INTO temp.retort_gate SELECT 'start', (SELECT count(*) FROM main.retort_revisions) = 3 AND NOT EXISTS (SELECT 1 FROM main.retort_revisions WHERE id NOT IN ('0001', '0002', '0003'));
INSERT INTO temp.retort_gate SELECT 'journal', NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE name = 'retort_journal');

-- upgrade 0003 -> 0004  Create books.
CREATE TABLE book (
    id INTEGER PRIMARY KEY -- one for each
);
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0004', '9d43667dea1142e4fdb288c436d7e96983197ae9f7a8674718c428417488742d', 'Create books.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 4 AND (SELECT count(*) FROM main.retort_revisions WHERE id IN ('0004')) = 1;
INSERT INTO temp.retort_gate SELECT 'foreign keys', NOT EXISTS (SELECT 1 FROM (SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2) AS new LEFT JOIN temp.retort_violations AS old USING (child, parent) WHERE new.number > coalesce(old.number, 0));
COMMIT;

-- upgrade 0003 -> 0005  Create pens.
BEGIN IMMEDIATE;
DELETE FROM temp.retort_violations;
INSERT INTO temp.retort_violations SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
CREATE TABLE pen (id INTEGER PRIMARY KEY);
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0005', 'd12b3f76f3a9635f8f290db8d0394abb12d00d92da5865d66b6b12ba041752cf', 'Create pens.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 5 AND (SELECT count(*) FROM main.retort_revisions WHERE id IN ('0005')) = 1;
INSERT INTO temp.retort_gate SELECT 'foreign keys', NOT EXISTS (SELECT 1 FROM (SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2) AS new LEFT JOIN temp.retort_violations AS old USING (child, parent) WHERE new.number > coalesce(old.number, 0));
COMMIT;

-- upgrade 0004, 0005 -> 0006  Lend books.
BEGIN IMMEDIATE;
DELETE FROM temp.retort_violations;
INSERT INTO temp.retort_violations SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
CREATE TABLE loan (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book (id));
PRAGMA recursive_triggers = ON;
PRAGMA recursive_triggers = OFF;
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0006', '88d5189f9dd696bacee9f1f92aa87198b48bbebffd57b5f937dbf01394c663a8', 'Lend books.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 6 AND (SELECT count(*) FROM main.retort_revisions WHERE id IN ('0006')) = 1;
INSERT INTO temp.retort_gate SELECT 'foreign keys', NOT EXISTS (SELECT 1 FROM (SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2) AS new LEFT JOIN temp.retort_violations AS old USING (child, parent) WHERE new.number > coalesce(old.number, 0));
COMMIT;
