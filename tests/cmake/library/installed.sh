# The library and its headers of an installation.

succeed cmake --install "$retort" --prefix "$folder/prefix" --component Retort
retort=$folder/prefix
configure
build
succeed grep -l "$folder/prefix/include/retort/history.hpp" -r "$build" --include=.ninja_deps
succeed "$(find "$build" -type f -name app_main)"
expect "head 0003"
