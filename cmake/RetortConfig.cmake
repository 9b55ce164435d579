# What find_package(Retort) gives: the executable Retort::tool and the functions of Migrations.cmake; where fmt is
# installed, also the library Retort::retort.

include("${CMAKE_CURRENT_LIST_DIR}/RetortTargets.cmake")
find_package(fmt QUIET)
if(TARGET fmt::fmt)
  include("${CMAKE_CURRENT_LIST_DIR}/RetortLibraryTargets.cmake" OPTIONAL)
endif()
include("${CMAKE_CURRENT_LIST_DIR}/Migrations.cmake")
