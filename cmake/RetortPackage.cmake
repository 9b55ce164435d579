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
                  Migrations/Scripts.cmake RetortConfig.cmake)
set(package_folder "${PROJECT_BINARY_DIR}/lib/cmake/Retort")
foreach(file IN LISTS package_files)
  configure_file("${CMAKE_CURRENT_LIST_DIR}/${file}" "${package_folder}/${file}" COPYONLY)
endforeach()
write_basic_package_version_file("${package_folder}/RetortConfigVersion.cmake" COMPATIBILITY SameMinorVersion
                                 ARCH_INDEPENDENT)

install(TARGETS retort EXPORT Retort RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT Retort)
export(EXPORT Retort NAMESPACE Retort:: FILE "${package_folder}/RetortTargets.cmake")
install(EXPORT Retort NAMESPACE Retort:: FILE RetortTargets.cmake DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Retort"
        COMPONENT Retort)
install(DIRECTORY "${package_folder}/" DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Retort" COMPONENT Retort
        PATTERN RetortTargets.cmake EXCLUDE)
