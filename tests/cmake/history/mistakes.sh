# A mistake in a revision fails the build at its place, and every build until it is corrected.

keep_going=(-- -k)
if [[ $generator == Ninja ]]; then
  keep_going=(-- -k 0)
fi
file=$source/migrations/0004_total.sql

# fails EXPECTED...: with each dialect, twice.
fails() {
  for _ in 1 2; do
    refuse cmake --build "$build" "${keep_going[@]}"
    expect "$@"
    expect_not app_head.sql
  done
}

configure
build

# To SQLite, COLUM is the new column's name.
change write "$file" <<'END'
-- migrate:up
ALTER TABLE invoice
  ADD COLUM total INTEGER, nonsense;

-- migrate:down
END
fails "$file:3:19: error: syntax error at or near \"INTEGER\"" "3 | ADD COLUM total INTEGER, nonsense; | ^~~~~~~" \
  "$file:3:26: error: near \",\": syntax error"

# Only execution finds this.
change write "$file" <<'END'
-- migrate:up
ALTER TABLE invoices ADD COLUMN total INTEGER;

-- migrate:down
END
fails "$file:2:1: error: no such table: invoices"

change write "$file" <<'END'
-- migrate:up
ALTER TABLE invoice ADD COLUMN total INTEGER;

-- migrate:down
ALTER TABLE invoice DROP COLUMN totals;
END
fails "$file:5:33: error: no such column: \"totals\""

configure -DAPP_OPTIONS='SQLITE_VALIDATE;parse'
build
configure -DAPP_OPTIONS='SQLITE_VALIDATE;execute'
fails "$file:5:33: error: no such column: \"totals\""

change sed -i s/totals/total/ "$file"
build
builds_nothing

# Without validation the SQL is taken as it is.
change sed -i s/COLUMN/COLUM/ "$file"
fails "$file"
configure -DAPP_OPTIONS='SQLITE_VALIDATE;off;POSTGRESQL_VALIDATE;off'
build
expect_not error
