# Retort as a part of a larger project: the tool is built first, then the examples that use it. Retort's sources are
# compiled as the preset `test` has compiled them, so that a compiler cache can give them back.

source_tree=$here/../..
examples=$(list_examples | paste -s -d ';')
configure -DRETORT_POSTGRESQL="$RETORT_POSTGRESQL" -DRETORT_SOURCE_DIR="$source_tree" -DEXAMPLES="$examples" \
  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 -DRETORT_WERROR=ON
if [[ $RETORT_POSTGRESQL != ON ]]; then
  # The preset has just built the same sources with the same options, and the preset with PostgreSQL builds them here.
  succeed in_ctest -N
  expect "Total Tests: 6"
  exit 0
fi
build
succeed in_ctest --output-on-failure -j 2
expect "100% tests passed"
expect_not "Skipped" "Disabled"
builds_nothing
