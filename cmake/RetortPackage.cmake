# Makes Retort a package, installed or used from its build tree: `find_package(Retort)` with CMAKE_PREFIX_PATH set to
# the installation prefix or to the build tree. As a part of another project it is no package of its own.

# Migrations.cmake asks whether the tool can reach PostgreSQL.
set_target_properties(retort PROPERTIES EXPORT_NAME tool RETORT_POSTGRESQL "${RETORT_POSTGRESQL}"
                                        EXPORT_PROPERTIES RETORT_POSTGRESQL)
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_files Migrations.cmake Migrations/Arguments.cmake Migrations/CTest.cmake Migrations/Fixtures.cmake
                  Migrations/Places.cmake Migrations/Scripts.cmake RetortAll.cmake RetortConfig.cmake)
set(package_folder "${PROJECT_BINARY_DIR}/lib/cmake/Retort")
foreach(file IN LISTS package_files)
  configure_file("${CMAKE_CURRENT_LIST_DIR}/${file}" "${package_folder}/${file}" COPYONLY)
endforeach()
write_basic_package_version_file("${package_folder}/RetortConfigVersion.cmake" COMPATIBILITY SameMinorVersion)

install(TARGETS retort EXPORT Retort RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT Retort)
set(exports Retort)
# What was fetched is no package that a user of the libraries could find.
function(retort_are_imported variable)
  set(${variable} TRUE PARENT_SCOPE)
  foreach(target IN LISTS ARGN)
    get_target_property(is_imported ${target} IMPORTED)
    if(NOT is_imported)
      set(${variable} FALSE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()
retort_are_imported(core_is_exported fmt::fmt)
retort_are_imported(program_is_exported cxxopts::cxxopts nlohmann_json::nlohmann_json tomlplusplus::tomlplusplus
                    SQLiteCpp)
if(core_is_exported)
  get_property(libraries GLOBAL PROPERTY RETORT_LIBRARIES)
  if(NOT program_is_exported)
    list(FILTER libraries EXCLUDE REGEX "^program")
  endif()
  foreach(library IN LISTS libraries)
    get_property(targets GLOBAL PROPERTY RETORT_LIBRARY_${library})
    install(TARGETS ${targets} EXPORT Retort${library} ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT Retort)
    list(APPEND exports Retort${library})
  endforeach()
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/retort" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT Retort)
endif()
foreach(export IN LISTS exports)
  export(EXPORT ${export} NAMESPACE Retort:: FILE "${package_folder}/${export}Targets.cmake")
  install(EXPORT ${export} NAMESPACE Retort:: FILE ${export}Targets.cmake
          DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Retort" COMPONENT Retort)
endforeach()
install(FILES "${PROJECT_SOURCE_DIR}/presets/migrations.json" DESTINATION "${CMAKE_INSTALL_DATADIR}/retort/presets"
        COMPONENT Retort)
install(DIRECTORY "${package_folder}/" DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Retort" COMPONENT Retort
        PATTERN Retort*Targets.cmake EXCLUDE)
