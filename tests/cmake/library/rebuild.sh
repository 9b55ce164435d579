# What changes in a migrations directory comes into the program, once, and without CMake.

app=("app/sqlite/upgrade.sql and downgrade.sql" "app/postgresql/upgrade.sql and downgrade.sql"
  "app_history.hpp and app_history.cpp" "renamed.hpp and renamed.cpp")
other=("other-one/sqlite/upgrade.sql and downgrade.sql" "other.history.hpp and other.history.cpp")
file=$source/other/0002_add_author.sql

# knows TEXT...: the program's lists hold each.
knows() {
  succeed "$(find "$build" -type f -name app_main)"
  expect "$@"
}

configure
rebuilds "${app[@]}" "${other[@]}"

change write "$file" <<'END'
-- Add the author.

-- migrate:up
ALTER TABLE note ADD COLUMN author TEXT;

-- migrate:down
ALTER TABLE note DROP COLUMN author;
END
rebuilds "${other[@]}"
knows "other/0002_add_author.sql: 0002 Add the author." "head 0002"

change sed -i 's/Add the/Note the/' "$file"
rebuilds "${other[@]}"
knows "0002 Note the author."

change mv "$file" "$source/other/0003_author.sql"
rebuilds "${other[@]}"
knows "other/0003_author.sql: 0003 Note the author."

change rm "$source/other/0003_author.sql"
rebuilds "${other[@]}"
knows "head 0001"
expect_not "Note the author."

change sed -i 's/text TEXT/words TEXT/' "$source/migrations/0003_lines/up.sql"
rebuilds "${app[@]}"

# A mistake fails the build at its place, until it is corrected.
change write "$file" <<'END'
-- migrate:up
BEGIN;
END
for _ in 1 2; do
  refuse cmake --build "$build"
  expect "$file:2:1: error: transaction control in a revision: BEGIN" "2 | BEGIN; | ^~~~~"
done
change rm "$file"
build
builds_nothing

change rm "$build/renamed/renamed.hpp"
rebuilds "renamed.hpp and renamed.cpp"
