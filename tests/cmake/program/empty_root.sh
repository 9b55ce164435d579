# The program in an otherwise empty file system: itself, and what ldd names.

configure -DWITH_POSTGRESQL="$RETORT_POSTGRESQL" -DCMAKE_BUILD_TYPE=Debug
build
root=$(mktemp -d /tmp/retort-root-XXXXXX)
trap 'clean_up' EXIT
clean_up() {
  [[ ! -d $folder/server ]] || "$RETORT_TOOL" server stop "$folder/server" >/dev/null || true
  rm -rf "$root"
}
chmod 755 "$root"
mkdir "$root/data"

# inside COMMAND...: runs it there, with no environment.
inside() {
  if [[ $EUID == 0 ]]; then
    env -i "$(command -v chroot)" "$root" "$@"
  else
    env -i "$(command -v unshare)" --map-root-user "$(command -v chroot)" "$root" "$@"
  fi
}

# put PROGRAM: takes it and its libraries there.
put() {
  cp "$1" "$root/"
  ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root${library%/*}"
    cp -L "$library" "$root$library"
  done
}

put "$build/newer_migrate"
succeed inside /newer_migrate --help
expect "newer_migrate: database migrations, at 0004"
succeed inside /newer_migrate upgrade head --sql
expect_equal "the script" "$(<"$build/newer/sqlite/upgrade.sql")" "$output"
succeed inside /newer_migrate -u sqlite:/data/app.db upgrade head
expect "sqlite:/data/app.db is at 0004"
succeed inside /newer_migrate -u sqlite:/data/app.db check
expect "sqlite:/data/app.db is up to date"
expect_equal "the table" "note" "$(sqlite3 "$root/data/app.db" "SELECT name FROM pragma_table_info('invoice') WHERE cid = 2")"
refuse inside /newer_migrate -u sqlite:/missing/app.db upgrade head
expect "error: "

if [[ $RETORT_POSTGRESQL == ON ]]; then
  put "$build/app_migrate"
  succeed inside /app_migrate upgrade head --dialect postgresql --sql
  expect_equal "the script" "$(<"$build/app/postgresql/upgrade.sql")" "$output"
  refuse inside /app_migrate -u postgresql://app@127.0.0.1:1/app upgrade head
  expect "Connection refused"
  if output=$("$RETORT_TOOL" server start "$folder/server" --socket-directory "$root/socket" 2>&1); then
    succeed psql -qX "$output" -c 'CREATE DATABASE app'
    url="postgresql://postgres@/app?host=/socket"
    succeed inside /app_migrate -u "$url" upgrade head
    expect "upgrade 0002 -> 0003 lines" "is at 0003"
    succeed inside /app_migrate -u "$url" check
    expect "is up to date"
  else
    expect "error: no PostgreSQL server binaries"
  fi
fi
