# Retort::retort: the drivers that there are.

add_library(Retort::retort INTERFACE IMPORTED)
set_property(TARGET Retort::retort PROPERTY IMPORTED_GLOBAL TRUE)
foreach(library IN ITEMS Retort::core Retort::sqlite Retort::postgresql)
  if(TARGET ${library})
    set_property(TARGET Retort::retort APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${library})
  endif()
endforeach()
