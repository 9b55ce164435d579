.bail on
-- Retort 0.1.0, sqlite: 6 steps from base

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
BEGIN SELECT RAISE(ROLLBACK, 'retort: this script starts at base, but the database is elsewhere; nothing was changed'); END;
CREATE TEMP TRIGGER "retort journal" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'journal' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: a revision was interrupted here; finish it with ''retort upgrade''; nothing was changed'); END;
CREATE TEMP TRIGGER "retort rows" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'rows' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: the revision table was changed by a revision; its transaction was rolled back'); END;
CREATE TEMP TRIGGER "retort foreign keys" BEFORE INSERT ON retort_gate WHEN NEW.gate = 'foreign keys' AND NOT NEW.opens
BEGIN SELECT RAISE(ROLLBACK, 'retort: a revision broke a foreign key (PRAGMA foreign_key_check); its transaction was rolled back'); END;
CREATE TEMP TABLE retort_violations AS SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
SELECT 'retort: the database is at ' || coalesce(group_concat(id, ', '), 'base') FROM (SELECT id FROM main.retort_revisions ORDER BY id);
INSERT INTO temp.retort_gate SELECT 'start', NOT EXISTS (SELECT 1 FROM main.retort_revisions);
INSERT INTO temp.retort_gate SELECT 'journal', NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE name = 'retort_journal');

-- upgrade base -> 0001  Create notes.
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO note (id, text) VALUES (1, '{"k":true}'), (2, 'a:b; -- no comment');
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0001', '7a3039266595882ffcdc8812a68c03e4be7ed15a41fe924330d669d01705257b', 'Create notes.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

-- upgrade 0001 -> 0002  Tag notes.
ALTER TABLE note ADD COLUMN tag TEXT;
CREATE TABLE IF NOT EXISTS main.retort_journal (
  id TEXT NOT NULL,
  direction TEXT NOT NULL,
  unit INTEGER NOT NULL PRIMARY KEY,
  checksum TEXT NOT NULL
);
INSERT INTO main.retort_journal (id, direction, unit, checksum)
  VALUES ('0002', 'up', 0, '97c1156bd16989d35088b4639067b51852f68e50e3755dbe585cc051549e6cdb');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 1 AND (SELECT count(*) FROM main.retort_revisions WHERE id IN ('0001')) = 1;
INSERT INTO temp.retort_gate SELECT 'foreign keys', NOT EXISTS (SELECT 1 FROM (SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2) AS new LEFT JOIN temp.retort_violations AS old USING (child, parent) WHERE new.number > coalesce(old.number, 0));
COMMIT;
VACUUM;
BEGIN IMMEDIATE;
DELETE FROM temp.retort_violations;
INSERT INTO temp.retort_violations SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
INSERT INTO main.retort_journal (id, direction, unit, checksum)
  VALUES ('0002', 'up', 1, '9112778f6bd679a012ed3dd3c479065a39ec3f445bb41106837886f7ef541af5');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 1;
INSERT INTO temp.retort_gate SELECT 'foreign keys', NOT EXISTS (SELECT 1 FROM (SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2) AS new LEFT JOIN temp.retort_violations AS old USING (child, parent) WHERE new.number > coalesce(old.number, 0));
COMMIT;
BEGIN IMMEDIATE;
DELETE FROM temp.retort_violations;
INSERT INTO temp.retort_violations SELECT "table" AS child, parent, count(*) AS number FROM pragma_foreign_key_check GROUP BY 1, 2;
UPDATE note SET tag = 'none';
DROP TABLE IF EXISTS main.retort_journal;
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0002', 'f1f515e5e866266047a46d5e52400888ec9c887f60110f4f22827a814b8f4e54', 'Tag notes.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

-- upgrade 0002 -> 0003  It's sealed: $retort$ and $retort1$ are no quotes.
DELETE FROM note WHERE id = 2;
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0003', '83eeb273d342df04a0b3fb1480205f277321f83a7295f65be7011c7040ab02aa', 'It''s sealed: $retort$ and $retort1$ are no quotes.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

-- upgrade 0003 -> 0004  Create books.
CREATE TABLE book (
    id INTEGER PRIMARY KEY -- one for each
);
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0004', '9d43667dea1142e4fdb288c436d7e96983197ae9f7a8674718c428417488742d', 'Create books.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

-- upgrade 0003 -> 0005  Create pens.
CREATE TABLE pen (id INTEGER PRIMARY KEY);
INSERT INTO main.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  VALUES ('0005', 'd12b3f76f3a9635f8f290db8d0394abb12d00d92da5865d66b6b12ba041752cf', 'Create pens.', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL, NULL, '0.1.0');

INSERT INTO temp.retort_gate SELECT 'rows', (SELECT count(*) FROM main.retort_revisions) = 5 AND (SELECT count(*) FROM main.retort_revisions WHERE id IN ('0002', '0003', '0004', '0005')) = 4;
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
