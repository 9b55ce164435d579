# The library for programs that embed a history: Retort::retort. What links it sees the public headers alone.

add_library(retort_library INTERFACE)
add_library(Retort::retort ALIAS retort_library)
set_target_properties(retort_library PROPERTIES EXPORT_NAME retort)
target_compile_features(retort_library INTERFACE cxx_std_20)
target_include_directories(retort_library INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                                                    "$<INSTALL_INTERFACE:include>")
target_link_libraries(retort_library INTERFACE "$<LINK_ONLY:retort_history>")

# The library, and the rooms that it is made of.
set(RETORT_LIBRARY_TARGETS retort_library retort_history retort_dialect retort_text retort_options)
