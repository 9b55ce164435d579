#pragma once

#include "cli/context.hpp"

#include <cxxopts.hpp>

#include <string>
#include <vector>

namespace retort {

/// One of many databases, and how to name it alone on a command line.
struct NamedTenant {
  enum class Way { number, database, schema }; ///< --only, --database, --schema

  std::string name; ///< as messages call it
  Url url;
  std::string schema; ///< PostgreSQL; empty: none
  Way way = Way::number;
  std::string word;       ///< what names it, but for Way::number
  std::size_t number = 0; ///< among all, from 1 on
};

void add_tenant_options(cxxopts::OptionAdder& options);

/// Whether the command line names many databases.
bool names_tenants(const Arguments& arguments);

/// The databases that the command line names, in its order. Throws Failure.
std::vector<NamedTenant> find_tenants(const Context& context);

/// The options of the command line, but only for these, of which there is one at least: for a command that the user can
/// copy. No password is in it.
std::string options_for(const Arguments& arguments, const std::vector<NamedTenant>& tenants);

} // namespace retort
