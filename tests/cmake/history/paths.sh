# Paths that need care in makefiles and shells.

# shellcheck disable=SC2016 # the name contains a dollar sign
copy_project "$folder"/'a b ü $x (y) $'
mv "$source/other/0001_create_note.sql" "$source/other/"'0001_a note $x ü.sql'
. "$here/history/rebuild.sh"
