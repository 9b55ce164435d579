# The SQL files are there, run in the databases' own clients, and nothing is written into the source tree.

sources() {
  find "$source" -printf '%P %s %T@\n' | sort
}

before=$(sources)
configure
build
expect_equal "the source tree" "$before" "$(sources)"
expect_equal "the list of files" "app/app_head.sql
app/postgresql/downgrade.sql
app/postgresql/upgrade.sql
app/sqlite/downgrade.sql
app/sqlite/upgrade.sql
back/to 0002.sql
other/sqlite/downgrade.sql
other/sqlite/upgrade.sql" "$(cd "$build" && find . -name '*.sql' -printf '%P\n' | sort)"

tables() {
  sqlite3 "$build/test.db" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'retort%' ORDER BY 1"
}

sqlite() {
  succeed sqlite3 "$build/test.db" ".read '$build/$1'"
}

sqlite app/sqlite/upgrade.sql
expect_equal "the schema" $'customer\ninvoice\nline' "$(tables)"
sqlite "back/to 0002.sql"
expect_equal "the schema" $'customer\ninvoice' "$(tables)"

succeed head -n 3 "$build/app/sqlite/upgrade.sql"
expect ".bail on"
succeed cat "$build/app/postgresql/upgrade.sql"
expect "\\set ON_ERROR_STOP on"
expect_not "\\if"
succeed cat "$build/app/app_head.sql"
expect "\\if" "CREATE TABLE line"
expect_not "CREATE TABLE customer"
succeed cat "$build/app/postgresql/downgrade.sql"
expect "DROP TABLE customer"
