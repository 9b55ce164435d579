#pragma once

#include "cli/context.hpp"

#include <cxxopts.hpp>

#include <string>
#include <vector>

namespace retort {

/// One of many databases, and how to name it alone on a command line.
struct NamedTenant {
  std::string name; ///< as messages call it
  Url url;
  std::string schema;     ///< PostgreSQL; empty: none
  std::string option;     ///< what names it alone; empty: its number does, with --only
  std::size_t number = 0; ///< in the list, from 1 on
};

void add_tenant_options(cxxopts::OptionAdder& options);

/// Whether the command line names many databases.
bool names_tenants(const Arguments& arguments);

/// The databases that the command line names, in its order. Throws Failure.
std::vector<NamedTenant> find_tenants(const Context& context);

/// The options that name some of them again, for a command line that the user can copy. No password is in it.
std::string selection(const Arguments& arguments, const std::vector<NamedTenant>& tenants,
                      const std::vector<std::size_t>& chosen);

} // namespace retort
