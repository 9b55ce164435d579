# The battery on SQLite: all tests pass, at the same time; a mistake is found, and can be excepted.

configure -DSERVER=OFF
build
succeed in_ctest -j 4
expect "app_sqlite.upgrade" "100% tests passed, 0 tests failed out of 10"
expect_equal "what is left" "test.db test.db~ test.db~.key" "$(cd "$build/data files" && echo *)"
succeed in_ctest -V -L '^up_down_up$'
expect "passed over: 0002 is irreversible: nobody knows where the blanks were" \
  "3 of 4 revisions went up, down and up again" "100% tests passed, 0 tests failed out of 2"
succeed in_ctest -N -L '^app_sqlite$' -L '^migrations$'
expect "app_sqlite.upgrade" "app_sqlite.killed" "Total Tests: 9"
expect_not "app_sqlite.create" "idempotent_script"

# The schema at the head is the declared one, or what differs is named.
configure -DDECLARED=ON
succeed in_ctest -L declared_schema
expect "app_sqlite.declared_schema" "100% tests passed, 0 tests failed out of 2"
change sed -i 's/placed DATE/placed TIMESTAMP/' "$source/declared.sql"
refuse in_ctest -L declared_schema --output-on-failure
expect "app_sqlite.declared_schema (Failed)" \
  "error: the revisions lead to another schema than $source/declared.sql declares" \
  "note: column purchase.placed: type is DATE instead of TIMESTAMP"
configure -DDECLARED=OFF

# What the way down forgets is named, and the database that shows it is kept.
change write "$source/migrations/0005_notes.sql" <<'END'
-- migrate:up
CREATE TABLE note (id INTEGER PRIMARY KEY);
CREATE TABLE topic (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE note;
END
refuse in_ctest -j 4 --output-on-failure
expect "app_sqlite.up_down_up (Failed)" \
  "migrations/0005_notes.sql: error: the way down of 0005 does not bring back the schema before it note: table topic is extra" \
  "the test's database is kept: sqlite3 '$build/data files/test.db~.up_down_up'"
expect_equal "the database that is kept" topic \
  "$(sqlite3 "$build/data files/test.db~.up_down_up" "SELECT name FROM sqlite_schema WHERE name IN ('note', 'topic')")"

# An exception is shown by every run.
configure -DEXCEPT="up_down_up;populated"
succeed in_ctest -j 4
expect "app_sqlite.up_down_up (Disabled)" "app_sqlite.populated (Disabled)" "100% tests passed, 0 tests failed out of 8"

# A test that cannot run is not counted as passed.
configure -DEXCEPT=up_down_up
mkdir "$folder/programs"
for program in ctest sh env; do
  ln -s "$(command -v "$program")" "$folder/programs"
done
output=$(cd "$build" && PATH=$folder/programs ctest -V -R app_sqlite.guard 2>&1) || fail "failed"
expect "skipped: sqlite3 is not installed" "app_sqlite.guard (Skipped)"
