#!/usr/bin/env bash
# drive.sh PROJECT/STEPS GENERATOR RETORT FOLDER: runs the steps of a test on a copy of a project in FOLDER. RETORT is
# the build tree, or the installation, whose package the project finds.
#
# Steps use the functions below and these variables: $source and $build, the project's folders; $generator; $retort;
# $output, what the last command printed; from the environment RETORT_TOOL, the executable, and RETORT_POSTGRESQL,
# whether it is built with PostgreSQL.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
steps=$1 generator=$2 retort=$3 folder=$4
: "${RETORT_TOOL:?}" "${RETORT_POSTGRESQL:?}"
unset RETORT_TEST_POSTGRESQL_URL RETORT_POSTGRESQL_BINDIR DATABASE_URL CMAKE_GENERATOR MAKEFLAGS MAKELEVEL

fail() {
  local frame
  printf '%s\n' "$output" >&2
  for ((frame = 1; frame < ${#FUNCNAME[@]} - 1; frame++)); do
    printf '%s:%s: ' "${BASH_SOURCE[frame + 1]}" "${BASH_LINENO[frame]}" >&2
  done
  printf '%s\n' "$*" >&2
  exit 1
}

# copy_project FOLDER: from here on, $source is a fresh copy of the project in FOLDER.
copy_project() {
  rm -rf "$1"
  mkdir -p "$1"
  cp -R "$here/${steps%/*}" "$1/source"
  source=$1/source build=$1/build
}

# succeed COMMAND...: the command must succeed.
succeed() {
  output=$("$@" 2>&1) || fail "failed: $*"
}

# refuse COMMAND...: the command must fail.
refuse() {
  ! output=$("$@" 2>&1) || fail "did not fail: $*"
}

configure() {
  succeed cmake -S "$source" -B "$build" -G "$generator" -DCMAKE_PREFIX_PATH="$retort" "$@"
}

build() {
  succeed cmake --build "$build"
}

in_ctest() {
  (cd "$build" && ctest -C Debug "$@")
}

# expect TEXT...: each stands in the output. White space counts as one space: CMake breaks lines of its own accord.
expect() {
  local flat text
  flat=$(tr -s ' \n' ' ' <<<"$output")
  for text; do
    [[ $flat == *"$text"* ]] || fail "missing in the output: $text"
  done
}

# expect_not TEXT...: none stands in the output.
expect_not() {
  local flat text
  flat=$(tr -s ' \n' ' ' <<<"$output")
  for text; do
    [[ $flat != *"$text"* ]] || fail "should not be in the output: $text"
  done
}

# expect_equal WHAT EXPECTED ACTUAL
expect_equal() {
  [[ $2 == "$3" ]] || fail "$1 is not as expected:"$'\n'"$(diff <(echo "$2") <(echo "$3"))"
}

expect_file() {
  local file
  for file; do
    [[ -s $file ]] || fail "missing or empty: $file"
  done
}

# list_examples: those that this Retort can build, one a line.
list_examples() {
  local list
  for list in "$here"/../../examples/*/CMakeLists.txt; do
    if [[ $RETORT_POSTGRESQL == ON ]] || ! grep -q 'find_package(PostgreSQL' "$list"; then
      basename "${list%/*}"
    fi
  done
}

# rebuilds RULE...: one build runs exactly these rules, each once, and not CMake; a second one runs nothing.
rebuilds() {
  build
  expect_not "Configuring done"
  expect_equal "what was built" "$(printf '%s\n' "$@" | sort)" "$(sed -n 's/^\[.*\] Writing //p' <<<"$output" | sort)"
  builds_nothing
}

builds_nothing() {
  local before after
  before=$(find "$build" -name '*.sql' -printf '%p %T@\n' | sort)
  build
  after=$(find "$build" -name '*.sql' -printf '%p %T@\n' | sort)
  expect_equal "the time of a file" "$before" "$after"
  if [[ $generator == Ninja* ]]; then
    expect_equal "the output" "ninja: no work to do." "$output"
  else
    expect_equal "what was run" "" \
      "$(sed -E '/^\[ *[0-9]+%\] Built target|^Consolidate compiler generated dependencies of target/d' <<<"$output")"
  fi
}

# Before a file is changed: times of files differ by the kernel's clock tick at least.
change() {
  sleep 0.05
  "$@"
}

write() {
  cat >"$1"
}

output=
copy_project "$folder"
# shellcheck source=/dev/null
. "$here/$steps.sh"
