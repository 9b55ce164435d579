# PostgreSQL for equality_test.sh. Sourced.

start() {
  start_server
}

tool_url() {
  url_of "retort_equality_$1"
}

new_database() {
  local extension
  create_database "retort_equality_$1"
  for extension in "${extensions[@]}"; do
    psql -Xqc "CREATE EXTENSION $extension" "$url"
  done
}

run_script() {
  PSQLRC=/dev/null psql -f script.sql "$(tool_url "$1")" >client.out 2>&1
}

# run_file DATABASE FOLDER: a revision as its own tool applies it.
run_file() {
  local single=-1
  ! grep -qs '^run_in_transaction = false' "$2/metadata.toml" || single=
  psql -Xq $single -v ON_ERROR_STOP=1 -f "$2/up.sql" "$(tool_url "$1")" >client.out 2>&1 || {
    cat client.out
    exit 1
  }
}

# Dumps carry a random token.
dump() {
  pg_dump "$@" | sed -E '/^\\(un)?restrict /d'
}

contents() {
  dump --exclude-table-data=public.retort_revisions "$(tool_url "$1")"
}

contents_without_tables() {
  dump --exclude-table='public.retort_*' "$(tool_url "$1")"
}

applied() {
  psql -XAtqc 'SELECT id, checksum, message, applied_by, retort_version FROM public.retort_revisions ORDER BY id' \
    "$(tool_url "$1")"
}
