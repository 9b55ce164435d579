#include <app_history.hpp>

static_assert(app::history.has(retort::Dialect::sqlite));

int main() { return app::history.id(0).empty() ? 1 : 0; }
