# A PostgreSQL server for the tests in shell. Sourced; $retort is the executable, $work a folder of the test's own.

# The server is private and ends with this script, or it is the one that RETORT_TEST_POSTGRESQL_URL names. Without
# either the script ends with status 77, which ctest shows as skipped.
start_server() {
  server=${RETORT_TEST_POSTGRESQL_URL-}
  [[ -z $server ]] || return 0
  unset PGDATABASE PGHOST PGHOSTADDR PGOPTIONS PGPASSWORD PGPORT PGREQUIREPEER PGSERVICE PGSSLMODE PGUSER
  # Not in $(…): the server watches the process that starts it, and that would be a shell which ends at once.
  if ! "$retort" server start "$work/server" --watch-parent >"$work/server.url" 2>"$work/server.error"; then
    cat "$work/server.error" >&2
    ! grep -q 'no PostgreSQL server binaries' "$work/server.error" || exit 77
    exit 1
  fi
  server=$(<"$work/server.url")
  trap stop_server EXIT
}

stop_server() {
  "$retort" server stop "$work/server" >"$work/server.stopped"
}

# url_of DATABASE: its URL on the server.
url_of() {
  if [[ $server == postgres*://* ]]; then
    sed -E "s#^(postgres(ql)?://[^/?]*)(/[^?]*)?#\1/$1#" <<<"$server"
  else
    echo "$server dbname=$1"
  fi
}

# create_database NAME: a new, empty database; $url is its URL.
create_database() {
  "$retort" server database "$server" "$1" >"$work/created"
  url=$(url_of "$1")
}
