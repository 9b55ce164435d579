# Targets of Retort's own build.
#
#   retort_add_room(NAME SOURCES file... [LINK target...])
#     A folder of tool/ as a static library `retort_NAME`. It sees only the rooms that it links, so that a room that
#     reaches upwards does not link.
#
#   retort_add_test(NAME SOURCES file... [LINK target...] [ENVIRONMENT NAME=value]
#                   [LABEL label])
#     The tests of one room: an executable `retort_NAME_test`, discovered by CTest under the label, otherwise `unit`.
#     The target `retort_unit_tests` builds what those of that label need.

add_library(retort_options INTERFACE)
target_compile_features(retort_options INTERFACE cxx_std_20)
target_compile_options(retort_options INTERFACE -Wall -Wextra -Wpedantic $<$<BOOL:${RETORT_WERROR}>:-Werror>)
# Clang 14 knows the coroutines of C++20, but does not tell libstdc++.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
  target_compile_definitions(retort_options INTERFACE __cpp_impl_coroutine=201902L)
  target_compile_options(retort_options INTERFACE -Wno-builtin-macro-redefined)
endif()
# GCC 12 warns of std::string's own operator+ when it optimises (https://gcc.gnu.org/PR105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(retort_options INTERFACE -Wno-restrict)
endif()
if(RETORT_SANITIZE)
  target_compile_options(retort_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                                                  -fno-omit-frame-pointer)
  # Clang 14 cannot assemble this check in coroutines that are templates.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(retort_options INTERFACE -fno-sanitize=function)
  endif()
  target_link_options(retort_options INTERFACE -fsanitize=address,undefined)
endif()

function(retort_add_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;LINK")
  add_library(retort_${name} STATIC ${room_SOURCES})
  target_include_directories(retort_${name} PUBLIC "$<BUILD_INTERFACE:${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../tool>"
                                                   "$<BUILD_INTERFACE:${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../include>")
  target_link_libraries(retort_${name} PUBLIC retort_options ${room_LINK})
  set_target_properties(retort_${name} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

function(retort_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "ENVIRONMENT;LABEL" "SOURCES;LINK")
  if(NOT test_LABEL)
    set(test_LABEL unit)
  endif()
  add_executable(retort_${name}_test ${test_SOURCES})
  target_include_directories(retort_${name}_test PRIVATE "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../tests")
  target_link_libraries(retort_${name}_test PRIVATE retort_options GTest::gmock_main ${test_LINK})
  target_compile_definitions(retort_${name}_test
                             PRIVATE RETORT_TESTS_DIR="${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../tests")
  set_target_properties(retort_${name}_test PROPERTIES CXX_EXTENSIONS OFF)
  # In most tests this takes longer to compile than all the rest. It is compiled once, with those definitions that all
  # tests have.
  if(TARGET retort_text_test AND NOT name STREQUAL "text")
    target_precompile_headers(retort_${name}_test REUSE_FROM retort_text_test)
  else()
    target_precompile_headers(retort_${name}_test PRIVATE <gmock/gmock.h>)
  endif()
  set(properties LABELS "${test_LABEL}")
  if(test_ENVIRONMENT)
    list(APPEND properties ENVIRONMENT "${test_ENVIRONMENT}")
  endif()
  if(test_LABEL STREQUAL "unit")
    if(NOT TARGET retort_unit_tests)
      add_custom_target(retort_unit_tests DEPENDS retort)
    endif()
    add_dependencies(retort_unit_tests retort_${name}_test)
  endif()
  gtest_discover_tests(retort_${name}_test TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60 PROPERTIES ${properties})
endfunction()
