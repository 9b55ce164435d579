#pragma once

#include <functional>
#include <string>
#include <vector>

namespace retort {

/// One of several renames; names as in Object::name.
struct NameChange {
  std::string from;
  std::string to;
};

/// Whether a name can become one that differs only in the case of its letters.
enum class CaseChange { allowed, refused };

/// The renames in an order in which each name is free when something takes it. Where there is no such order, one of
/// them goes by way of the name that `spare` gives for it. `taken` are the names that there are. A name that never gets
/// free is nobody's: what wants it is left out.
std::vector<NameChange> rename_order(std::vector<NameChange> wanted, const std::vector<std::string>& taken,
                                     CaseChange case_change,
                                     const std::function<std::string(const std::string&)>& spare);

} // namespace retort
