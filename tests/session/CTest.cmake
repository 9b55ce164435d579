# The half of PostgresqlServer.cmake that runs when ctest starts.

# retort_give_test_server(TARGET <executable> <server...>), with a server as migrations_add_server keeps it.
function(retort_give_test_server)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;${_migrations_server_keywords}" "")
  set(tests "${${arg_TARGET}_TESTS}")
  list(FILTER tests INCLUDE REGEX "[Pp]ostgresql")
  if("${tests}" STREQUAL "")
    return()
  endif()
  _migrations_find_server("${arg_BINDIR}" "${arg_VERSION}" kind detail)
  set_tests_properties(${tests} PROPERTIES FIXTURES_REQUIRED "${arg_NAME}")
  if(kind STREQUAL "private")
    string(REPLACE "/" "%2F" host "${arg_SOCKETS}")
    set_tests_properties(${tests} PROPERTIES ENVIRONMENT
                         "RETORT_TEST_POSTGRESQL_URL=postgresql://postgres@/postgres?host=${host}&port=5432")
  endif()
  _migrations_prepare_for_server(${kind} ${tests})
endfunction()
