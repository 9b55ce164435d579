# The battery on every major version of PostgreSQL that is installed, or that npm has installed in a folder above.

configure
found=0
for version in 13 14 15 16 17 18; do
  (cd "$source" && "$RETORT_TOOL" server find --version $version >/dev/null 2>&1) || continue
  configure -DVERSION=$version
  build
  succeed in_ctest -j 2 -L migrations-postgresql
  expect "a23456789012345678901234567890.killed" "100% tests passed, 0 tests failed out of 13"
  found=$((found + 1))
done
((found > 0)) || fail "no version of PostgreSQL was found"
