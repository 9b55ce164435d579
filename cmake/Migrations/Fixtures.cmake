# The configure-time half of Migrations.cmake's test fixtures. What depends on the machine on which the tests run is
# decided when ctest starts: every directory gets a script for ctest, whose functions are in CTest.cmake.

# _migrations_quote(<variable> <keyword> <value>...): the arguments as CMake source.
function(_migrations_quote quoted_variable)
  set(quoted "")
  math(EXPR last "${ARGC} - 1")
  foreach(keyword RANGE 1 ${last} 2)
    math(EXPR value "${keyword} + 1")
    string(APPEND quoted " ${ARGV${keyword}} [==[${ARGV${value}}]==]")
  endforeach()
  string(STRIP "${quoted}" quoted)
  set(${quoted_variable} "${quoted}" PARENT_SCOPE)
endfunction()

# _migrations_when_testing(<line> [FIRST]): adds a line to the current directory's script, or to that which ctest reads
# first of all. ctest reads a directory's included scripts before that directory's own
# tests, and those of its subdirectories after them: hence a subdirectory, which stays empty otherwise.
function(_migrations_when_testing line)
  cmake_parse_arguments(PARSE_ARGV 1 arg "FIRST" "" "")
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/migrations")
  get_property(lines DIRECTORY PROPERTY _MIGRATIONS_SCRIPT)
  if("${lines}" STREQUAL "")
    file(WRITE "${folder}/CMakeLists.txt"
         "set_property(DIRECTORY PROPERTY TEST_INCLUDE_FILES \"\${CMAKE_CURRENT_BINARY_DIR}/include.cmake\")\n")
    add_subdirectory("${folder}" "${folder}")
    cmake_language(EVAL CODE "cmake_language(DEFER CALL _migrations_write_script [==[${folder}]==])")
  endif()
  if(arg_FIRST)
    set_property(DIRECTORY APPEND_STRING PROPERTY _MIGRATIONS_FIRST_SCRIPT "${line}\n")
    set(line "")
  endif()
  set_property(DIRECTORY APPEND_STRING PROPERTY _MIGRATIONS_SCRIPT "${line}\n")
endfunction()

# Called at the end of a directory, when all its tests are known but for those that are discovered.
function(_migrations_write_script folder)
  get_property(lines DIRECTORY PROPERTY _MIGRATIONS_SCRIPT)
  get_property(tests DIRECTORY PROPERTY TESTS)
  _migrations_check_used_tests("${tests}")
  _migrations_write_lines("${folder}" include "${tests}" "${lines}")
  get_property(first DIRECTORY PROPERTY _MIGRATIONS_FIRST_SCRIPT)
  if(NOT "${first}" STREQUAL "")
    _migrations_write_lines("${folder}" first "${tests}" "${first}")
    get_property(included DIRECTORY PROPERTY TEST_INCLUDE_FILES)
    set_property(DIRECTORY PROPERTY TEST_INCLUDE_FILES "${folder}/first.cmake" ${included})
  endif()
endfunction()

# _migrations_write_lines(<folder> <name> <tests> <lines>): the script <name>.cmake for ctest.
function(_migrations_write_lines folder name tests lines)
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  file(GENERATE OUTPUT "${folder}/${name}-$<CONFIG>.cmake" CONTENT "\
set(_migrations_cmake [==[${CMAKE_COMMAND}]==])
set(_migrations_tool [==[$<TARGET_FILE:Retort::tool>]==])
set(_migrations_source [==[${CMAKE_SOURCE_DIR}]==])
set(_migrations_tool_postgresql \"$<TARGET_PROPERTY:Retort::tool,RETORT_POSTGRESQL>\")
set(_migrations_tests [==[${tests}]==])
${lines}")
  set(config "${CMAKE_BUILD_TYPE}")
  if(multi_config)
    set(config "\${CTEST_CONFIGURATION_TYPE}")
  endif()
  file(WRITE "${folder}/${name}.cmake" "\
include([==[${CMAKE_CURRENT_FUNCTION_LIST_DIR}/CTest.cmake]==])
include(\"\${CMAKE_CURRENT_LIST_DIR}/${name}-${config}.cmake\")
")
endfunction()

# A misspelt test is found here where no tests are discovered, otherwise when ctest starts.
function(_migrations_check_used_tests tests)
  get_property(used DIRECTORY PROPERTY _MIGRATIONS_USED_TESTS)
  get_property(discovered DIRECTORY PROPERTY TEST_INCLUDE_FILES)
  list(REMOVE_ITEM used ${tests})
  if(NOT "${used}" STREQUAL "" AND "${discovered}" STREQUAL "")
    list(JOIN used "', '" used)
    message(FATAL_ERROR "migrations_use_database: no test of this directory is called '${used}'.")
  endif()
endfunction()

# Twelve digits that nobody can guess.
function(_migrations_random_digits digits_variable)
  file(READ /dev/urandom digits LIMIT 6 HEX)
  set(${digits_variable} "${digits}" PARENT_SCOPE)
endfunction()

# Eight digits that tell this build tree from others.
function(_migrations_build_tree_digits digits_variable)
  string(SHA256 digits "${CMAKE_BINARY_DIR}")
  string(SUBSTRING "${digits}" 0 8 digits)
  set(${digits_variable} "${digits}" PARENT_SCOPE)
endfunction()
