# Two heads fail the build with what joins them, unless they are allowed.

note=$source/other/0001_create_note.sql
mine=$source/other/20260102_mine.sql
theirs=$source/other/20260101_theirs.sql

change write "$mine" <<'END'
-- Revises: 0001

-- migrate:up
CREATE TABLE mine (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE mine;
END

configure
build

change write "$theirs" <<'END'
-- Revises: 0001

-- migrate:up
CREATE TABLE theirs (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE theirs;
END
refuse cmake --build "$build"
expect "$mine:1:13: error: two heads: 20260101, 20260102" "1 | -- Revises: 0001 | ^~~~" \
  "$theirs:1:13: note: another head is here" "$note: note: their last common ancestor is 0001" \
  "'retort merge heads' writes a revision that follows them all, and 'retort rebase 20260102' puts that one"

configure -DOTHER_OPTIONS=ALLOW_HEADS
build
output=$(<"$build/other/sqlite/upgrade.sql")
expect "CREATE TABLE mine" "CREATE TABLE theirs"
output=$(<"$build/other/sqlite/downgrade.sql")
expect "DROP TABLE mine" "DROP TABLE theirs"
builds_nothing
succeed in_ctest --output-on-failure
configure -DOTHER_OPTIONS=
refuse cmake --build "$build"

succeed "$RETORT_TOOL" -d "$source/other" -u sqlite::memory: rebase 20260102
build
output=$(<"$mine")
expect "-- Revises: 20260101"
