# The build rules of Migrations.cmake: from a migrations directory to SQL files and C++.

# The shared libraries that the current migrations_add's SQLITE_EXTENSIONS names.
function(_migrations_sqlite_extensions files_variable)
  set(files "")
  foreach(extension IN LISTS arg_SQLITE_EXTENSIONS)
    if(TARGET "${extension}")
      set(file "$<TARGET_FILE:${extension}>")
    else()
      _migrations_source_path(SQLITE_EXTENSIONS "${extension}" file)
    endif()
    list(APPEND files "${file}")
  endforeach()
  set(${files_variable} "${files}" PARENT_SCOPE)
endfunction()

# The options that validate the current migrations_add's history in a dialect, with its `extensions`.
function(_migrations_validation dialect options_variable)
  set(options "")
  if(dialect STREQUAL "sqlite")
    set(validate execute)
    if(NOT "${arg_SQLITE_VALIDATE}" STREQUAL "")
      set(validate "${arg_SQLITE_VALIDATE}")
    endif()
    foreach(extension IN LISTS extensions)
      list(APPEND options --sqlite-extension "${extension}")
    endforeach()
  else()
    set(validate parse)
    if(NOT "${arg_POSTGRESQL_VALIDATE}" STREQUAL "")
      set(validate "${arg_POSTGRESQL_VALIDATE}")
    endif()
  endif()
  list(PREPEND options --validate "${validate}")
  set(${options_variable} "${options}" PARENT_SCOPE)
endfunction()

# The rule that writes one dialect's upgrade.sql and downgrade.sql, to and from `end`, head or heads: one rule, so that a mistake is reported once.
function(_migrations_add_dialect target directory dialect end validation extensions)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}/${dialect}")
  set(tool Retort::tool -d "${directory}" --dialect ${dialect})
  _migrations_dependencies("${target}" "${directory}" "${folder}/upgrade.sql" policy depfile output forget)
  cmake_policy(PUSH)
  cmake_policy(SET CMP0116 ${policy})
  add_custom_command(
    OUTPUT "${folder}/upgrade.sql" "${folder}/downgrade.sql"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
    COMMAND ${tool} upgrade base:${end} --sql ${validation} -o "${output}" --depfile "${depfile}"
    COMMAND ${tool} downgrade ${end}:base --sql ${validation} -o "${folder}/downgrade.sql"
    ${forget}
    DEPENDS "$<TARGET_FILE:Retort::tool>" ${extensions}
    DEPFILE "${depfile}"
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Writing ${target}/${dialect}/upgrade.sql and downgrade.sql"
    VERBATIM)
  cmake_policy(POP)
endfunction()

# The rule that writes the schema at `end`. The script is written anew whenever the history is another one.
function(_migrations_add_dump target directory end extensions)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}/sqlite")
  list(TRANSFORM extensions PREPEND "--sqlite-extension=" OUTPUT_VARIABLE options)
  add_custom_command(
    OUTPUT "${folder}/schema.sql"
    COMMAND Retort::tool -d "${directory}" --dialect sqlite dump ${end} ${options} -o "${folder}/schema.sql"
    DEPENDS "$<TARGET_FILE:Retort::tool>" "${folder}/upgrade.sql" ${extensions}
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Writing ${target}/sqlite/schema.sql"
    VERBATIM)
endfunction()

# The rule that writes one script.
function(_migrations_add_output target directory dialect command range file options)
  cmake_path(GET file PARENT_PATH folder)
  cmake_path(GET file FILENAME name)
  _migrations_dependencies("${target}" "${directory}" "${file}" policy depfile output forget)
  cmake_policy(PUSH)
  cmake_policy(SET CMP0116 ${policy})
  add_custom_command(
    OUTPUT "${file}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
    COMMAND Retort::tool -d "${directory}" --dialect ${dialect} ${command} "${range}" --sql --validate off ${options}
            -o "${output}" --depfile "${depfile}"
    ${forget}
    DEPENDS "$<TARGET_FILE:Retort::tool>"
    DEPFILE "${depfile}"
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Writing ${name}"
    VERBATIM)
  cmake_policy(POP)
endfunction()

# The rule that writes a history as C++, for all its dialects: `folder`/`target`.hpp and .cpp. The target that compiles
# them is to depend on the history, too: a broken one is then reported once.
function(_migrations_add_embedded target history directory namespace folder)
  get_target_property(dialects "${history}" MIGRATIONS_DIALECTS)
  get_target_property(end "${history}" MIGRATIONS_END)
  list(JOIN dialects "," dialects)
  set(options "")
  if(end STREQUAL "heads")
    set(options --allow-heads)
  endif()
  _migrations_dependencies("${target}" "${directory}" "${folder}/${target}.cpp" policy depfile output forget)
  cmake_path(GET output PARENT_PATH output_folder)
  cmake_policy(PUSH)
  cmake_policy(SET CMP0116 ${policy})
  add_custom_command(
    OUTPUT "${folder}/${target}.cpp" "${folder}/${target}.hpp"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
    COMMAND Retort::tool -d "${directory}" embed "${target}" --dialects "${dialects}" --namespace "${namespace}"
            ${options} --output-directory "${output_folder}" --depfile "${depfile}"
    ${forget}
    DEPENDS "$<TARGET_FILE:Retort::tool>"
    DEPFILE "${depfile}"
    WORKING_DIRECTORY "${CMAKE_BINARY_DIR}"
    COMMENT "Writing ${target}.hpp and ${target}.cpp"
    VERBATIM)
  cmake_policy(POP)
endfunction()

# How a rule that runs in CMAKE_BINARY_DIR hands what `output` depends on to the build system: the value of policy
# CMP0116 to add it under, its dependency file, the name of its output there, and what it must run in addition.
function(_migrations_dependencies target directory output policy_variable depfile_variable output_variable
         command_variable)
  set(policy NEW)
  set(depfile "${output}.d")
  set(command "")
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    # CMake 3.25 adds a dependency file's entries to those of earlier runs, which it keeps here: a revision that is
    # renamed or deleted would stay a dependency, and the rule would run in every build.
    set(command COMMAND "${CMAKE_COMMAND}" -E rm -f
                "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/compiler_depend.internal")
  elseif("${directory}${output}" MATCHES "[$]")
    # CMake 3.25 hands `$` to Ninja as it is, in the name of the dependency file and in its rewritten content. Under
    # the old policy Ninja reads the file that the tool wrote; it wants names relative to the build tree.
    set(policy OLD)
    string(SHA256 hash "${output}")
    set(depfile "CMakeFiles/migrations-${hash}.d")
    cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${output}" inside)
    if(inside)
      cmake_path(RELATIVE_PATH output BASE_DIRECTORY "${CMAKE_BINARY_DIR}")
    endif()
  endif()
  set(${policy_variable} "${policy}" PARENT_SCOPE)
  set(${depfile_variable} "${depfile}" PARENT_SCOPE)
  set(${output_variable} "${output}" PARENT_SCOPE)
  set(${command_variable} "${command}" PARENT_SCOPE)
endfunction()

# _migrations_is_sql(<target>): a part of what the target migrations-sql writes.
function(_migrations_is_sql target)
  if(NOT TARGET migrations-sql)
    add_custom_target(migrations-sql)
  endif()
  add_dependencies(migrations-sql ${target})
endfunction()
