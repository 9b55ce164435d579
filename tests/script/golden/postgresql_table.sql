\set ON_ERROR_STOP on
\set AUTOCOMMIT on
-- Retort 0.1.0, postgresql: the revision table, where it is missing

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
  PERFORM pg_catalog.set_config('default_transaction_read_only', 'off', false);
END $retort$;
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
COMMIT;

SELECT pg_catalog.pg_advisory_unlock(4729500006567582743);
