#!/usr/bin/env bash
# service_test.sh SERVICE: runs the service on the database that DATABASE_URL names.
set -euo pipefail

service=$1
logs=$(mktemp -d)
trap 'kill -KILL $(jobs -p) 2>/dev/null || true; rm -rf "$logs"' EXIT

fail() {
  tail -n +1 "$logs"/* >&2
  echo "$*" >&2
  exit 1
}

# start LOG [SECONDS]: starts an instance; its process is $!.
start() {
  "$service" "${@:2}" >"$logs/$1" 2>&1 &
}

# wait_for LOG TEXT
wait_for() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    ! grep -q "$2" "$logs/$1" || return 0
    sleep 0.05
  done
  fail "$1 does not say: $2"
}

# expect_end STATUS PROCESS
expect_end() {
  local status=0
  wait "$2" || status=$?
  [[ $status == "$1" ]] || fail "ended with $status, not $1"
}

# ask LOG NAME
ask() {
  local port answer
  port=$(sed -n 's/^listening on port //p' "$logs/$1")
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  echo "$2" >&3
  read -r answer <&3
  exec 3>&-
  echo "$answer"
}

# Somebody holds the table that is to be changed. The upgrade is given up in time, and when the service is ended.
coproc holder { psql -X "$DATABASE_URL"; }
echo "BEGIN; LOCK TABLE visit;" >&"${holder[1]}"
until [[ ${line-} == "LOCK TABLE" ]]; do
  read -r line <&"${holder[0]}"
done
start late 1
expect_end 1 $!
grep -q "^the upgrade took too long:" "$logs/late" || fail "no word of the deadline"
start ended
wait_for ended "^applying 20260405090000$"
kill -TERM $!
expect_end 0 $!
[[ $(tail -n 1 "$logs/ended") == ended ]] || fail "the service did not end in peace"
echo "ROLLBACK; \\q" >&"${holder[1]}"

# Two instances start at once: each revision is applied once, and both serve.
start first
first=$!
start second
second=$!
wait_for first "^listening"
wait_for second "^listening"
applied=$(cat "$logs/first" "$logs/second" | grep "^applying")
[[ $applied == $'applying 20260405090000\napplying 20260510090000' ]] || fail "applied: $applied"
[[ $(ask first Ada) == "Ada: 1" && $(ask second Ada) == "Ada: 2" && $(ask first Bob) == "Bob: 1" ]] || fail "miscounted"

kill -TERM $first $second
expect_end 0 $first
expect_end 0 $second
