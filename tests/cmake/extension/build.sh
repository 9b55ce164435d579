# A history that needs an extension: a target of the project, or a file.

configure -DEXTENSIONS=shout
build
expect_file "$build/app/sqlite/upgrade.sql"
expect_not "no such function"
builds_nothing

# The extension is loaded: one that does not fulfil the table's CHECK fails the build, once it is built again.
change sed -i 's/%s!/%s?/' "$source/shout.cpp"
refuse cmake --build "$build"
expect "$source/migrations/0001_create_note.sql:3:1: error: CHECK constraint failed: text LIKE '%!'"

change sed -i 's/%s?/%s!/' "$source/shout.cpp"
build

# So do the test database and the battery, also where sqlite3 runs a script.
succeed in_ctest -V -j 2
expect "app_sqlite.upgrade" "100% tests passed, 0 tests failed out of 10"
expect_not "is not installed"

cp "$build/libshout.so" "$source/"
configure -DEXTENSIONS=libshout.so
build
builds_nothing
