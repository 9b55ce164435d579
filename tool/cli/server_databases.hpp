#pragma once

#include <string>

namespace retort {

/// Makes the database `name`, which begins with `retort_`, on the server of `url`, in place of one that is there.
/// Throws Failure: Exit::usage for another name, Exit::database when the server refuses.
void create_test_database(const std::string& url, const std::string& name);

/// The major version of the server of `url`. Throws Failure (Exit::database).
int server_version(const std::string& url);

/// Drops the databases on the server of `url` that tests left behind: those called `retort_…` that are no templates,
/// and whose comment does not begin with `retort: kept`. Throws Failure (Exit::database).
void drop_test_databases(const std::string& url);

} // namespace retort
