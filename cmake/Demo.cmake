# The report at the end of the demo: where the SQL lies, and what was applied. Run by the target `demo`, behind the
# tests that made the database.

function(retort_show path)
  cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${SOURCE_DIR}")
  message("  ${path}")
endfunction()

message("\nThe history in migrations/ was compiled to this SQL:\n")
foreach(dialect IN ITEMS sqlite postgresql)
  foreach(direction IN ITEMS upgrade downgrade)
    retort_show("${BINARY_DIR}/sample/${dialect}/${direction}.sql")
  endforeach()
endforeach()

message("\nIts revisions were applied to this SQLite database:\n")
retort_show("${BINARY_DIR}/sample.db")
message("")
execute_process(COMMAND "${RETORT}" -c "${SOURCE_DIR}/retort.toml" -u "sqlite:${BINARY_DIR}/sample.db" history -i
                COMMAND_ERROR_IS_FATAL ANY)
