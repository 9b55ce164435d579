# Every mistake in a call ends the configure step with what was wrong and what was expected.

add='Expected: migrations_add(<name> DIRECTORY <directory> DIALECTS <sqlite|postgresql>... [ALLOW_HEADS] [SQLITE_VALIDATE execute|parse|off] [POSTGRESQL_VALIDATE parse|off] [SQLITE_EXTENSIONS <file|target>...] [SCHEMA_DUMP])'
add_script='Expected: migrations_add_script(<name> <history> DIALECT <sqlite|postgresql> FROM <revision> TO <revision> [DOWNGRADE] [IDEMPOTENT] [OUTPUT <file>])'
add_library='Expected: migrations_add_library(<name> <history> [NAMESPACE <namespace>])'
add_executable='Expected: migrations_add_executable(<name> <history>)'
add_server='Expected: migrations_add_server(<name> [VERSION <major>] [SETTINGS <key>=<value>...] [EXTENSIONS <extension>...])'
add_database='Expected: migrations_add_database(<name> <history> SERVER <server> | URL sqlite:<file> [TARGET <revision>] [SEED <file>...] [DECLARED_SCHEMA <file>...])'
use_database='Expected: migrations_use_database(<database> TESTS <test>... [ISOLATED] [VARIABLE <variable>])'
add_tests='Expected: migrations_add_tests(<history> DATABASES <database>... [EXCEPT <test>...])'

# refused CALL MESSAGE
refused() {
  refuse cmake -S "$source" -B "$build" -G "$generator" -DCMAKE_PREFIX_PATH="$retort" "-DCALL=$1"
  expect "$2"
}

configure

refused 'migrations_add()' "migrations_add(): '' is no name: use letters, digits and _ . + - $add"
refused 'migrations_add("a b" DIRECTORY migrations DIALECTS sqlite)' \
  "migrations_add(a b): 'a b' is no name: use letters, digits and _ . + - $add"
refused 'migrations_add(x DIALECTS sqlite)' "migrations_add(x): DIRECTORY is missing. $add"
refused 'migrations_add(x DIRECTORY migrations)' "migrations_add(x): DIALECTS is missing. $add"
refused 'migrations_add(x DIRECTORY DIALECTS sqlite)' "migrations_add(x): DIRECTORY needs a value. $add"
refused 'migrations_add(x DIRECTORY migrations DIALECTS)' "migrations_add(x): DIALECTS needs a value. $add"
refused 'migrations_add(x FOLDER migrations DIALECTS sqlite)' \
  "migrations_add(x): unknown argument 'FOLDER', 'migrations'. $add"
refused 'migrations_add(x DIRECTORY migrations DIALECTS mysql)' \
  "migrations_add(x): DIALECTS 'mysql' is none of sqlite, postgresql. $add"
refused 'migrations_add(x DIRECTORY migrations DIALECTS sqlite SQLITE_VALIDATE yes)' \
  "migrations_add(x): SQLITE_VALIDATE 'yes' is none of execute, parse, off. $add"
refused 'migrations_add(x DIRECTORY migrations DIALECTS sqlite POSTGRESQL_VALIDATE execute)' \
  "migrations_add(x): POSTGRESQL_VALIDATE 'execute' is none of parse, off. $add"
refused 'migrations_add(x DIRECTORY nowhere DIALECTS sqlite)' \
  "migrations_add(x): DIRECTORY '$source/nowhere' is no directory. $add"
refused 'migrations_add(app DIRECTORY migrations DIALECTS sqlite)' \
  "migrations_add(app): there is a target of this name already. $add"
for character in ';' '#' '[' ']'; do
  refused "migrations_add(x DIRECTORY [==[a${character}b]==] DIALECTS sqlite)" \
    "migrations_add(x): DIRECTORY 'a${character}b' contains '$character', which CMake cannot pass on. $add"
done
refused 'migrations_add(x DIRECTORY [==[a\b]==] DIALECTS sqlite)' \
  "migrations_add(x): DIRECTORY 'a\\b' contains '\\', which CMake cannot pass on. $add"
