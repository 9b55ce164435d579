# What changes in the migrations directories rebuilds what depends on it, once, and without CMake.

app=("app/sqlite/upgrade.sql and downgrade.sql" "app/postgresql/upgrade.sql and downgrade.sql" "app_head.sql"
  "to 0002.sql")
other="other/sqlite/upgrade.sql and downgrade.sql"
migrations=$source/migrations

configure
rebuilds "${app[@]}" "$other"

change sed -i 's/name TEXT/full_name TEXT/' "$migrations/0001_create_customer.sql"
rebuilds "${app[@]}"
grep -q full_name "$build/app/sqlite/upgrade.sql" || fail "the edit is not in the SQL"

change write "$source/other/0002_add_author.sql" <<'END'
-- migrate:up
ALTER TABLE note ADD COLUMN author TEXT;

-- migrate:down
ALTER TABLE note DROP COLUMN author;
END
rebuilds "$other"
grep -q author "$build/other/sqlite/upgrade.sql" || fail "the addition is not in the SQL"

change mv "$source/other/0002_add_author.sql" "$source/other/0002_add_writer.sql"
rebuilds "$other"
change sed -i 's/author/writer/' "$source/other/0002_add_writer.sql"
rebuilds "$other"
change rm "$source/other/0002_add_writer.sql"
rebuilds "$other"
grep -q writer "$build/other/sqlite/upgrade.sql" && fail "the deleted revision is in the SQL"

change sed -i 's/text TEXT/words TEXT/' "$migrations/0003_lines/up.sql"
rebuilds "${app[@]}"
change mkdir "$migrations/0004_total"
rebuilds "${app[@]}"
change write "$migrations/0004_total/up.sql" <<<"ALTER TABLE invoice ADD COLUMN total INTEGER;"
rebuilds "${app[@]}"
change write "$migrations/0004_total/down.sql" <<<"ALTER TABLE invoice DROP COLUMN total;"
rebuilds "${app[@]}"
grep -q "DROP COLUMN total" "$build/app/sqlite/downgrade.sql" || fail "the file in the new folder is not in the SQL"
change mv "$migrations/0004_total" "$migrations/0004_sum"
rebuilds "${app[@]}"
change rm "$migrations/0004_sum/down.sql"
rebuilds "${app[@]}"
change rm -r "$migrations/0004_sum"
rebuilds "${app[@]}"

change rm "$build/app/sqlite/downgrade.sql"
rebuilds "app/sqlite/upgrade.sql and downgrade.sql"
change rm -r "$build/other"
rebuilds "$other"
