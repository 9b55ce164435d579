#include "script/script.hpp"

#include "history/embedded.hpp"
#include "history/replaced.hpp"
#include "history/resolve.hpp"
#include "library/operation.hpp"

namespace retort {
namespace {

std::string script_of(const EmbeddedHistory& embedded, Migration migration, Dialect dialect, const ScriptRange& range,
                      Client client) {
  require(embedded, dialect);
  try {
    const History own = open_history(embedded, dialect);
    const std::optional<History> followed = followed_history(own, range.from);
    const History& history = followed ? *followed : own;
    const Plan plan = plan_from(history, {migration, range.to}, resolve_state(history, range.from), {});
    return write_script(render_stream(history, plan, script_stream_options(dialect)),
                        {dialect, client, Guard::exact, {}});
  } catch (const Failure& failure) {
    throw error_of(failure);
  }
}

} // namespace

std::string upgrade_script(const EmbeddedHistory& history, Dialect dialect, const ScriptRange& range, Client client) {
  return script_of(history, Migration::upgrade, dialect, range, client);
}

std::string downgrade_script(const EmbeddedHistory& history, Dialect dialect, const ScriptRange& range, Client client) {
  return script_of(history, Migration::downgrade, dialect, range, client);
}

} // namespace retort
