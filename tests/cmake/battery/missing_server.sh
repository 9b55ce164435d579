# Without a server, the battery on PostgreSQL is reported as not run.

configure
build
export RETORT_POSTGRESQL_BINDIR=$folder/nothing
succeed in_ctest
expect "a23456789012345678901234567890.killed (Disabled)" "app_sqlite.killed"
