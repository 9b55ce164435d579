#pragma once

#include <retort/history.hpp>

#include <initializer_list>

namespace retort {

/// What connects a program to the databases of a dialect.
struct Driver;

extern const Driver sqlite_driver;     ///< Retort::program_sqlite
extern const Driver postgresql_driver; ///< Retort::program_postgresql

/// The migration program that `migrations_add_executable` builds (docs/deployment.md): runs the command line of main()
/// with this history, on databases that one of the drivers connects to. Prints to standard output and error, throws
/// nothing and returns the process's exit status. The history and the drivers must outlive it.
int run_program(int argc, const char* const* argv, const EmbeddedHistory& history,
                std::initializer_list<const Driver*> drivers);

} // namespace retort
