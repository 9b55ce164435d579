#!/usr/bin/env bash
# both_test.sh BOTH: the same on whatever database DATABASE_URL names. Its first release left no task in it.
set -euo pipefail

both=$1

# expect TEXT COMMAND...
expect() {
  local output
  output=$("${@:2}")
  if [[ $output != "$1" ]]; then
    printf '%s\nprinted:\n%s\nand not:\n%s\n' "${*:2}" "$output" "$1" >&2
    exit 1
  fi
}

expect "applied 20260405090000
applied 20260510090000
Water the plants" "$both" "Water the plants" 1
expect "Pay the rent
Water the plants" "$both" "Pay the rent" 2
expect "Pay the rent
Water the plants" "$both"
