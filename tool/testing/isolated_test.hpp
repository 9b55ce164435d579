#pragma once

#include "testing/test_databases.hpp"

#include <string>
#include <vector>

namespace retort {

/// A test that is to have a database of its own.
struct IsolatedTest {
  std::string variable;     ///< the environment variable for the database's URL
  std::string template_url; ///< what the database is a copy of; goes into the variable with the suffix `_TEMPLATE`
  std::string url;          ///< the copy's
  std::string afterwards;   ///< what has to be done before a kept database can be looked at; empty: nothing
  std::vector<std::string> command;
};

/// Runs the test on a new copy of the template, which is removed when the test succeeds and kept when it fails: the
/// error output then says how to look at it. Returns the test's exit status; a signal that ended the test ends this
/// process, too. Throws Failure when there is no copy or no such command. The calling process has one thread.
int run_isolated(TestDatabases& databases, const IsolatedTest& test);

} // namespace retort
