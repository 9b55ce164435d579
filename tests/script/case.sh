# The set-up of psql_test.sh and sqlite3_test.sh: sourced with their arguments RETORT FOLDER [CASE...], it leaves the
# cases. They set $dialect and, in `begin`, $migrations and $url.

. "$here/check.sh"
retort=$1 work=$2
shift 2
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# revision ID: reads the file of a revision from standard input.
revision() {
  mkdir -p "$migrations"
  cat >"$migrations/$1_revision.sql"
}

# script NAME ARGUMENT...: writes NAME.sql with a command of the tool.
script() {
  local name=$1
  shift
  "$retort" -d "$migrations" --dialect "$dialect" "$@" --sql -o "$name.sql"
}

online() {
  "$retort" -q -d "$migrations" -u "$url" "$@" >"$work/online.out"
}
