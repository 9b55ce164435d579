# Two heads are embedded only where they are allowed.

cat >"$source/other/0002_mine.sql" <<'END'
-- Revises: 0001
-- migrate:up
-- migrate:down
END
cp "$source/other/0002_mine.sql" "$source/other/0003_theirs.sql"
configure
refuse cmake --build "$build"
expect "error: two heads: 0002, 0003"
configure -DOTHER_OPTIONS=ALLOW_HEADS
build
succeed "$(find "$build" -type f -name app_main)"
expect "head 0002 head 0003"