refused "migrations_add(x DIRECTORY \"a'b\" DIALECTS sqlite)" \
  "migrations_add(x): DIRECTORY 'a'b' contains ''', which Ninja cannot read in a dependency file. $add"
refused 'migrations_add(x DIRECTORY migrations DIALECTS sqlite SQLITE_EXTENSIONS "a#b")' \
  "migrations_add(x): SQLITE_EXTENSIONS 'a#b' contains '#', which CMake cannot pass on. $add"

refused 'migrations_add_script(x app FROM base TO head)' "migrations_add_script(x): DIALECT is missing. $add_script"
refused 'migrations_add_script(x app DIALECT sqlite TO head)' "migrations_add_script(x): FROM is missing. $add_script"
refused 'migrations_add_script(x app DIALECT sqlite FROM base)' "migrations_add_script(x): TO is missing. $add_script"
refused 'migrations_add_script(x app DIALECT sqlite FROM base TO head UPGRADE)' \
  "migrations_add_script(x): unknown argument 'UPGRADE'. $add_script"
refused 'migrations_add_script(x nothing DIALECT sqlite FROM base TO head)' \
  "migrations_add_script(x): there is no history 'nothing': add it with migrations_add before. $add_script"
refused 'migrations_add_script(x app DIALECT postgresql FROM base TO head)' \
  "migrations_add_script(x): the history 'app' has no dialect postgresql, only sqlite. $add_script"
refused 'migrations_add_script(x app DIALECT sqlite FROM base TO head IDEMPOTENT)' \
  "migrations_add_script(x): IDEMPOTENT needs DIALECT postgresql. $add_script"
refused 'migrations_add_script(x both DIALECT postgresql FROM head TO base IDEMPOTENT DOWNGRADE)' \
  "migrations_add_script(x): IDEMPOTENT and DOWNGRADE exclude each other. $add_script"
refused 'migrations_add_script(x app DIALECT sqlite FROM base TO head OUTPUT "${CMAKE_SOURCE_DIR}/x.sql")' \
  "migrations_add_script(x): OUTPUT '$source/x.sql' lies in the source tree. $add_script"

refused 'migrations_add_library()' "migrations_add_library(): '' is no name: use letters, digits and _ . + - $add_library"
refused 'migrations_add_library(x)' \
  "migrations_add_library(x): there is no history '': add it with migrations_add before. $add_library"
refused 'migrations_add_library(x app DIALECT sqlite)' \
  "migrations_add_library(x): unknown argument 'DIALECT', 'sqlite'. $add_library"
refused 'migrations_add_library(app app)' \
  "migrations_add_library(app): there is a target of this name already. $add_library"
for namespace in a-b 1a a: a::::b 'a b'; do
  refused "migrations_add_library(x app NAMESPACE \"$namespace\")" \
    "migrations_add_library(x): NAMESPACE '$namespace' is none: use identifiers with '::' between them. $add_library"
done
refused 'migrations_add_library(x app)' \
  "migrations_add_library(x): the project has no C++: name the language CXX in project(). $add_library"

refused 'migrations_add_executable()' \
  "migrations_add_executable(): '' is no name: use letters, digits and _ . + - $add_executable"
refused 'migrations_add_executable(x)' \
  "migrations_add_executable(x): there is no history '': add it with migrations_add before. $add_executable"
refused 'migrations_add_executable(x app DIALECT sqlite)' \
  "migrations_add_executable(x): unknown argument 'DIALECT', 'sqlite'. $add_executable"
refused 'migrations_add_executable(app app)' \
  "migrations_add_executable(app): there is a target of this name already. $add_executable"
refused 'migrations_add_executable(x app)' \
  "migrations_add_executable(x): the project has no C++: name the language CXX in project(). $add_executable"

refused 'migrations_add_server()' "migrations_add_server(): '' is no name: use letters, digits and _ . + - $add_server"
refused 'migrations_add_server(x PORT 5432)' "migrations_add_server(x): unknown argument 'PORT', '5432'. $add_server"
refused 'migrations_add_server(x VERSION 9.6)' \
  "migrations_add_server(x): VERSION '9.6' is not a major version, such as 17. $add_server"
