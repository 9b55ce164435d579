#include "server/account.hpp"

#include "text/diagnostic.hpp"

#include <grp.h>
#include <pwd.h>

namespace retort {

bool Account::is_other() const { return uid != ::geteuid(); }

Account server_account() {
  if (::geteuid() != 0) {
    const passwd* self = ::getpwuid(::geteuid());
    return {::geteuid(), ::getegid(), self != nullptr ? self->pw_name : ""};
  }
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* user = ::getpwnam(name); user != nullptr && user->pw_uid != 0) {
      return {user->pw_uid, user->pw_gid, name};
    }
  }
  throw Failure(Exit::database, {Severity::error,
                                 "PostgreSQL does not run as root, and there is no user postgres or nobody to run it",
                                 {},
                                 {},
                                 "create a user postgres, or run this as an ordinary user"});
}

bool become(const Account& account) {
  return !account.is_other() || (::initgroups(account.name.c_str(), account.gid) == 0 && ::setgid(account.gid) == 0 &&
                                 ::setuid(account.uid) == 0);
}

} // namespace retort
