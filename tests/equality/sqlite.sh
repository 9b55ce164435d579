# SQLite for equality_test.sh. Sourced.

start() {
  :
}

tool_url() {
  echo "sqlite:$1.db"
}

new_database() {
  rm -f "$1.db"
  : >"$1.db"
}

run_script() {
  sqlite3 "$1.db" <script.sql >client.out 2>&1
}

# run_file DATABASE FOLDER: a revision as its own tool applies it.
run_file() {
  sqlite3 -bail "$1.db" <"$2/up.sql" >client.out 2>&1 || {
    cat client.out
    exit 1
  }
}

contents() {
  sqlite3 "$1.db" 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2'
  sqlite3 "$1.db" '.dump --data-only' | sed '/^INSERT INTO retort_revisions/d'
}

contents_without_tables() {
  sqlite3 "$1.db" "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'retort\_%' ESCAPE '\\'
                   ORDER BY 1, 2"
  sqlite3 "$1.db" '.dump --data-only' | sed '/^INSERT INTO retort_revisions/d'
}

applied() {
  sqlite3 "$1.db" 'SELECT id, checksum, message, retort_version FROM retort_revisions ORDER BY id'
}
