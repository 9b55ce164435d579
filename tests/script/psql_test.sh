#!/usr/bin/env bash
# psql_test.sh RETORT FOLDER [CASE...]: what Retort's scripts do when plain psql runs them, which goes on after an error
# unless it is told otherwise. FOLDER is emptied.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
. "$here/case.sh"
. "$here/server.sh"
dialect=postgresql
export PSQLRC=/dev/null
readonly lock_key=4729500006567582743

# begin CASE: a new history and database for the case.
begin() {
  migrations=$1/migrations
  mkdir "$1"
  create_database "retort_$1"
}

# apply NAME [OPTION...]: as a user would. The numbers of lines are masked in the output.
apply() {
  local name=$1
  shift
  run psql "$@" -f "$name.sql" "$url"
  output=$(sed -E 's/^psql:[^:]*:[0-9]+: //' <<<"$output")
}

rows() {
  psql -XAtqc "$1" "$url"
}

# Everything in the database.
snapshot() {
  pg_dump "$url" | grep -vE '^\\(un)?restrict '
}

applied() {
  rows "SELECT string_agg(id, ' ' ORDER BY id) FROM retort_revisions"
}

relations() {
  rows "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
}

# Three revisions; the second has a section outside of a transaction between two others.
three_revisions() {
  revision 1 <<<$'-- migrate:up\nCREATE TABLE one (a int);\n-- migrate:down\nDROP TABLE one;'
  revision 2 <<'SQL'
-- migrate:up
CREATE TABLE two (a int);
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY two_a ON two (a);
-- migrate:up
INSERT INTO two VALUES (2);
-- migrate:down
DROP TABLE two;
SQL
  revision 3 <<<$'-- migrate:up\nCREATE TABLE three (a int);\n-- migrate:down\nDROP TABLE three;'
}

# expect_refusal NAME MESSAGE: the script fails with the message and changes nothing.
expect_refusal() {
  local before
  before=$(snapshot)
  apply "$1"
  expect_status 3
  expect_line "ERROR:  retort: $2; nothing was changed"
  expect_equal database "$before" "$(snapshot)"
}

test_upgrade_and_downgrade() {
  begin whole
  migrations=$here/migrations
  script whole/up upgrade head
  apply whole/up
  expect_status 0
  expect_no ERROR
  expect_equal state "0001 0002 0003 0004 0005 0006" "$(applied)"
  expect_equal rows '1|{"k":true}|none' "$(rows 'SELECT * FROM note')"
  expect_equal "duration and user" "|t" \
    "$(rows 'SELECT DISTINCT duration_ms, applied_by = session_user FROM retort_revisions')"
  script whole/down downgrade head:base
  apply whole/down
  expect_status 0
  expect_equal state "0001 0002 0003" "$(applied)"
  expect_equal relations "note note_pkey note_tag retort_revisions retort_revisions_pkey" "$(relations)"
}

test_settings_of_the_user() {
  begin settings
  three_revisions
  printf '%s\n' '\set ON_ERROR_STOP off' '\set AUTOCOMMIT off' '\set ON_ERROR_ROLLBACK on' '\set QUIET on' \
    >settings/psqlrc
  export PSQLRC=$work/settings/psqlrc
  script settings/up upgrade 2
  apply settings/up
  expect_status 0
  expect_equal state "1 2" "$(applied)"
  expect_refusal settings/up "this script starts at base, but the database is at 1, 2"

  revision 3 <<<$'-- migrate:up\nCREATE TABLE three (a int);\nbroken;\nCREATE TABLE more (a int);'
  script settings/broken upgrade 2:head
  local before
  before=$(snapshot)
  apply settings/broken
  expect_status 3
  expect_line 'ERROR:  syntax error at or near "broken"'
  expect_equal database "$before" "$(snapshot)"
}

test_guard_refuses_another_state() {
  begin state
  three_revisions
  script state/three upgrade 2:3
  script state/none upgrade base:head
  expect_refusal state/three "this script starts at 2, but the database is at base"
  online upgrade 1
  expect_refusal state/three "this script starts at 2, but the database is at 1"
  expect_refusal state/none "this script starts at base, but the database is at 1"
  online upgrade head
  expect_refusal state/three "this script starts at 2, but the database is at 1, 2, 3"
  rows "DELETE FROM retort_revisions WHERE id = '1'; UPDATE retort_revisions SET id = '9' WHERE id = '3'"
  expect_refusal state/three "this script starts at 2, but the database is at 2, 9"
}

test_guard_refuses_an_interrupted_revision() {
  begin journal
  three_revisions
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a int);\n-- migrate:up transaction:false\nbroken;'
  run online upgrade head
  expect_status 3
  expect_equal journal 0 "$(rows 'SELECT unit FROM retort_journal')"
  three_revisions
  script journal/two upgrade 1:2
  expect_refusal journal/two "a revision was interrupted here; finish it with 'retort upgrade'"
}

