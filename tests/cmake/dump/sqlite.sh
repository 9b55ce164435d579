# The schema at the head is an artifact of the build, and as new as the history.

configure
build
expect_equal "the schema" "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);" \
  "$(cat "$build/app/sqlite/schema.sql")"
builds_nothing
change write "$source/migrations/0002_index.sql" <<'SQL'
-- migrate:up
CREATE INDEX note_text ON note (text);

-- migrate:down
DROP INDEX note_text;
SQL
build
expect_equal "the schema with an index" "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE INDEX note_text ON note (text);" "$(cat "$build/app/sqlite/schema.sql")"
builds_nothing
change rm "$source/migrations/0002_index.sql"
build
expect_equal "the schema without it" "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);" \
  "$(cat "$build/app/sqlite/schema.sql")"
builds_nothing
