# Every isolated test has its own copy of a database, whatever runs at the same time.

configure -DSERVER="$RETORT_POSTGRESQL"
build

# 100 plain tests and 5 discovered ones for each database, and its fixtures.
count=107
[[ $RETORT_POSTGRESQL == OFF ]] || count=216
succeed in_ctest -j 16 -E '\.fail$'
expect "100% tests passed, 0 tests failed out of $count"
expect_equal "what remains" "test.db test.db~ test.db~.key" "$(cd "$build" && echo test.db*)"

# A single test needs no other copy.
succeed in_ctest -V -R '^app_sqlite.add.7$'
expect "sqlite:$build/test.db~ is as it should be" "order 7 in sqlite:$build/test.db~" \
  "100% tests passed, 0 tests failed out of 2"

# The copy of a test that failed is kept.
refuse in_ctest -V -R '^app_sqlite.fail$'
expect "order 7 in sqlite:$build/test.db~" "retort: the test's database is kept: sqlite3 '$build/test.db~"
kept=$(sed -n "s/.*is kept: sqlite3 '\(.*\)'/\1/p" <<<"$output")
expect_equal "the orders" $'1\n7' "$(sqlite3 "$kept" 'SELECT id FROM "order"')"
refuse in_ctest -R '^app_sqlite.fail$'
expect_equal "what remains" "$kept test.db~ test.db~.key" \
  "$(cd "$build" && for file in test.db~*; do [[ $build/$file == "$kept" ]] && echo "$kept" || echo "$file"; done | sort | xargs)"

# So is that of a test case.
FAILING=1 refuse in_ctest -V -R '^app_sqlite.gtest.Orders.AreKeptWhenATestFails$'
kept=$(sed -n "s/.*is kept: sqlite3 '\(.*[.][0-9a-z]\{7\}\)'/\1/p" <<<"$output")
expect_equal "the orders" $'1\n3' "$(sqlite3 "$kept" 'SELECT id FROM "order"')"

# A changed seed makes new copies, and removes the old ones.
change sed -i 's/1/4/' "$source/seed.sql"
refuse in_ctest -V -R '^app_sqlite.fail$'
expect "sqlite:$build/test.db~ is made"
expect_equal "the old copy" "no" "$([[ -e $kept ]] && echo yes || echo no)"
kept=$(sed -n "s/.*is kept: sqlite3 '\(.*\)'/\1/p" <<<"$output")
expect_equal "the orders" $'4\n7' "$(sqlite3 "$kept" 'SELECT id FROM "order"')"

# That on a private server is there when the server is started again.
[[ $RETORT_POSTGRESQL == ON ]] || return 0
refuse in_ctest -V -R '^app_pg.fail$'
command=$(sed -n "s/.*retort: the test's database is kept: //p" <<<"$output")
expect_equal "the orders" $'4\n7' "$(eval "$command -XAtc 'SELECT id FROM \"order\"'" | tail -2)"
succeed "$RETORT_TOOL" server stop "$build/pg"
succeed in_ctest -V -R '^app_pg.add.7$'
expect "app_pg~ is as it should be"

# On a server that the environment names, too.
sockets=/tmp/retort-$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')
trap '"$RETORT_TOOL" server stop "$folder/given" >/dev/null' EXIT
succeed "$RETORT_TOOL" server start "$folder/given" --socket-directory "$sockets"
export RETORT_TEST_POSTGRESQL_URL="postgresql://postgres@/postgres?host=${sockets//\//%2F}"
databases() {
  psql -XAtd "$RETORT_TEST_POSTGRESQL_URL" -c "SELECT datname FROM pg_database WHERE datname ~ '^retort_' ORDER BY 1"
}

digits=$(printf %s "$build" | sha256sum | head -c 8)
succeed in_ctest -j 8 -R '^app_pg.(add.[5-9]$|gtest|catch)'
expect "100% tests passed, 0 tests failed out of 13"
expect_equal "the databases" "retort_${digits}_app_pg~" "$(databases)"

for _ in 1 2; do
  refuse in_ctest -V -R '^app_pg.fail$'
  kept=$(sed -n 's/.*is kept: psql "\(.*\)"/\1/p' <<<"$output")
  expect_equal "the orders" $'4\n7' "$(psql -XAtd "$kept" -c 'SELECT id FROM "order"')"
  expect_equal "the number of databases" 2 "$(databases | wc -l)"
done
