#include "cli/retort_tool.hpp"

int main(int argc, char** argv) { return retort::run_tool({argv + 1, argv + argc}); }
