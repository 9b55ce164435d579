# The half of Migrations.cmake's test fixtures that runs when ctest starts. The scripts that the other half writes
# include it, set `_migrations_cmake`, `_migrations_tool`, `_migrations_tool_postgresql`, `_migrations_source` (the source
# tree) and `_migrations_tests` (the directory's tests but for those that are discovered), and call the first three
# functions.

include_guard(GLOBAL)
cmake_policy(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/Places.cmake")

# What says what a database contains, all with one value.
set(_migrations_contents_keywords MIGRATIONS TARGET SEEDS DECLARED_SCHEMA SQLITE_EXTENSIONS SCHEMA_DUMP)

# _migrations_add_server_tests(NAME <name> DIRECTORY <directory> SOCKETS <folder> BINDIR <folders> VERSION <major>
# SETTINGS <list> EXTENSIONS <list>)
function(_migrations_add_server_tests)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${_migrations_server_keywords}" "")
  _migrations_find_server("${arg_BINDIR}" "${arg_VERSION}" kind detail)
  set(start "${arg_NAME}.start")
  set(stop "${arg_NAME}.stop")
  if(kind STREQUAL "private")
    _migrations_start_command("${detail}" words)
    add_test("${start}" ${words} --watch-parent)
    add_test("${stop}" "${_migrations_tool}" server stop "${arg_DIRECTORY}" --watch-parent)
  elseif(kind STREQUAL "given")
    add_test("${start}" "${_migrations_cmake}" -E echo "The server that RETORT_TEST_POSTGRESQL_URL names is used.")
    add_test("${stop}" "${_migrations_cmake}" -E echo "The server that RETORT_TEST_POSTGRESQL_URL names runs on.")
  else()
    add_test("${start}" "${_migrations_cmake}" -E echo "skipped: ${detail}")
    add_test("${stop}" "${_migrations_cmake}" -E echo "skipped: ${detail}")
    set_tests_properties("${start}" "${stop}" PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped: ")
  endif()
  # A day, because it waits while another ctest run uses the server; all its other waits are bounded.
  set_tests_properties("${start}" PROPERTIES FIXTURES_SETUP "${arg_NAME}" TIMEOUT 86400)
  set_tests_properties("${stop}" PROPERTIES FIXTURES_CLEANUP "${arg_NAME}" TIMEOUT 120)
endfunction()

# What starts the caller's private server with the programs in `bindir`.
function(_migrations_start_command bindir words_variable)
  list(TRANSFORM arg_SETTINGS PREPEND "--set=")
  set(${words_variable} "${_migrations_tool}" server start "${arg_DIRECTORY}" --socket-directory "${arg_SOCKETS}"
                        --bindir "${bindir}" ${arg_SETTINGS} PARENT_SCOPE)
endfunction()

# What a test is told of how to look at a database that it keeps: a private server ends with ctest.
function(_migrations_afterwards kind words_variable)
  set(words "")
  if(kind STREQUAL "private")
    _migrations_find_server("${arg_BINDIR}" "${arg_VERSION}" kind bindir)
    _migrations_start_command("${bindir}" start)
    list(JOIN start "' '" start)
    set(words --afterwards "'${start}'")
  endif()
  set(${words_variable} "${words}" PARENT_SCOPE)
endfunction()

# _migrations_add_database_tests(<place...> <contents...>), where a place is
# DATABASE <name> FILE <file>, or DATABASE <name> NAME <server> ... SERVER_DATABASE <name>, and the contents are
# MIGRATIONS <directory> TARGET <revision> SEEDS <list> DECLARED_SCHEMA <list> SQLITE_EXTENSIONS <list> SCHEMA_DUMP
# <file>. A template has the name of its database and a tilde.
function(_migrations_add_database_tests)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${_migrations_place_keywords};${_migrations_contents_keywords}" "")
  _migrations_find_database(kind url template server)
  set(upgrade "${arg_DATABASE}.upgrade")
  set(create "${arg_DATABASE}.create")
  _migrations_contents_options(${kind} contents)
  add_test("${upgrade}" "${_migrations_tool}" -d "${arg_MIGRATIONS}" -u "${template}" test template "${arg_TARGET}"
           ${server} ${contents})
  add_test("${create}" "${_migrations_tool}" -u "${url}" test create --template "${template}" ${server})
  set(tests "${create}" "${upgrade}")
  if(NOT "${arg_SCHEMA_DUMP}" STREQUAL "")
    _migrations_url_of_copy(${kind} "${template}" "dump" copy)
    set(dump "${arg_DATABASE}.dump")
    add_test("${dump}" "${_migrations_tool}" -u "${copy}" test run --template "${template}" ${server}
             --variable DATABASE_URL -- "${_migrations_tool}" dump -o "${arg_SCHEMA_DUMP}")
    set_tests_properties("${dump}" PROPERTIES FIXTURES_REQUIRED "${upgrade};${arg_NAME}" TIMEOUT 120)
    list(APPEND tests "${dump}")
  endif()
  # Two fixtures: a test that has a copy of its own needs the template only.
  set_tests_properties("${upgrade}" PROPERTIES FIXTURES_SETUP "${upgrade}")
  set_tests_properties("${create}" PROPERTIES FIXTURES_SETUP "${arg_DATABASE}" FIXTURES_REQUIRED "${upgrade}"
                                              TIMEOUT 120)
  if(NOT kind STREQUAL "sqlite")
    set_tests_properties("${create}" "${upgrade}" PROPERTIES FIXTURES_REQUIRED "${arg_NAME}")
  endif()
  _migrations_label(${kind} ${tests})
  _migrations_prepare_for_server(${kind} ${tests})
endfunction()

# _migrations_add_battery(<place...> <contents...> TESTS <list> EXCEPT <list>)
# All but one work on databases whose names begin with the template's, which go when the template is made anew: hence
# they run behind that.
function(_migrations_add_battery)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${_migrations_place_keywords};${_migrations_contents_keywords};TESTS;EXCEPT" "")
  _migrations_find_database(kind url template server)
  _migrations_afterwards(${kind} afterwards)
  _migrations_contents_options(${kind} contents)
  list(TRANSFORM arg_DECLARED_SCHEMA PREPEND "--declared-schema=")
  set(options ${server} ${afterwards} ${contents} ${arg_DECLARED_SCHEMA})
  set_tests_properties("${arg_DATABASE}.upgrade" PROPERTIES LABELS "${arg_DATABASE};upgrade")
  if(kind STREQUAL "sqlite")
    list(REMOVE_ITEM arg_TESTS idempotent_script)
  endif()
  if("${arg_DECLARED_SCHEMA}" STREQUAL "")
    list(REMOVE_ITEM arg_TESTS declared_schema)
  endif()
  foreach(name IN LISTS arg_TESTS)
    set(test "${arg_DATABASE}.${name}")
    add_test("${test}" "${_migrations_tool}" -d "${arg_MIGRATIONS}" -u "${template}" test battery ${name}
             "${arg_TARGET}" ${options})
    set_tests_properties("${test}" PROPERTIES LABELS "${arg_DATABASE};${name}"
                                              SKIP_REGULAR_EXPRESSION "(^|\n)skipped: ")
    _migrations_label(${kind} "${test}")
    if(NOT name STREQUAL "single_head")
      set_tests_properties("${test}" PROPERTIES FIXTURES_REQUIRED "${arg_DATABASE}.upgrade;${arg_NAME}")
      _migrations_prepare_for_server(${kind} "${test}")
    elseif(NOT _migrations_tool_postgresql)
      # It needs no server, but a tool that knows the dialect.
      _migrations_prepare_for_server(${kind} "${test}")
    endif()
    if(name IN_LIST arg_EXCEPT)
      set_tests_properties("${test}" PROPERTIES DISABLED TRUE)
    endif()
  endforeach()
endfunction()

# The options for what the caller's database contains.
function(_migrations_contents_options kind options_variable)
  list(TRANSFORM arg_SEEDS PREPEND "--seed=")
  if(kind STREQUAL "sqlite")
    list(TRANSFORM arg_SQLITE_EXTENSIONS PREPEND "--sqlite-extension=")
    set(extensions ${arg_SQLITE_EXTENSIONS})
  else()
    list(TRANSFORM arg_EXTENSIONS PREPEND "--extension=" OUTPUT_VARIABLE extensions)
  endif()
  set(${options_variable} ${arg_SEEDS} ${extensions} PARENT_SCOPE)
endfunction()

# _migrations_use_in_test(<place...> VARIABLE <variable> TEST <test> [ISOLATED])
function(_migrations_use_in_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "ISOLATED" "${_migrations_place_keywords};VARIABLE;TEST" "")
  _migrations_find_tests("${arg_TEST}" tests)
  if(tests STREQUAL "NOTFOUND")
    set(missing "${arg_DATABASE}.use.${arg_TEST}")
    add_test("${missing}" "${_migrations_cmake}" -E echo "\
migrations_use_database(${arg_DATABASE}): no test or test executable of this directory is called '${arg_TEST}'.")
    set_tests_properties("${missing}" PROPERTIES WILL_FAIL TRUE)
    return()
  endif()
  _migrations_find_database(kind url template server)
  # The server's fixture, too: ctest would otherwise stop the server once the database is ready.
  if(arg_ISOLATED)
    set_tests_properties(${tests} PROPERTIES FIXTURES_REQUIRED "${arg_DATABASE}.upgrade;${arg_NAME}")
  else()
    string(REPLACE ";" "\\;" url "${arg_VARIABLE}=${url}")
    string(REPLACE ";" "\\;" template "${arg_VARIABLE}_TEMPLATE=${template}")
    set_tests_properties(${tests} PROPERTIES FIXTURES_REQUIRED "${arg_DATABASE};${arg_NAME}"
                                             RESOURCE_LOCK "${arg_DATABASE}" ENVIRONMENT "${url};${template}")
  endif()
  _migrations_label(${kind} ${tests})
  _migrations_prepare_for_server(${kind} ${tests})
endfunction()

# _migrations_isolate(<place...> VARIABLE <variable> TEST <test> [EXECUTABLE <file>]): what add_test adds in this
# directory from here on under the name <test>, or with this executable, gets a database of its own.
function(_migrations_isolate)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${_migrations_place_keywords};FOLDER;VARIABLE;TEST;EXECUTABLE" "")
  set(quoted "")
  math(EXPR last "${ARGC} - 1")
  foreach(number RANGE ${last})
    string(APPEND quoted " [=====[${ARGV${number}}]=====]")
  endforeach()
  file(REAL_PATH "${arg_FOLDER}" folder)
  foreach(key IN ITEMS "${arg_TEST}" "${arg_EXECUTABLE}")
    if(NOT key STREQUAL "")
      set_property(GLOBAL APPEND PROPERTY "_MIGRATIONS_ISOLATED ${folder} ${key}" "${quoted}")
    endif()
  endforeach()
endfunction()

# ctest's own command, for tests that get a database of their own: a copy is made before the test, and removed or kept
# behind it, by what runs the test.
function(add_test name)
  set(launcher "")
  # ctest reads each directory's tests in that directory, and no variable says which one it is.
  file(REAL_PATH . folder)
  get_property(places GLOBAL PROPERTY "_MIGRATIONS_ISOLATED ${folder} ${name}")
  if("${places}" STREQUAL "" AND NOT "${name}" IN_LIST _migrations_tests)
    get_property(places GLOBAL PROPERTY "_MIGRATIONS_ISOLATED ${folder} ${ARGV1}")
  endif()
  foreach(place IN LISTS places)
    cmake_language(EVAL CODE "_migrations_launch([=====[${name}]=====] launcher ${place})")
  endforeach()
  set(words "")
  math(EXPR last "${ARGC} - 1")
  foreach(number RANGE 1 ${last})
    string(APPEND words " [=====[${ARGV${number}}]=====]")
  endforeach()
  cmake_language(EVAL CODE "_add_test([=====[${name}]=====] ${launcher} ${words})")
endfunction()

# _migrations_launch(<test> <variable> <place...>): adds what runs the test on a copy of the database at that place.
function(_migrations_launch test launcher_variable)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "${_migrations_place_keywords};FOLDER;VARIABLE;TEST;EXECUTABLE" "")
  _migrations_find_database(kind url template server)
  string(SHA256 digits "${arg_FOLDER}/${test}")
  string(SUBSTRING "${digits}" 0 8 digits)
  _migrations_url_of_copy(${kind} "${template}" "${digits}" url)
  set(words "${_migrations_tool}" -u "${url}" test run --template "${template}" ${server} --variable "${arg_VARIABLE}")
  _migrations_afterwards(${kind} afterwards)
  list(APPEND words ${afterwards})
  list(JOIN words "]=====] [=====[" words)
  set(${launcher_variable} "${${launcher_variable}} [=====[${words}]=====] --" PARENT_SCOPE)
endfunction()

# The tests that a name stands for, or NOTFOUND. Modules that discover tests leave them in the variable
# `<executable>_TESTS`, and add the test `<executable>_NOT_BUILT` in place of an executable that does not exist yet.
function(_migrations_find_tests name tests_variable)
  set(tests NOTFOUND)
  if("${name}" IN_LIST _migrations_tests)
    set(tests "${name}")
  elseif(DEFINED "${name}_TESTS")
    set(tests "${${name}_TESTS}")
  else()
    get_cmake_property(variables VARIABLES)
    list(FILTER variables INCLUDE REGEX "_TESTS$")
    foreach(variable IN LISTS variables)
      if("${name}" IN_LIST "${variable}")
        set(tests "${name}")
      endif()
    endforeach()
  endif()
  set(${tests_variable} "${tests}" PARENT_SCOPE)
endfunction()

# Labels are added to those that a test has.
function(_migrations_label kind)
  set(dialect postgresql)
  if(kind STREQUAL "sqlite")
    set(dialect sqlite)
  endif()
  set_tests_properties(${ARGN} PROPERTIES LABELS "migrations;migrations-${dialect}")
endfunction()

# Makes tests ready for the place of their database: not run without a server, undisturbed with a private one.
function(_migrations_prepare_for_server kind)
  if(kind STREQUAL "missing")
    set_tests_properties(${ARGN} PROPERTIES DISABLED TRUE)
  elseif(kind STREQUAL "private")
    _migrations_libpq_variables(variables)
    list(TRANSFORM variables APPEND "=unset:")
    set_tests_properties(${ARGN} PROPERTIES ENVIRONMENT_MODIFICATION "${variables}")
  endif()
endfunction()

# The variables of libpq that are set: they would lead a client elsewhere than to the private server, or into another
# session.
function(_migrations_libpq_variables variables_variable)
  get_property(known GLOBAL PROPERTY _MIGRATIONS_LIBPQ_VARIABLES SET)
  if(NOT known)
    execute_process(COMMAND "${_migrations_cmake}" -E environment OUTPUT_VARIABLE environment)
    string(REGEX MATCHALL "\nPG[A-Z_]+=" variables "\n${environment}")
    list(TRANSFORM variables REPLACE "[\n=]" "")
    set_property(GLOBAL PROPERTY _MIGRATIONS_LIBPQ_VARIABLES "${variables}")
  endif()
  get_property(variables GLOBAL PROPERTY _MIGRATIONS_LIBPQ_VARIABLES)
  set(${variables_variable} "${variables}" PARENT_SCOPE)
endfunction()
