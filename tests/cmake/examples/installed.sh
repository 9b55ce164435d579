# Each example is built and tested as its reader would do it, with an installed Retort.

succeed cmake --install "$retort" --prefix "$folder/prefix" --component Retort
retort=$folder/prefix
strict="-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"
for example in $(list_examples); do
  source=$here/../../examples/$example build=$folder/$example
  configure "$strict"
  build
  succeed in_ctest --output-on-failure -j 2
  expect "100% tests passed"
  expect_not "Skipped" "Disabled"
done

# Another compiler than the one that built the library.
if [[ $RETORT_POSTGRESQL == ON ]] && command -v clang++ >/dev/null; then
  source=$here/../../examples/service build=$folder/service-clang
  configure "$strict" -DCMAKE_CXX_COMPILER=clang++
  build
fi