test_guard_refuses_a_table_with_a_trigger() {
  begin trigger
  three_revisions
  script trigger/two upgrade 1:2
  online upgrade 1
  rows "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
  rows "CREATE TRIGGER t BEFORE INSERT ON retort_revisions FOR EACH ROW EXECUTE FUNCTION f()"
  expect_refusal trigger/two "public.retort_revisions is not the plain table that Retort creates"
}

test_another_process_holds_the_lock() {
  begin lock
  three_revisions
  script lock/up upgrade head
  mkfifo lock/go
  psql -XAtq "$url" <lock/go >lock/holder 2>&1 &
  exec 5>lock/go
  printf 'SELECT pg_advisory_lock(%s);\n\\! touch lock/held\n' "$lock_key" >&5
  until [[ -e lock/held ]]; do sleep 0.01; done
  expect_refusal lock/up "another process migrates this database"
  exec 5>&-
  wait
}

test_error_in_the_middle_leaves_nothing() {
  begin middle
  three_revisions
  revision 3 <<<$'-- migrate:up\nCREATE TABLE three (a int);\nINSERT INTO nowhere VALUES (1);\nCREATE TABLE more (a int);'
  revision 4 <<<$'-- migrate:up\nCREATE TABLE four (a int);'
  script middle/each upgrade 2:4
  script middle/all upgrade 2:4 --transaction all
  online upgrade 2
  local before name
  before=$(snapshot)
  for name in each all; do
    apply middle/$name
    expect_status 3
    expect_line 'ERROR:  relation "nowhere" does not exist'
    expect_equal "database ($name)" "$before" "$(snapshot)"
    apply middle/$name -v ON_ERROR_STOP=0
    expect_status 3
    expect_equal "database ($name)" "$before" "$(snapshot)"
  done
}

test_error_behind_a_section_without_a_transaction() {
  begin behind
  three_revisions
  cat >>behind/migrations/2_revision.sql <<'SQL'
-- migrate:up
CREATE TABLE more (a int);
INSERT INTO nowhere VALUES (1);
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY one_a ON one (a);
SQL
  script behind/up upgrade head
  apply behind/up
  expect_status 3
  expect_line 'ERROR:  relation "nowhere" does not exist'
  expect_equal state 1 "$(applied)"
  expect_equal relations "one retort_journal retort_journal_pkey retort_revisions retort_revisions_pkey two two_a" \
    "$(relations)"
  expect_equal rows "" "$(rows 'SELECT * FROM two')"
  expect_equal journal "0 1" "$(rows "SELECT string_agg(unit::text, ' ' ORDER BY unit) FROM retort_journal")"
  # The tool goes on where the script stopped.
  three_revisions
  online upgrade head
  expect_equal state "1 2 3" "$(applied)"
  expect_equal rows 2 "$(rows 'SELECT * FROM two')"
}

test_error_in_a_section_without_a_transaction() {
  begin outside
  three_revisions
  revision 2 <<'SQL'
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY two_a ON nowhere (a);
-- migrate:up
CREATE TABLE two (a int);
SQL
  script outside/up upgrade head
  apply outside/up
  expect_status 3
  expect_line 'ERROR:  relation "nowhere" does not exist'
  expect_equal state 1 "$(applied)"
  expect_equal relations "one retort_revisions retort_revisions_pkey" "$(relations)"
}

test_revision_that_releases_the_lock() {
  begin release
  three_revisions
  revision 3 <<<$'-- migrate:up\nCREATE TABLE three (a int);\nSELECT pg_advisory_unlock_all();'
  revision 4 <<<$'-- migrate:up\nCREATE TABLE four (a int);'
  script release/up upgrade 2:head
  online upgrade 2
  local before
  before=$(snapshot)
  apply release/up
  expect_status 3
  expect_line 'ERROR:  retort: the lock was lost; the transaction was rolled back'
  expect_equal database "$before" "$(snapshot)"
}

test_revision_that_writes_to_the_revision_table() {
  begin table
  three_revisions
  revision 3 <<<$'-- migrate:up\nDO $$ BEGIN DELETE FROM retort_revisions WHERE id = \'1\'; END $$;'
  revision 4 <<<$'-- migrate:up\nCREATE TABLE four (a int);'
  script table/up upgrade 2:head
  online upgrade 2
  local before
  before=$(snapshot)
  apply table/up
  expect_status 3
  expect_line 'ERROR:  retort: the revision table was changed by a revision; the transaction was rolled back'
  expect_equal database "$before" "$(snapshot)"
}

