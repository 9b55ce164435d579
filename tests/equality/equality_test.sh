#!/usr/bin/env bash
# equality_test.sh RETORT FOLDER DIALECT MIGRATIONS [EXTENSION...]: offline equals online. The scripts of a set of
# migrations, run by psql or sqlite3, make the same database as the tool does, upwards and downwards; and the same one as
# the set's own files do without Retort. FOLDER is emptied. EXTENSIONs are created in PostgreSQL databases first.
#
# What was run and what came out stands at the end of the output, and in FOLDER/report.md.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
retort=$1 work=$2 dialect=$3 migrations=$4
shift 4
extensions=("$@")
. "$here/../script/server.sh"
. "$here/$dialect.sh"
rm -rf "$work"
mkdir -p "$work"
cd "$work"

differences=0 steps=0 equal_downs=0 failed_downs=0 irreversible_downs=0

# tool ARGUMENT...: its output is kept in tool.out, which the next call overwrites.
tool() {
  "$retort" -d "$migrations" "$@" >tool.out 2>&1
}

write_script() {
  tool --dialect "$dialect" "$@" --sql -o script.sql || {
    cat tool.out
    exit 1
  }
}

# Rows can hold the time at which they were written, and random numbers.
mask() {
  sed -E -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?/TIME/g' \
    -e 's/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/UUID/g'
}

# describe DATABASE: its schema, its rows, and its revision table without times, into DATABASE.txt.
describe() {
  { contents "$1"; applied "$1"; } | mask >"$1.txt"
}

# compare WHAT ONE OTHER: whether the files ONE.txt and OTHER.txt are equal; a difference is shown and counted.
compare() {
  if ! diff -u "$2.txt" "$3.txt" >difference; then
    echo "DIFFERENT: $1"
    head -n 40 difference
    ((differences += 1))
    return 1
  fi
}

# describe_both WHAT: compares the databases `script` and `online`.
describe_both() {
  describe script &
  describe online
  wait $!
  compare "$1" script online
}

# tips: what the database `online` is at, ids separated by commas.
tips() {
  tool -u "$(tool_url online)" current
  grep -vE '^ |: (warning|note|error): |^hint: ' tool.out | awk 'NR > 1 { printf "," } { printf "%s", $1 }'
}

# upgrade TRANSACTION: with it, both ways.
upgrade() {
  local offline=works online=works
  new_database script
  new_database online
  write_script upgrade heads --transaction "$1"
  run_script script || offline="fails: $(tail -n 1 client.out)"
  tool -u "$(tool_url online)" upgrade heads --transaction "$1" || online=fails
  if [[ ${offline%%:*} != "$online" ]]; then
    echo "DIFFERENT: upgrade --transaction $1: the script $offline, online it $online"
    cat tool.out
    ((differences += 1))
  fi
  upgrade_result=$offline
  describe_both "upgrade --transaction $1" || upgrade_result=different
}

# The set's own files as their own tool would apply them, where they are of a form that a client takes.
apply_plainly() {
  local folder
  plain_result=-
  compgen -G "$migrations/*/up.sql" >client.out || return 0
  [[ -z $(compgen -G "$migrations/*.sql" | xargs -r grep -l '^-- migrate:up') ]] || return 0
  new_database plain
  for folder in "$migrations"/*/; do
    folder=${folder%/}
    name=${folder##*/}
    id=${name%%_*}
    echo "${id//-/} $folder"
  done | LC_ALL=C sort >folders
  while read -r id folder; do
    run_file plain "$folder"
  done <folders
  contents_without_tables plain | mask >plain.txt
  contents_without_tables online | mask >online.txt
  plain_result=different
  ! compare "the files applied plainly" plain online || plain_result=equal
}

parents_of() {
  tool show "$1"
  sed -n 's/^parents *//p' tool.out | tr -d ' '
}

# One step down, both ways, from $state.
step_down() {
  local tip=${state##*,} target=-1 offline=works online=works
  if [[ $state != "$tip" ]]; then
    target=$(parents_of "$tip")
    target=${target%%,*}
  fi
  write_script downgrade "$state:$target" --validate off
  run_script script || offline=fails
  tool -u "$(tool_url online)" downgrade "$target" || online=fails
  if grep -q 'is irreversible: it has no way down' tool.out && grep -q '^-- This goes down to' script.sql; then
    online=works
    ((irreversible_downs += 1))
  elif [[ $offline == works && $online == works ]]; then
    ((equal_downs += 1))
  else
    ((failed_downs += 1))
    echo "no way down from $tip: $(grep -m 1 error: tool.out || true)"
  fi
  if [[ $offline != "$online" ]]; then
    echo "DIFFERENT: down from $tip: the script $offline, online it $online"
    cat tool.out client.out
    ((differences += 1))
  fi
  describe_both "down from $tip" || true
  ((steps += 1))
}

# Many steps at once, both ways. Where one of them fails or is irreversible, the databases are as before, and the steps
# have to be made one by one.
stride_down() {
  local count=$1 from=${state##*,}
  if tool --dialect "$dialect" downgrade "$state:-$count" --validate off --sql -o script.sql &&
    ! grep -q '^-- This goes down to' script.sql && run_script script &&
    tool -u "$(tool_url online)" downgrade "-$count"; then
    ((equal_downs += count, steps += count))
    describe_both "down from $from by $count steps" || true
  else
    begin_at "$state"
    return 1
  fi
}

# begin_at STATE: both databases anew.
begin_at() {
  new_database script
  new_database online
  [[ $1 != base ]] || return 0
  write_script upgrade "base:$1"
  run_script script
  tool -u "$(tool_url online)" upgrade "$1"
}

# All the way down. Where a way down does not work, it goes on below.
downgrade() {
  local before singles=0 stride=$((count > 200 ? count / 10 : 10))
  begin_at heads
  state=$(tips)
  while [[ $state != base ]]; do
    # What differs stays so, as long as it is there: a long history is not compared behind every step.
    if ((count > 40 && singles == 0)); then
      if stride_down $stride; then
        state=$(tips)
        continue
      fi
      singles=$stride
    fi
    ((singles -= singles > 0)) || true
    step_down
    before=$state
    state=$(tips)
    if [[ $state == "$before" ]]; then
      begin_at "$(parents_of "${before##*,}")"
      state=$(tips)
    fi
  done
  describe_both "down to base" || true
}

start
tool --dialect "$dialect" upgrade heads --plan --from base
count=$(grep -c '^upgrade ' tool.out)
upgrade all
all_result=$upgrade_result
upgrade each
each_result=$upgrade_result
apply_plainly
downgrade
{
  echo "| set | revisions | up, all | up, each | as its own files | downs equal | fail in both | irreversible | different |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
  echo "| $(basename "$(dirname "$migrations")")/$(basename "$migrations"), $dialect | $count | $all_result | $each_result \
| $plain_result | $equal_downs | $failed_downs | $irreversible_downs | $differences |"
} | tee report.md
[[ $differences == 0 ]]
