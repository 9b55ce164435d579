# Checks for the tests in shell. Sourced; the test's cases are functions whose names begin with `test_`.

fail() {
  printf '%s:%s: %s\n' "${BASH_SOURCE[2]##*/}" "${BASH_LINENO[1]}" "$1" >&2
  printf '  status: %s\n' "${status-}" >&2
  sed 's/^/  output: /' <<<"${output-}" >&2
  exit 1
}

# run COMMAND...: its exit status and everything that it prints are kept in $status and $output.
run() {
  status=0
  output=$("$@" 2>&1) || status=$?
}

expect_status() {
  [[ $status == "$1" ]] || fail "the exit status is not $1"
}

# expect_line LINE...: each is a line of the output.
expect_line() {
  local line
  for line; do
    grep -qxF -- "$line" <<<"$output" || fail "no such line in the output: $line"
  done
}

# expect_no TEXT: it is nowhere in the output.
expect_no() {
  [[ $output != *"$1"* ]] || fail "should not be in the output: $1"
}

# expect_equal WHAT EXPECTED ACTUAL
expect_equal() {
  [[ $2 == "$3" ]] || fail "$1 is not as expected:"$'\n'"$(diff <(echo "$2") <(echo "$3"))"
}

# run_cases [CASE...]: all cases, or these, each in a shell of its own; ends with status 1 when one failed.
run_cases() {
  local case failed=0
  [[ $# -gt 0 ]] || set -- $(compgen -A function test_)
  for case; do
    # Not in a condition: bash would ignore -e inside.
    set +e
    (set -e; "$case")
    local result=$?
    set -e
    if [[ $result == 0 ]]; then echo "passed: $case"; else echo "FAILED: $case"; failed=1; fi
  done
  [[ $failed == 0 ]] || exit 1
}
