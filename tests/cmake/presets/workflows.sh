# The presets that come with Retort, and the files for CI servers in docs/ci.md.

succeed cmake --install "$retort" --prefix "$folder/prefix" --component Retort
export CMAKE_PREFIX_PATH=$folder/prefix CMAKE_GENERATOR=$generator
sed -i "s#/usr/local#$folder/prefix#" "$source/CMakePresets.json"
cd "$source"
build=$source/build/migrations

succeed cmake --workflow --preset migrations-sql
expect_file "$build"/app/{sqlite,postgresql}/{upgrade,downgrade}.sql "$build/app/app_up.sql"
[[ ! -e $build/other ]] || fail "more than the SQL was built"

succeed cmake --workflow --preset migrations-test-sqlite
expect "app_sqlite.orders" "100% tests passed, 0 tests failed out of 3"
expect_not "app_pg.orders" "no_orders"

[[ $RETORT_POSTGRESQL == ON ]] || return 0
succeed cmake --workflow --preset migrations-test-postgresql
expect "app_pg.orders" "pg.stop" "100% tests passed, 0 tests failed out of 5"
expect_not "app_sqlite.orders" "no_orders"

# Labels of the project's own stay.
succeed ctest --test-dir "$build" -L orders
expect "100% tests passed, 0 tests failed out of 8"

# The commands of the files for CI servers, with a server that the environment names.
sockets=/tmp/retort-$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')
trap '"$RETORT_TOOL" server stop "$folder/given" >/dev/null' EXIT
succeed "$RETORT_TOOL" server start "$folder/given" --socket-directory "$sockets"
export RETORT_TEST_POSTGRESQL_URL="postgresql://postgres@/postgres?host=${sockets//\//%2F}"
docs=$here/../../docs/ci.md
for provider in 'GitHub Actions' 'GitLab CI'; do
  commands=$(sed -n "/^## $provider/,/^## /p" "$docs" | sed -n 's/^ *\(- run: \|- \)\(cmake --workflow .*\)$/\2/p')
  [[ -n $commands ]] || fail "docs/ci.md has no command for $provider"
  rm -rf build
  succeed bash -euc "$commands"
  expect "no_orders" "100% tests passed, 0 tests failed out of 9"
  results=$(sed -n "/^## $provider/,/^## /p" "$docs" | grep -o 'build/[a-z/]*\.xml')
  grep -q "The server that RETORT_TEST_POSTGRESQL_URL names is used" "$results" || fail "no results in $results"
done
