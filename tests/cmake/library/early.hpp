#pragma once

#include <string>

/// What a static object found in the history before main.
std::string early();
