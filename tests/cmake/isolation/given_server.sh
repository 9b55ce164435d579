# On a server that the environment names, the database of a failed test is kept until the test runs again.

sockets=/tmp/retort-$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')
trap '"$RETORT_TOOL" server stop "$folder/given" >/dev/null' EXIT
succeed "$RETORT_TOOL" server start "$folder/given" --socket-directory "$sockets"
export RETORT_TEST_POSTGRESQL_URL="postgresql://postgres@/postgres?host=${sockets//\//%2F}"
databases() {
  psql -XAtd "$RETORT_TEST_POSTGRESQL_URL" -c "SELECT datname FROM pg_database WHERE datname ~ '^retort_' ORDER BY 1"
}

configure
build
digits=$(printf %s "$build" | sha256sum | head -c 8)
succeed in_ctest -j 8 -R '^app_pg.(add|gtest|catch)'
expect "100% tests passed, 0 tests failed out of 108"
expect_equal "the databases" "retort_${digits}_app_pg~" "$(databases)"

for _ in 1 2; do
  refuse in_ctest -V -R '^app_pg.fail$'
  expect "app_pg~ is as it should be"
  kept=$(sed -n 's/.*is kept: psql "\(.*\)"/\1/p' <<<"$output")
  expect_equal "the orders" $'1\n7' "$(psql -XAtd "$kept" -c 'SELECT id FROM "order"')"
  expect_equal "the number of databases" 2 "$(databases | wc -l)"
done
