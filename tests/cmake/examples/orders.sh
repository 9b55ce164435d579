# The example is built and tested as its reader would do it.

cp -R "$here/../../examples/orders/." "$source"

configure
build
[[ -s $build/orders/sqlite/upgrade.sql ]] || fail "no upgrade.sql"
[[ -s $build/orders/postgresql/downgrade.sql ]] || fail "no downgrade.sql"
succeed in_ctest --output-on-failure
expect "100% tests passed"
