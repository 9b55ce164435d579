#pragma once

#include "cli/revision_file.hpp"

namespace retort {

/// What `revision --autogenerate` takes beyond what `revision` does.
void add_autogenerate_options(cxxopts::OptionAdder& options);

/// Writes the revision that makes what `relations` follows the declared schema, and its way back, for each dialect that
/// has one; nothing where there is no difference. It is proven before: on databases of its own it goes up and down, and
/// the schemas are compared. What cannot be reached is left in the file as a statement that fails a build, and is an
/// error. Throws Failure as drafting, reading and migrating do.
Exit autogenerate(const Context& context, const History& history, std::string_view message, const Relations& relations);

} // namespace retort
