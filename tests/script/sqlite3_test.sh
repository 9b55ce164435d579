#!/usr/bin/env bash
# sqlite3_test.sh RETORT FOLDER [CASE...]: what Retort's scripts do when the plain sqlite3 shell runs them, which goes on
# after an error unless it is told otherwise. FOLDER is emptied.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
. "$here/case.sh"
dialect=sqlite
export HOME=$work

# begin CASE: a new history and database for the case.
begin() {
  migrations=$1/migrations db=$1/test.db url=sqlite:$1/test.db
  mkdir "$1"
}

# apply NAME: as a user would. The numbers of lines are masked in the output.
apply() {
  run sqlite3 "$db" <"$1.sql"
  output=$(sed 's/near line [0-9]*:/near line N:/' <<<"$output")
}

rows() {
  sqlite3 "$db" "$1"
}

# Everything in the database, byte for byte.
snapshot() {
  sqlite3 "$db" .dump
}

applied() {
  rows "SELECT group_concat(id, ' ') FROM (SELECT id FROM retort_revisions ORDER BY id)"
}

two_tables() {
  revision 1 <<<$'-- migrate:up\nCREATE TABLE one (a);\n-- migrate:down\nDROP TABLE one;'
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a);\n-- migrate:down\nDROP TABLE two;'
}

test_upgrade_and_downgrade() {
  begin whole
  two_tables
  script whole/up upgrade head
  apply whole/up
  expect_status 0
  expect_equal output "retort: the database is at base" "$output"
  expect_equal state "1 2" "$(applied)"
  expect_equal user "||" "$(rows "SELECT DISTINCT applied_by, duration_ms, '' FROM retort_revisions")"
  script whole/down downgrade head:base
  apply whole/down
  expect_status 0
  expect_equal output "retort: the database is at 1, 2" "$output"
  expect_equal state "" "$(applied)"
  expect_equal tables retort_revisions "$(rows "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'")"
}

test_sample_of_the_golden_files() {
  begin sample
  migrations=$here/migrations
  script sample/up upgrade head
  apply sample/up
  expect_status 0
  expect_equal state "0001 0002 0003 0004 0005 0006" "$(applied)"
  expect_equal rows '1|{"k":true}|none' "$(rows 'SELECT * FROM note')"
}

test_guard_refuses_another_state() {
  begin state
  two_tables
  script state/one upgrade 1:2
  script state/none upgrade base:head
  local before
  : >"$db"
  apply state/one
  expect_status 1
  expect_line "retort: the database is at base" \
    "Runtime error near line N: retort: this script starts at 1, but the database is elsewhere; nothing was changed (19)"
  expect_equal database "" "$(rows 'SELECT * FROM sqlite_schema')"

  online upgrade head
  before=$(snapshot)
  apply state/one
  expect_status 1
  expect_line "retort: the database is at 1, 2" \
    "Runtime error near line N: retort: this script starts at 1, but the database is elsewhere; nothing was changed (19)"
  expect_equal database "$before" "$(snapshot)"
  apply state/none
  expect_status 1
  expect_line "retort: the database is at 1, 2" \
    "Runtime error near line N: retort: this script starts at base, but the database is elsewhere; nothing was changed (19)"
  expect_equal database "$before" "$(snapshot)"
}

# As many rows as expected, but another one.
test_guard_compares_ids() {
  begin ids
  two_tables
  script ids/two upgrade 1:2
  online upgrade 1
  rows "UPDATE retort_revisions SET id = '9'"
  local before
  before=$(snapshot)
  apply ids/two
  expect_status 1
  expect_line "retort: the database is at 9"
  expect_equal database "$before" "$(snapshot)"
}

test_guard_refuses_an_interrupted_revision() {
  begin journal
  two_tables
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a);\n-- migrate:up transaction:false\nVACUUM;\n-- migrate:up\nbroken;'
  run online upgrade head
  expect_status 3
  expect_equal journal "0 1" "$(rows "SELECT group_concat(unit, ' ') FROM retort_journal")"
  two_tables
  script journal/two upgrade 1:2
  local before
  before=$(snapshot)
  apply journal/two
  expect_status 1
  expect_line "retort: the database is at 1" "Runtime error near line N: retort: a revision was interrupted here; \
finish it with 'retort upgrade'; nothing was changed (19)"
  expect_equal database "$before" "$(snapshot)"
}

