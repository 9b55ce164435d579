# What find_package(Retort) gives: the executable Retort::tool, the functions of Migrations.cmake, and those libraries
# (RetortLibrary.cmake) whose dependencies are installed.

include("${CMAKE_CURRENT_LIST_DIR}/RetortTargets.cmake")
find_package(fmt QUIET)
find_package(SQLite3 QUIET)
find_package(PostgreSQL QUIET)
if(TARGET fmt::fmt)
  include("${CMAKE_CURRENT_LIST_DIR}/RetortcoreTargets.cmake" OPTIONAL)
  if(TARGET SQLite::SQLite3)
    include("${CMAKE_CURRENT_LIST_DIR}/RetortsqliteTargets.cmake" OPTIONAL)
  endif()
  if(TARGET PostgreSQL::PostgreSQL)
    include("${CMAKE_CURRENT_LIST_DIR}/RetortpostgresqlTargets.cmake" OPTIONAL)
  endif()
endif()
include("${CMAKE_CURRENT_LIST_DIR}/RetortAll.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/Migrations.cmake")
