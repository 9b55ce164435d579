# retort_use_test_server(<test executable>)
#   Gives the discovered tests whose names contain `postgresql`, in any case, a server while ctest runs: the one that
#   RETORT_TEST_POSTGRESQL_URL names, otherwise a private one, whose URL they get in that variable. Without either they
#   are not run.

if(RETORT_POSTGRESQL)
  migrations_add_server(retort.postgresql)
endif()

function(retort_use_test_server target)
  if(RETORT_POSTGRESQL)
    get_property(server GLOBAL PROPERTY _MIGRATIONS_SERVER_retort.postgresql)
    _migrations_when_testing("include([==[${CMAKE_CURRENT_FUNCTION_LIST_DIR}/CTest.cmake]==])")
    _migrations_when_testing("retort_give_test_server(TARGET ${target} ${server})")
  endif()
endfunction()
