# The library for programs that embed a history. What links it sees the public headers alone.
#
#   Retort::sqlite      <retort/sqlite.hpp>, and <retort/history.hpp> and <retort/script.hpp>
#   Retort::postgresql  <retort/postgresql.hpp>, and those two
#   Retort::retort      all of them that this build has

# retort_add_library(NAME LINK room...)
function(retort_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 library "" "" "LINK")
  add_library(retort_public_${name} INTERFACE)
  add_library(Retort::${name} ALIAS retort_public_${name})
  set_target_properties(retort_public_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(retort_public_${name} INTERFACE cxx_std_20)
  target_include_directories(retort_public_${name} INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                                                             "$<INSTALL_INTERFACE:include>")
  list(TRANSFORM library_LINK PREPEND "$<LINK_ONLY:" OUTPUT_VARIABLE link)
  list(TRANSFORM link APPEND ">")
  target_link_libraries(retort_public_${name} INTERFACE ${link})
endfunction()

retort_add_library(sqlite LINK retort_library_sqlite)
set(RETORT_LIBRARY_TARGETS retort_public_sqlite retort_public_retort retort_library_sqlite retort_sqlite
                           retort_migration retort_script retort_executor retort_plan retort_history retort_dialect
                           retort_text retort_options)
set(all retort_library_sqlite)
if(RETORT_POSTGRESQL)
  retort_add_library(postgresql LINK retort_library_postgresql)
  list(APPEND RETORT_LIBRARY_TARGETS retort_public_postgresql retort_library_postgresql retort_postgresql)
  list(APPEND all retort_library_postgresql)
endif()
retort_add_library(retort LINK ${all})
