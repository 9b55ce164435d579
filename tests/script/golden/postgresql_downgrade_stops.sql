\set ON_ERROR_STOP on
\set AUTOCOMMIT on
-- Retort 0.1.0, postgresql: 3 steps from 0006
-- This goes down to 0003 only: that revision is irreversible.

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET default_transaction_read_only = on;
DO $retort$
DECLARE
  expected pg_catalog.text[] := ARRAY['0001', '0002', '0003', '0004', '0005', '0006']::pg_catalog.text[];
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
      MESSAGE = 'retort: this script starts at 0006, but the database is at ' || coalesce(nullif(pg_catalog.left(pg_catalog.array_to_string(found, ', '), 2000), ''), 'base') || '; nothing was changed';
  END IF;
  PERFORM pg_catalog.set_config('default_transaction_read_only', 'off', false);
END $retort$;

-- downgrade 0006 -> 0004, 0005  Lend books.
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
DROP TABLE loan;
DO $retort$ BEGIN
DELETE FROM public.retort_revisions WHERE id = '0006' AND CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 5 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;

-- downgrade 0005 -> 0003  Create pens.
BEGIN;
DROP TABLE pen;
DO $retort$ BEGIN
DELETE FROM public.retort_revisions WHERE id = '0005' AND CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 4 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;

-- downgrade 0004 -> 0003  Create books.
BEGIN;
DROP TABLE book;
DO $retort$ BEGIN
DELETE FROM public.retort_revisions WHERE id = '0004' AND CASE WHEN pg_catalog.pg_try_advisory_xact_lock(4729500006567582743) THEN CASE WHEN pg_catalog.pg_advisory_unlock(4729500006567582743) THEN pg_catalog.pg_try_advisory_lock(4729500006567582743) ELSE false END ELSE false END;
IF NOT FOUND THEN RAISE EXCEPTION 'retort: the lock was lost; the transaction was rolled back'; END IF;
IF (SELECT pg_catalog.count(*) FROM public.retort_revisions) <> 3 THEN RAISE EXCEPTION 'retort: the revision table was changed by a revision; the transaction was rolled back'; END IF;
END $retort$;
COMMIT;

SELECT pg_catalog.pg_advisory_unlock(4729500006567582743);
