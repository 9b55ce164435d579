# Paths that need care in makefiles and shells.

# shellcheck disable=SC2016 # the name contains a dollar sign
copy_project "$folder"/'a b ü $x (y) $'
configure
build
builds_nothing
change sed -i 's/text TEXT/words TEXT/' "$source/other/0001_create_note.sql"
rebuilds "other-one/sqlite/upgrade.sql and downgrade.sql" "other.history.hpp and other.history.cpp"
