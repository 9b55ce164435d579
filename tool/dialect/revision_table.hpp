#pragma once

#include "dialect/dialect.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The SQL of Retort's own tables (docs/revision-table.md): `retort_revisions`, one row for every applied revision, and
/// `retort_journal`, which exists only while a revision that needs several transactions is unfinished: a row for every
/// unit of it that is done. Names are always qualified, and so are functions: no search_path can put another object in
/// their place (S2).
namespace retort::revision_table {

inline constexpr std::string_view default_schema = "public";

/// Where the tables are. A schema of PostgreSQL can stand for a database: each has its own tables and its own lock.
struct Place {
  Place(Dialect in) : dialect(in) {}
  Place(Dialect in, std::string_view named) : dialect(in), schema(named) {}

  Dialect dialect;
  std::string_view schema = default_schema; ///< PostgreSQL's; not quoted
};

/// `main.retort_revisions` or `public.retort_revisions`.
std::string qualified_name(const Place& place);
std::string qualified_journal(const Place& place);

/// Reads the whole table: ids in byte order, units in order.
std::string select(const Place& place);
std::string select_journal(const Place& place);

/// A PostgreSQL query that returns a row when the existing `table` is a plain table as Retort creates it, and is owned
/// by somebody whom this session trusts anyway (S1): a table made by another role can run that role's code with this
/// session's rights.
std::string trusted(std::string_view table);

/// As trusted, for the usual case alone that this session's own user made the table: much cheaper for the server to
/// plan.
std::string own(std::string_view table);

/// Creates the table where it does not exist.
std::string create(const Place& place);
std::string create_journal(const Place& place);
std::string drop_journal(const Place& place);

/// How a row learns how long its revision took.
enum class Duration {
  unknown, ///< NULL: a script
  measured ///< PostgreSQL: since the transaction or the row before it; SQLite: bound as the parameter ?1, in
           ///< milliseconds
};

struct Row {
  std::string_view id;
  std::string_view checksum;
  std::string_view message;
  Duration duration = Duration::unknown;
  std::string_view after =
      {}; ///< the row that the same transaction wrote before this one; empty when this is its first
};

/// Who looks whether PostgreSQL wrote a row, which it does only while the session holds Retort's lock (F4). SQLite's
/// rows are counted by the session, and not at all by a script, whose transaction is the lock.
enum class Writer {
  script, ///< the script itself, behind each statement
  session ///< the statement, which fails: what follows it in the pipeline, perhaps a commit, must not run
};

/// Adds the row of an applied revision: exactly one (F6). `user` is who applied it, for SQLite; PostgreSQL knows its
/// session_user.
std::string insert(const Place& place, const Row& row, Writer writer, const std::optional<std::string>& user);

/// Removes the row of a revision that was undone: exactly one.
std::string remove(const Place& place, std::string_view id, Writer writer);

/// Notes that the unit of that number, counted from 0, is finished. `direction` is `up` or `down`.
std::string insert_journal(const Place& place, std::string_view id, std::string_view direction, std::size_t unit,
                           std::string_view checksum, Writer writer);

/// Whether PostgreSQL refused a session's statement with this SQLSTATE because the row was not written.
bool is_unwritten(std::string_view sqlstate);

/// Forgets every revision, for `stamp --purge`.
std::string purge(const Place& place);

/// The key of Retort's session-level advisory lock in PostgreSQL: for the schema public the first 64 bits of the
/// SHA-256 of `retort public.retort_revisions`, for another one the FNV-1a hash of that text with its name
/// (http://www.isthe.com/chongo/tech/comp/fnv/). Advisory locks are per database (F7).
std::int64_t lock_key(std::string_view schema = default_schema);

/// A condition that is true while this PostgreSQL session holds the lock. It gives the lock back and takes it again,
/// which is the only cheap way to ask; the transaction's own lock on the same key keeps others out meanwhile. Only
/// inside a transaction. See docs/decisions/lock-check.md.
std::string lock_held(std::string_view schema = default_schema);

} // namespace retort::revision_table