test_another_process_holds_the_lock() {
  begin lock
  two_tables
  script lock/two upgrade 1:2
  online upgrade 1
  local before
  before=$(snapshot)
  mkfifo lock/go
  sqlite3 "$db" <lock/go >lock/holder 2>&1 &
  exec 5>lock/go
  printf 'BEGIN IMMEDIATE;\n.system touch lock/held\n' >&5
  until [[ -e lock/held ]]; do sleep 0.01; done
  apply lock/two
  expect_status 1
  expect_equal output "Runtime error near line N: database is locked (5)" "$output"
  exec 5>&-
  wait
  expect_equal database "$before" "$(snapshot)"
}

test_error_in_the_middle_leaves_nothing() {
  begin middle
  two_tables
  revision 3 <<<$'-- migrate:up\nCREATE TABLE three (a);\nINSERT INTO nowhere VALUES (1);\nCREATE TABLE more (a);'
  revision 4 <<<$'-- migrate:up\nCREATE TABLE four (a);'
  script middle/up upgrade 1:4
  online upgrade 1
  local before
  before=$(snapshot)
  apply middle/up
  expect_status 1
  expect_line "Parse error near line N: no such table: nowhere"
  expect_equal database "$before" "$(snapshot)"

  script middle/each upgrade 1:4 --transaction each
  apply middle/each
  expect_status 1
  expect_equal state "1 2" "$(applied)"
  expect_equal tables "one retort_revisions two" \
    "$(rows "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)")"
}

test_error_behind_a_section_without_a_transaction() {
  begin behind
  two_tables
  revision 3 <<'SQL'
-- migrate:up
CREATE TABLE three (a);
-- migrate:up transaction:false
VACUUM;
-- migrate:up
CREATE TABLE more (a);
INSERT INTO nowhere VALUES (1);
CREATE TABLE most (a);
-- migrate:up transaction:false
VACUUM INTO 'behind/copy.db';
SQL
  revision 4 <<<$'-- migrate:up\nCREATE TABLE four (a);'
  script behind/up upgrade head
  apply behind/up
  expect_status 1
  expect_equal state "1 2" "$(applied)"
  expect_equal tables "one retort_journal retort_revisions three two" \
    "$(rows "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)")"
  expect_equal journal "0 1" "$(rows "SELECT group_concat(unit, ' ') FROM retort_journal")"
  [[ ! -e behind/copy.db ]] || fail "the section behind the error was run"
}

test_error_in_a_section_without_a_transaction() {
  begin outside
  revision 1 <<<$'-- migrate:up\nCREATE TABLE one (a);\n-- migrate:up transaction:false\nINSERT INTO nowhere VALUES (1);'
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a);'
  script outside/up upgrade head
  apply outside/up
  expect_status 1
  expect_equal tables "one retort_journal retort_revisions" \
    "$(rows "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)")"
  # The tool goes on where the script stopped.
  revision 1 <<<$'-- migrate:up\nCREATE TABLE one (a);\n-- migrate:up transaction:false\nVACUUM;'
  online upgrade head
  expect_equal state "1 2" "$(applied)"
}

family() {
  revision 1 <<'SQL'
-- migrate:up
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE niece (parent_id INTEGER REFERENCES parent (id));
INSERT INTO parent VALUES (1), (2);
INSERT INTO child VALUES (1), (2);
SQL
}

test_broken_foreign_key_is_rolled_back() {
  begin key
  family
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a);\nDELETE FROM parent WHERE id = 2;'
  revision 3 <<<$'-- migrate:up\nCREATE TABLE three (a);'
  script key/up upgrade 1:head
  online upgrade 1
  local before
  before=$(snapshot)
  apply key/up
  expect_status 1
  expect_line "Runtime error near line N: retort: a revision broke a foreign key (PRAGMA foreign_key_check); its \
transaction was rolled back (19)"
  expect_equal database "$before" "$(snapshot)"
}

# Foreign keys are off while the script runs: the children stay.
test_rebuilt_table_keeps_its_children() {
  begin rebuild
  family
  revision 2 <<'SQL'
-- migrate:up
CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO new_parent (id) SELECT id FROM parent;
DROP TABLE parent;
ALTER TABLE new_parent RENAME TO parent;
SQL
  script rebuild/up upgrade 1:2
  online upgrade 1
  (echo 'PRAGMA foreign_keys = ON;'; cat rebuild/up.sql) >rebuild/on.sql
  apply rebuild/on
  expect_status 0
  expect_equal children "1 2" "$(rows "SELECT group_concat(parent_id, ' ') FROM child")"
}

