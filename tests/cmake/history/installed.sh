# The package of an installation.

succeed cmake --install "$retort" --prefix "$folder/prefix" --component Retort
retort=$folder/prefix
configure
expect_equal "the package" "$folder/prefix/" \
  "$(sed -n 's/^Retort_DIR:PATH=\(.*\)lib.*cmake\/Retort$/\1/p' "$build/CMakeCache.txt")"
rebuilds "app/sqlite/upgrade.sql and downgrade.sql" "app/postgresql/upgrade.sql and downgrade.sql" "app_head.sql" \
  "to 0002.sql" "other/sqlite/upgrade.sql and downgrade.sql"
