# Retort as a part of the project itself: the tool is built first, then what it makes.

configure -DCMAKE_BUILD_TYPE=Debug -DRETORT_POSTGRESQL="$RETORT_POSTGRESQL" -DRETORT_SOURCE_DIR="$here/../.."
build
expect_file "$build/app/sqlite/upgrade.sql" "$build/app/sqlite/downgrade.sql"
succeed "$build/app_main"
succeed "$build/app_migrate" -u "sqlite:$folder/app.db" upgrade head
builds_nothing
