# The battery on PostgreSQL, in parallel and one by one, on a private server.

configure
build
succeed in_ctest -j 6
expect "a23456789012345678901234567890.idempotent_script" "100% tests passed, 0 tests failed out of 23"
succeed in_ctest -R '^a2.*\.killed$' -V
expect "killed 8 times" "100% tests passed, 0 tests failed out of 4"

# A statement outside of a transaction that cannot run twice.
change sed -i 's/ IF NOT EXISTS purchase_customer/ purchase_customer/' "$source/migrations/0003_purchases.sql"
refuse in_ctest -R '^a2.*\.killed$' --output-on-failure
expect "migrations/0003_purchases.sql: error: 0003 cannot be finished when it was killed behind statement 3 of 3" \
  'note: relation "purchase_customer" already exists' "the test's database is kept: '$RETORT_TOOL'" "'$build/pg'" "&& psql \""