refused 'migrations_add_server(x SETTINGS a=1 work_mem)' \
  "migrations_add_server(x): SETTINGS 'work_mem' is not <key>=<value> without ';'. $add_server"
refused 'migrations_add_server(x EXTENSIONS "a b")' \
  "migrations_add_server(x): EXTENSIONS 'a b' is not the name of an extension. $add_server"
refused 'migrations_add_server(pg)' \
  "migrations_add_server(pg): there is a server or a database of this name already. $add_server"

refused 'migrations_add_database(x app)' "migrations_add_database(x): SERVER or URL is missing. $add_database"
refused 'migrations_add_database(x app SERVER pg URL sqlite:x.db)' \
  "migrations_add_database(x): SERVER and URL exclude each other. $add_database"
refused 'migrations_add_database(x app SERVER other)' \
  "migrations_add_database(x): there is no server 'other': add it with migrations_add_server before. $add_database"
refused 'migrations_add_database(x app SERVER pg)' \
  "migrations_add_database(x): the history 'app' has no dialect postgresql, only sqlite. $add_database"
name=a234567890123456789012345678901234567890123456789
refused "migrations_add_database($name app SERVER pg)" \
  "migrations_add_database($name): the name of a PostgreSQL database has at most 30 characters. $add_database"
for url in postgresql:///x sqlite::memory: sqlite: x.db; do
  refused "migrations_add_database(x app URL $url)" \
    "migrations_add_database(x): URL can only be sqlite:<file>, not '$url'. $add_database"
done
refused 'migrations_add_database(x app URL "sqlite:${CMAKE_SOURCE_DIR}/x.db")' \
  "migrations_add_database(x): URL '$source/x.db' lies in the source tree. $add_database"
refused 'migrations_add_database(x app URL sqlite:x.db SEED typo.sql)' \
  "migrations_add_database(x): SEED '$source/typo.sql' does not exist. $add_database"
refused 'migrations_add_database(x app URL sqlite:x.db DECLARED_SCHEMA typo.sql)' \
  "migrations_add_database(x): DECLARED_SCHEMA '$source/typo.sql' does not exist. $add_database"
refused 'migrations_add_database(app_sqlite app URL sqlite:x.db)' \
  "migrations_add_database(app_sqlite): there is a server or a database of this name already. $add_database"

refused 'migrations_use_database(app_sqlite)' "migrations_use_database(app_sqlite): TESTS is missing. $use_database"
refused 'migrations_use_database(other TESTS x)' \
  "migrations_use_database(other): there is no database 'other': add it with migrations_add_database before. $use_database"
refused 'migrations_use_database(app_sqlite TESTS x VARIABLE "A B")' \
  "migrations_use_database(app_sqlite): VARIABLE 'A B' is no name of an environment variable. $use_database"
refused 'migrations_use_database(app_sqlite TESTS typo)' \
  "migrations_use_database: no test of this directory is called 'typo'."

refused 'migrations_add_tests(app)' "migrations_add_tests(app): DATABASES is missing. $add_tests"
refused 'migrations_add_tests(other DATABASES app_sqlite)' \
  "migrations_add_tests(other): there is no history 'other': add it with migrations_add before. $add_tests"
refused 'migrations_add_tests(app DATABASES other)' \
  "migrations_add_tests(app): there is no database 'other': add it with migrations_add_database before. $add_tests"
refused 'migrations_add(more DIRECTORY migrations DIALECTS sqlite)
migrations_add_tests(more DATABASES app_sqlite)' \
  "migrations_add_tests(more): the database 'app_sqlite' is one of the history 'app'. $add_tests"
refused 'migrations_add_tests(app DATABASES app_sqlite app_sqlite)' \
  "migrations_add_tests(app): the database 'app_sqlite' has these tests already. $add_tests"
for test in upgrade killd; do
  refused "migrations_add_tests(app DATABASES app_sqlite EXCEPT killed $test)" \
    "migrations_add_tests(app): EXCEPT '$test' is none of single_head, stepwise, up_down_up, offline_equals_online, idempotent_script, guard, populated, two_at_once, killed, declared_schema. $add_tests"
done
