#!/usr/bin/env bash
# notes_test.sh NOTES RETORT: starts the program with files of different ages. DATABASE_URL names the oldest.
set -euo pipefail

notes=$1 retort=$2
file=${DATABASE_URL#sqlite:}
migrations=$(dirname "$0")/migrations

# expect STATUS TEXT COMMAND...
expect() {
  local status=0 output
  output=$("${@:3}" 2>&1) || status=$?
  if [[ $status != "$1" || $output != "$2" ]]; then
    printf '%s\nended with %d and printed:\n%s\nExpected were %d and:\n%s\n' "${*:3}" "$status" "$output" "$1" "$2" >&2
    exit 1
  fi
}

# A file of the first release is updated, with what is in it; the next start has nothing to do.
sqlite3 "$file" "INSERT INTO note (text) VALUES ('Buy milk')"
expect 0 "Updating your notes, 1 of 2: Date notes.
Updating your notes, 2 of 2: Sort notes into folders.
Notes: Buy milk
Notes: Call Ada" "$notes" "$file" "Call Ada"
expect 0 "Notes: Buy milk
Notes: Call Ada" "$notes" "$file"

# A new file.
rm -f "$file.new"
expect 0 "Updating your notes, 1 of 3: Create notes.
Updating your notes, 2 of 3: Date notes.
Updating your notes, 3 of 3: Sort notes into folders." "$notes" "$file.new"

# The next release changes the schema again; this one leaves its files alone.
rm -rf "$file.next_release"
cp -R "$migrations" "$file.next_release"
cat >"$file.next_release/20270101090000_pin_notes.sql" <<'END'
-- Pin notes.
--
-- Revises: 20260510090000

-- migrate:up
ALTER TABLE note ADD COLUMN pinned BOOLEAN NOT NULL DEFAULT FALSE;

-- migrate:down
ALTER TABLE note DROP COLUMN pinned;
END
"$retort" -q -d "$file.next_release" -u "sqlite:$file" upgrade head
before=$(sha256sum <"$file")
expect 1 "These notes were last opened with a newer version of this program. They are unchanged. \
Please install the newer version." "$notes" "$file" "Call Bob"
[[ $(sha256sum <"$file") == "$before" ]]
