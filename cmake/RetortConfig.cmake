# What find_package(Retort) gives: the executable Retort::tool and the functions of Migrations.cmake.

include("${CMAKE_CURRENT_LIST_DIR}/RetortTargets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/Migrations.cmake")