test_old_orphans_are_tolerated() {
  begin orphans
  family
  revision 2 <<<$'-- migrate:up\nCREATE TABLE two (a);'
  script orphans/up upgrade 1:2
  online upgrade 1
  rows "INSERT INTO child VALUES (77)"
  apply orphans/up
  expect_status 0
  expect_equal state "1 2" "$(applied)"
}

# One orphan less in one table does not pay for one more in another.
test_each_foreign_key_counts_for_itself() {
  begin balance
  family
  revision 2 <<<$'-- migrate:up\nDELETE FROM child WHERE parent_id = 77;\nINSERT INTO niece VALUES (78);'
  script balance/up upgrade 1:2
  online upgrade 1
  rows "INSERT INTO child VALUES (77)"
  local before
  before=$(snapshot)
  apply balance/up
  expect_status 1
  expect_equal database "$before" "$(snapshot)"
}

# No statement can catch SQLite's error: the script stops before it has changed anything. The tool goes on.
test_key_that_cannot_be_checked() {
  begin mismatch
  two_tables
  script mismatch/up upgrade head
  rows 'CREATE TABLE owner (a, b); CREATE TABLE pet (x REFERENCES owner (a)); INSERT INTO pet VALUES (1);'
  local before
  before=$(snapshot)
  apply mismatch/up
  expect_status 1
  expect_equal output 'Runtime error near line N: foreign key mismatch - "pet" referencing "owner"' "$output"
  expect_equal database "$before" "$(snapshot)"
  run "$retort" -d "$migrations" -u "sqlite:$db" upgrade head
  expect_status 0
  expect_line 'warning: foreign keys cannot be checked: foreign key mismatch - "pet" referencing "owner"' \
    "sqlite:$db is at 2"
  expect_equal state "1 2" "$(applied)"
}

test_revision_that_makes_a_key_that_cannot_be_checked() {
  begin unchecked
  two_tables
  revision 3 <<<$'-- migrate:up\nCREATE TABLE owner (a, b);\nCREATE TABLE pet (x REFERENCES owner (a));'
  revision 4 <<<$'-- migrate:up\nCREATE UNIQUE INDEX owner_a ON owner (a);'
  script unchecked/three upgrade 1:3
  script unchecked/four upgrade 1:4
  online upgrade 1
  local before
  before=$(snapshot)
  apply unchecked/three
  expect_status 1
  expect_line 'Runtime error near line N: foreign key mismatch - "pet" referencing "owner"'
  expect_equal database "$before" "$(snapshot)"
  apply unchecked/four
  expect_status 0
  expect_equal state "1 2 3 4" "$(applied)"
}

test_revision_that_writes_to_the_revision_table() {
  begin table
  two_tables
  revision 3 <<'SQL'
-- migrate:up
CREATE TABLE three (a);
CREATE TRIGGER meddle AFTER INSERT ON three BEGIN DELETE FROM retort_revisions WHERE id = '1'; END;
INSERT INTO three VALUES (1);
SQL
  script table/delete upgrade 2:3
  online upgrade 2
  local before
  before=$(snapshot)
  apply table/delete
  expect_status 1
  expect_line "Runtime error near line N: retort: the revision table was changed by a revision; its transaction was \
rolled back (19)"
  expect_equal database "$before" "$(snapshot)"
}

test_two_scripts_in_one_shell() {
  begin both
  two_tables
  script both/one upgrade base:1
  script both/two upgrade 1:2
  run sqlite3 "$db" '.read both/one.sql' '.read both/two.sql'
  expect_status 0
  expect_equal state "1 2" "$(applied)"
}

test_stamp() {
  begin stamp
  two_tables
  script stamp/one stamp base:1
  script stamp/purge stamp 2 --purge
  apply stamp/one
  expect_status 0
  expect_equal state 1 "$(applied)"
  rows "UPDATE retort_revisions SET id = 'unknown'"
  apply stamp/one
  expect_status 1
  apply stamp/purge
  expect_status 0
  expect_equal state "1 2" "$(applied)"
}

test_nothing_to_do() {
  begin nothing
  two_tables
  script nothing/up upgrade head:head
  apply nothing/up
  expect_status 0
  expect_equal output "" "$output"
  expect_equal database "" "$(rows 'SELECT * FROM sqlite_schema')"
}

test_ensure_version() {
  begin ensure
  two_tables
  script ensure/table ensure-version
  apply ensure/table
  expect_status 0
  expect_equal state "" "$(applied)"
  online upgrade 1
  apply ensure/table
  expect_status 0
  expect_equal state 1 "$(applied)"
}

run_cases "$@"
