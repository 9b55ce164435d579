#include "cli/run.hpp"

int main(int argc, char** argv) { return retort::run({argv + 1, argv + argc}); }
