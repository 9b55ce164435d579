# A program that carries its history: what it does to databases, and what it says.

# exits STATUS COMMAND...
exits() {
  local status=0
  output=$("${@:2}" 2>&1) || status=$?
  expect_equal "the exit status of ${*:2}" "$1" "$status"
}

# says STATUS TEXT COMMAND...: that is all it says.
says() {
  exits "$1" "${@:3}"
  expect_equal "what ${*:3} says" "$2" "$output"
}

configure -DWITH_POSTGRESQL="$RETORT_POSTGRESQL" -DCMAKE_BUILD_TYPE=Debug
build
builds_nothing
app=$build/app_migrate newer=$build/newer_migrate
cd "$folder"
dialects=(sqlite)
[[ $RETORT_POSTGRESQL != ON ]] || dialects+=(postgresql)

# A database, from nothing to the head and back.
export DATABASE_URL=sqlite:app.db
steps='upgrade base -> 0001  Create the customers: "all" of them, ü too.
upgrade 0001 -> 0002  Create the invoices.
upgrade 0002 -> 0003  lines'
says 3 "error: there is no database sqlite:app.db
hint: check the path, or let 'upgrade head' create it" "$app" check
says 0 "$steps" "$app" upgrade head --plan
[[ ! -e app.db ]] || fail "a plan created the database"
says 0 "$steps"$'\nsqlite:app.db is at 0003' "$app" upgrade head
says 0 "nothing to do: sqlite:app.db is at 0003" "$app" upgrade head
says 0 "sqlite:app.db is up to date" "$app" check
says 0 "0003 (head)  lines" "$app" current --check-heads
says 0 "downgrade 0003 -> 0002  lines
sqlite:app.db is at 0002" "$app" downgrade -1
says 4 "pending: 0003  lines" "$app" check
says 4 "0002  Create the invoices." "$app" current --check-heads
says 0 "0002  Create the invoices." "$app" current
says 0 "stamp 0002 -> 0003  lines
sqlite:app.db is at 0003" "$app" stamp head
says 0 "stamp 0003 -> 0002  lines
sqlite:app.db is at 0002" "$app" stamp 0002
exits 0 "$app" --format json upgrade head -q
expect '{ "current": [ "0003" ], "database": "sqlite:app.db", "diagnostics": [], "steps": [ { "direction": "up",' \
  '"id": "0003", "message": "lines" } ] }'

# A database that is newer than the program.
"$newer" upgrade head -q
before=$(sha256sum app.db)
newer_database="the database is newer than this program, which does not know 1 of its revisions
note: 0004  Add a note.
hint: use the newer program, or let it downgrade the database"
says 4 "error: $newer_database" "$app" upgrade head
says 4 "error: $newer_database" "$app" downgrade base
says 4 "error: $newer_database" "$app" stamp base
says 4 "error: $newer_database" "$app" check
says 0 "warning: $newer_database"$'\n0003 (head)  lines' "$app" current --check-heads
expect_equal "the database" "$before" "$(sha256sum app.db)"
exits 4 "$app" check --format json
expect '"message": "the database is newer than this program, which does not know 1 of its revisions"' \
  '"severity": "error"' '"up_to_date": false'

# A database that stands in a revision's way; the message shows the line of a file that is not there.
rm -r app.db
sqlite3 app.db 'CREATE TABLE invoice (x)'
mv "$source/migrations" "$source/moved"
says 3 'migrations/0002_create_invoice.sql:4:14: error: table invoice already exists
    4 | CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer (id));
      |              ^~~~~~~
note: no revision was committed' "$app" upgrade head
says 0 "base" "$app" current

# The revisions.
says 0 "revision   0003 (head)
message    lines
parents    0002
file       migrations/0003_lines

CREATE TABLE line (invoice INTEGER NOT NULL REFERENCES invoice (id), text TEXT NOT NULL);

DROP TABLE line;" "$app" show head --dialect sqlite
says 0 '0002 -> 0003 (head)  lines
0001 -> 0002  Create the invoices.
base -> 0001  Create the customers: "all" of them, ü too.' "$app" history
says 0 "0002 -> 0003 (head)  lines" "$app" heads
mv "$source/moved" "$source/migrations"

# Scripts are the build's, byte for byte.
for dialect in "${dialects[@]}"; do
  succeed "$app" --dialect "$dialect" upgrade head --sql -o up.sql
  succeed cmp up.sql "$build/app/$dialect/upgrade.sql"
  succeed "$app" --dialect "$dialect" downgrade head:base --sql -o down.sql
  succeed cmp down.sql "$build/app/$dialect/downgrade.sql"
done
unset DATABASE_URL
# A program with one dialect knows which one is meant.
succeed "$newer" upgrade head --sql -o up.sql
succeed cmp up.sql "$build/newer/sqlite/upgrade.sql"

# Where the database is.
# shellcheck disable=SC2016 # the tool replaces ${NAME}
printf '[database.app]\nurl = "sqlite:${NAME}.db"\n' >retort.toml
says 2 "error: no database is given
hint: use --url, DATABASE_URL, or a configuration file with [database.NAME]" "$app" upgrade head
NAME=config says 0 "$steps"$'\nsqlite:config.db is at 0003' "$app" upgrade head -c retort.toml
says 2 "error: this is no database URL that Retort knows
hint: write sqlite:file.db, sqlite:/absolute/file.db, postgresql://user@host/name, or host=… dbname=…" \
  "$app" -u nonsense upgrade head
says 2 "error: this program has no migrations for postgresql
hint: it has those for sqlite" "$newer" -u postgresql:///app upgrade head
if [[ $RETORT_POSTGRESQL == ON ]]; then
  exits 3 "$app" -u postgresql://nobody@127.0.0.1:1/app upgrade head
  expect "error: cannot connect:" "Connection refused"
fi

# What it calls itself, and what it does not have.
cp "$app" "called otherwise"
exits 0 "./called otherwise" --help
expect "called otherwise: database migrations, at 0003 (Retort " "Usage: called otherwise [OPTION]... COMMAND" \
  "called otherwise COMMAND --help shows"
expect_not "--directory" "merge" "retort.toml"
exits 0 "$app" upgrade --help
expect "app_migrate upgrade [OPTION...]" "--sql" "--plan"
expect_not "--validate" "--depfile" "--directory"
exits 0 "$app" --version
[[ $output =~ ^app_migrate\ at\ 0003\ \(Retort\ [0-9.]+\)$ ]] || fail "the version is '$output'"
says 2 "error: unknown command 'merge'
hint: --help lists the commands and options" "$app" merge heads
says 2 "error: option 'validate' does not exist
hint: --help lists the commands and options" "$app" upgrade head --sql --validate=parse

# It has what the directory has, and links nothing that only builds need.
change sed -i 's/Create the invoices/Make the invoices/' "$source/migrations/0002_create_invoice.sql"
build
succeed "$app" history
expect "0001 -> 0002 Make the invoices."
succeed ldd "$newer"
expect "libsqlite3"
expect_not "libpq" "libcrypto" "libpg_query"
