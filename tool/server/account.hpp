#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <string>

namespace retort {

/// A user of the operating system, as whom a program runs and who owns its folders; by default the one who asks.
struct Account {
  uid_t uid = ::geteuid();
  gid_t gid = ::getegid();
  std::string name; ///< empty when the user database does not know the user

  /// True when it is not the user who asks: rights must then be dropped, and new folders handed over.
  bool is_other() const;
};

/// PostgreSQL refuses to run as root: for root this is `postgres`, or `nobody` where there is no such user; for
/// everybody else themselves. Throws Failure (Exit::database) for root when there is neither.
Account server_account();

/// Makes the calling process one of `account`, for good. Only for a child that is about to execute a program.
/// False with `errno` set when the system refuses.
bool become(const Account& account);

} // namespace retort
