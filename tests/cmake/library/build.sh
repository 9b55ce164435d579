# Histories in a program: what it knows of them, and that any byte survives.

configure -DCMAKE_BUILD_TYPE=Debug
build
builds_nothing
program=$(find "$build" -type f -name app_main)
checksum() {
  "$RETORT_TOOL" -u "sqlite:$folder/checksums.db" -d "$source/$1" upgrade head -q
  sqlite3 "$folder/checksums.db" "SELECT substr(checksum, 1, 8) FROM retort_revisions WHERE id = '$2'"
  rm "$folder/checksums.db"
}
succeed "$program"
expect_equal "what the program knows" "before main: Create the customers: \"all\" of them, ü too.
migrations/0001_create_customer.sql: 0001 Create the customers: \"all\" of them, ü too. $(checksum migrations 0001)
migrations/0002_create_invoice.sql: 0002 Create the invoices. $(checksum migrations 0002)
migrations/0003_lines: 0003 lines $(checksum migrations 0003)
head 0003
other/0001_create_note.sql: 0001 create note $(checksum other 0001)
head 0001" "$output"

# Two checkouts give the same files.
succeed cmake -E make_directory "$folder/elsewhere/deeper"
succeed cp -R "$source" "$folder/elsewhere/deeper/checkout"
succeed cmake -S "$folder/elsewhere/deeper/checkout" -B "$folder/elsewhere/b" -G "$generator" \
  -DCMAKE_PREFIX_PATH="$retort" -DCMAKE_BUILD_TYPE=Debug
succeed cmake --build "$folder/elsewhere/b" --target app_history other.history
for file in app_history/app_history.hpp app_history/app_history.cpp other.history/other.history.cpp; do
  succeed cmp "$build/$file" "$folder/elsewhere/b/$file"
done

# A megabyte in one revision, and characters that mean something to a compiler.
large=$source/migrations/0004_large.sql
{
  printf -- '\xEF\xBB\xBF-- Large.\r\n-- migrate:up\r\nINSERT INTO customer (name) VALUES\r\n'
  for ((i = 0; i < 16000; i++)); do
    printf "  ('%05d \" \\\\ \\\\n ??= ??/ )delim\" R\"( %%s ü \x01\x7F -- /* a text that is long'),\r\n" "$i"
  done
  printf "  ('last');\r\n-- migrate:down\r\nDELETE FROM customer;"
} >"$large"
[[ $(wc -c <"$large") -gt 1000000 ]] || fail "the revision is too small"
build
succeed "$program" "$large"
builds_nothing
