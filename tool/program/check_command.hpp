#pragma once

#include "cli/commands.hpp"

namespace retort {

/// `check` of a program: the build has verified the revisions, so that a database is what remains to be verified.
extern const CommandLine database_check_command;

} // namespace retort
