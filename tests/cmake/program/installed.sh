# The program of an installation of Retort, itself installed.

succeed cmake --install "$retort" --prefix "$folder/prefix" --component Retort
retort=$folder/prefix
configure
build
succeed cmake --install "$build" --prefix "$folder/app" --strip
rm -r "$build"
succeed "$folder/app/bin/app_migrate" -u "sqlite:$folder/app.db" upgrade head
expect "is at 0003"
