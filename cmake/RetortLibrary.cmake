# The library for programs that embed a history. What links it sees the public headers alone.
#
#   Retort::core        <retort/history.hpp>, <retort/script.hpp>
#   Retort::sqlite      adds <retort/sqlite.hpp>
#   Retort::postgresql  adds <retort/postgresql.hpp>
#   Retort::async       adds <retort/async.hpp>, with all drivers
#   Retort::testing     <retort/testing.hpp>, for tests, with PostgreSQL's driver where there is one
#   Retort::retort      the first three, as far as there are
#
# What migrations_add_executable links:
#
#   Retort::program             <retort/program.hpp>
#   Retort::program_sqlite      sqlite_driver
#   Retort::program_postgresql  postgresql_driver

# retort_add_library(NAME ROOMS room... [USES library...])
#   Retort::NAME, made of these rooms and of what the libraries are made of. They are exported together, so that a
#   package gives the libraries whose dependencies are installed.
function(retort_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 library "" "" "ROOMS;USES")
  add_library(retort_public_${name} INTERFACE)
  add_library(Retort::${name} ALIAS retort_public_${name})
  set_target_properties(retort_public_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(retort_public_${name} INTERFACE cxx_std_20)
  target_include_directories(retort_public_${name} INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                                                             "$<INSTALL_INTERFACE:include>")
  list(TRANSFORM library_USES PREPEND retort_public_)
  target_link_libraries(retort_public_${name} INTERFACE ${library_USES})
  set(targets retort_public_${name})
  foreach(room IN LISTS library_ROOMS)
    target_link_libraries(retort_public_${name} INTERFACE "$<LINK_ONLY:retort_${room}>")
    list(APPEND targets retort_${room})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY RETORT_LIBRARIES ${name})
  set_property(GLOBAL PROPERTY RETORT_LIBRARY_${name} ${targets})
endfunction()

retort_add_library(core ROOMS migration script executor plan history id dialect text options)
retort_add_library(sqlite ROOMS library_sqlite sqlite USES core)
if(RETORT_POSTGRESQL)
  retort_add_library(postgresql ROOMS library_postgresql postgresql USES core)
  set(postgresql postgresql)
endif()
retort_add_library(sqlite_file ROOMS sqlite_file USES sqlite)
retort_add_library(async ROOMS library_async session USES sqlite_file ${postgresql})
target_link_libraries(retort_public_async INTERFACE retort_asio)
set_property(GLOBAL APPEND PROPERTY RETORT_LIBRARY_async retort_asio)
retort_add_library(testing ROOMS library_testing test_databases USES core ${postgresql})
retort_add_library(program ROOMS program command USES core)
retort_add_library(program_sqlite ROOMS program_sqlite USES program sqlite_file)
if(RETORT_POSTGRESQL)
  retort_add_library(program_postgresql ROOMS program_postgresql USES program postgresql)
endif()
include("${CMAKE_CURRENT_LIST_DIR}/RetortAll.cmake")
