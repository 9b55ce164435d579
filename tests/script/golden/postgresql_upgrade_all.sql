\set ON_ERROR_STOP on
\set AUTOCOMMIT on
-- Retort 0.1.0, postgresql: 6 steps from base

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET default_transaction_read_only = on;
DO $retort$
DECLARE
  expected pg_catalog.text[] := ARRAY[]::pg_catalog.text[];
  found pg_catalog.text[] := '{}';
BEGIN
  IF NOT pg_catalog.pg_try_advisory_lock(4729500006567582743) THEN
    RAISE EXCEPTION 'retort: another process migrates this database; nothing was changed';
  END IF;
  IF pg_catalog.to_regclass('public.retort_revisions') IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_roles AS o ON o.oid = c.relowner JOIN pg_catalog.pg_roles AS s ON s.rolname = session_user WHERE c.oid = pg_catalog.to_regclass('public.retort_revisions') AND c.relkind = 'r' AND NOT c.relhastriggers AND NOT c.relhasrules AND NOT c.relrowsecurity AND c.relchecks = 0 AND NOT EXISTS (SELECT FROM pg_catalog.pg_attrdef WHERE adrelid = c.oid) AND (SELECT pg_catalog.count(*) FROM pg_catalog.pg_index WHERE indrelid = c.oid) = 1 AND (o.oid = s.oid OR o.rolsuper OR o.oid = (SELECT datdba FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) OR (NOT s.rolsuper AND pg_catalog.pg_has_role(s.oid, o.oid, 'MEMBER')))) THEN
      RAISE EXCEPTION 'retort: public.retort_revisions is not the plain table that Retort creates; nothing was changed';
    END IF;
    EXECUTE 'SELECT pg_catalog.array_agg(id ORDER BY id COLLATE "C") FROM public.retort_revisions' INTO found;
    found := coalesce(found, '{}');
  END IF;
  IF pg_catalog.to_regclass('public.retort_journal') IS NOT NULL THEN
    RAISE EXCEPTION 'retort: a revision was interrupted here; finish it with ''retort upgrade''; nothing was changed';
  END IF;
  IF NOT (found @> expected AND found <@ expected) THEN
    RAISE EXCEPTION USING
      MESSAGE = 'retort: this script starts at base, but the database is at ' || coalesce(nullif(pg_catalog.left(pg_catalog.array_to_string(found, ', '), 2000), ''), 'base') || '; nothing was changed';
  END IF;
  PERFORM pg_catalog.set_config('default_transaction_read_only', 'off', false);
END $retort$;

-- upgrade base -> 0001  Create notes.
BEGIN;
CREATE TABLE IF NOT EXISTS public.retort_revisions (
  id pg_catalog.text NOT NULL PRIMARY KEY,
  checksum pg_catalog.text NOT NULL,
  message pg_catalog.text NOT NULL,
  applied_at pg_catalog.timestamptz NOT NULL,
  applied_by pg_catalog.text,
  duration_ms pg_catalog.int8,
  retort_version pg_catalog.text NOT NULL
);
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO note (id, text) VALUES (1, '{"k":true}'), (2, 'a:b; -- no comment');
RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;
DO $retort$ BEGIN
INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  SELECT '0001', '7a3039266595882ffcdc8812a68c03e4be7ed15a41fe924330d669d01705257b', 'Create notes.', pg_catalog.clock_timestamp(), session_user, NULL, '0.1.0' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 1 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;

-- upgrade 0001 -> 0002  Tag notes.
ALTER TABLE note ADD COLUMN tag TEXT;
RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; CREATE TABLE IF NOT EXISTS public.retort_journal (
  id pg_catalog.text NOT NULL,
  direction pg_catalog.text NOT NULL,
  unit pg_catalog.int8 NOT NULL PRIMARY KEY,
  checksum pg_catalog.text NOT NULL
);
DO $retort$ BEGIN
INSERT INTO public.retort_journal (id, direction, unit, checksum)
  SELECT '0002', 'up', 0, '97c1156bd16989d35088b4639067b51852f68e50e3755dbe585cc051549e6cdb' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;
CREATE INDEX CONCURRENTLY note_tag ON note (tag);
BEGIN;
RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;
DO $retort$ BEGIN
INSERT INTO public.retort_journal (id, direction, unit, checksum)
  SELECT '0002', 'up', 1, '2e54de3811f782a7307605e1282193af90adf35449f8009adca830d61d0d2ad3' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;
BEGIN;
UPDATE note SET tag = 'none';
RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; DROP TABLE IF EXISTS public.retort_journal;
DO $retort$ BEGIN
INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  SELECT '0002', '53863a3732508fc52316901be49b893b960a7b072eff2f3117b55515640bcfe3', 'Tag notes.', pg_catalog.clock_timestamp(), session_user, NULL, '0.1.0' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 2 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;

-- upgrade 0002 -> 0003  It's sealed: $retort$ and $retort1$ are no quotes.
DELETE FROM note WHERE id = 2;
RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;
DO $retort2$ BEGIN
INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  SELECT '0003', '83eeb273d342df04a0b3fb1480205f277321f83a7295f65be7011c7040ab02aa', 'It''s sealed: $retort$ and $retort1$ are no quotes.', pg_catalog.clock_timestamp(), session_user, NULL, '0.1.0' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 3 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort2$;

-- upgrade 0003 -> 0004  Create books.
CREATE TABLE book (
    id INTEGER PRIMARY KEY -- one for each
);
DO $retort$ BEGIN
INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  SELECT '0004', '9d43667dea1142e4fdb288c436d7e96983197ae9f7a8674718c428417488742d', 'Create books.', pg_catalog.clock_timestamp(), session_user, NULL, '0.1.0' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 4 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;

-- upgrade 0003 -> 0005  Create pens.
CREATE TABLE pen (id INTEGER PRIMARY KEY);
DO $retort$ BEGIN
INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  SELECT '0005', 'd12b3f76f3a9635f8f290db8d0394abb12d00d92da5865d66b6b12ba041752cf', 'Create pens.', pg_catalog.clock_timestamp(), session_user, NULL, '0.1.0' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 5 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;

-- upgrade 0004, 0005 -> 0006  Lend books.
BEGIN;
CREATE TABLE loan (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book (id));
DO $retort$ BEGIN
INSERT INTO public.retort_revisions (id, checksum, message, applied_at, applied_by, duration_ms, retort_version)
  SELECT '0006', '83c2e971d14d750e770d09833a1d57c1352533779f4b32072175b88eee4a2793', 'Lend books.', pg_catalog.clock_timestamp(), session_user, NULL, '0.1.0' WHERE CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 6 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;

SELECT pg_catalog.pg_advisory_unlock(4729500006567582743);