# Nothing that a revision sets in its session reaches the next one, or Retort's own statements.
test_session_of_a_revision() {
  begin session
  three_revisions
  revision 3 <<'SQL'
-- migrate:up
CREATE TEMP TABLE retort_revisions (id text);
SET search_path = pg_temp;
SET ROLE pg_monitor;
SQL
  revision 4 <<<$'-- migrate:up\nCREATE TABLE four (a int);'
  script session/up upgrade head
  apply session/up
  expect_status 0
  expect_equal state "1 2 3 4" "$(applied)"
  expect_equal place public "$(rows "SELECT relnamespace::regnamespace FROM pg_class WHERE relname = 'four'")"
}

test_stamp() {
  begin stamp
  three_revisions
  script stamp/two stamp base:2
  script stamp/purge stamp 1 --purge
  apply stamp/two
  expect_status 0
  expect_equal state "1 2" "$(applied)"
  expect_refusal stamp/two "this script starts at base, but the database is at 1, 2"
  rows "UPDATE retort_revisions SET id = 'unknown' WHERE id = '1'"
  apply stamp/purge
  expect_status 0
  expect_equal state 1 "$(applied)"
  expect_equal relations "retort_revisions retort_revisions_pkey" "$(relations)"
}

test_nothing_to_do() {
  begin nothing
  three_revisions
  script nothing/up upgrade head:head
  apply nothing/up
  expect_status 0
  expect_equal output "" "$output"
  expect_equal relations "" "$(relations)"
}

test_idempotent_script_from_every_state() {
  begin idempotent
  three_revisions
  script idempotent/up upgrade head --idempotent
  local state expected
  create_database retort_idempotent_online
  online upgrade head
  expected=$(pg_dump --schema-only "$url" | grep -vE '^\\(un)?restrict ')
  for state in base 1 2 3; do
    create_database retort_idempotent
    [[ $state == base ]] || online upgrade $state
    apply idempotent/up
    expect_status 0
    expect_no ERROR
    expect_equal "state from $state" "1 2 3" "$(applied)"
    expect_equal "rows from $state" 2 "$(rows 'SELECT * FROM two')"
    expect_equal "schema from $state" "$expected" "$(pg_dump --schema-only "$url" | grep -vE '^\\(un)?restrict ')"
  done
  local before
  before=$(snapshot)
  apply idempotent/up
  expect_status 0
  expect_equal database "$before" "$(snapshot)"
}

test_idempotent_script_refuses_unknown_revisions() {
  begin unknown
  three_revisions
  script unknown/up upgrade head --idempotent
  script unknown/from upgrade 1:head --idempotent
  expect_refusal unknown/from "this script starts at 1, but the database is at base"
  online upgrade 2
  rows "INSERT INTO retort_revisions SELECT '9', checksum, message, applied_at, NULL, NULL, '' FROM retort_revisions LIMIT 1"
  expect_refusal unknown/up "this script starts at base, but the database is at 1, 2, 9"
}

test_idempotent_script_with_an_error() {
  begin idemerror
  three_revisions
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a int);\nbroken;'
  script idemerror/up upgrade head --idempotent
  apply idemerror/up
  expect_status 3
  expect_equal state 1 "$(applied)"
  expect_equal relations "one retort_revisions retort_revisions_pkey" "$(relations)"
}

# The second belt: a client that goes on after the guard's error finds a session that cannot write.
test_failed_guard_and_a_client_that_goes_on() {
  begin belt
  three_revisions
  cat >>belt/migrations/2_revision.sql <<'SQL'
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY more_a ON two (a);
-- migrate:up transaction:false
CREATE TABLE autocommitted (a int);
SQL
  script belt/plain upgrade base:head --plain
  online upgrade 1
  local before
  before=$(snapshot)
  apply belt/plain -v ON_ERROR_STOP=0
  expect_status 0
  expect_line "ERROR:  retort: this script starts at base, but the database is at 1; nothing was changed" \
    "ERROR:  cannot execute CREATE INDEX in a read-only transaction"
  expect_equal database "$before" "$(snapshot)"

  # And one whose tables the sections outside of a transaction would find.
  rows "CREATE TABLE two (a int)"
  before=$(snapshot)
  apply belt/plain -v ON_ERROR_STOP=0
  expect_line "ERROR:  retort: this script starts at base, but the database is at 1; nothing was changed"
  expect_equal database "$before" "$(snapshot)"
}

test_ensure_version() {
  begin ensure
  revision 1 <<<$'-- migrate:up\nCREATE TABLE one (a int);'
  script ensure/table ensure-version
  apply ensure/table
  expect_status 0
  expect_equal state "" "$(applied)"
  online upgrade 1
  apply ensure/table
  expect_status 0
  expect_equal state 1 "$(applied)"
}

start_server
run_cases "$@"
