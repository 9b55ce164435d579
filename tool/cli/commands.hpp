#pragma once

#include "cli/context.hpp"
#include "text/diagnostic.hpp"

#include <cxxopts.hpp>

#include <array>
#include <span>
#include <string_view>

namespace retort {

/// The formats of most commands.
inline constexpr std::array usual_formats = {Format::text, Format::json};

/// A command of a program.
struct CommandLine {
  std::string_view name;
  std::string_view arguments; ///< as the help shows them
  std::string_view summary;
  void (*add_options)(cxxopts::OptionAdder& options);
  Exit (*run)(const Context& context);
  std::span<const Format> formats = usual_formats;
};

extern const CommandLine branches_command;
extern const CommandLine check_command;
extern const CommandLine current_command;
extern const CommandLine diff_command;
extern const CommandLine downgrade_command;
extern const CommandLine dump_command;
extern const CommandLine edit_command;
extern const CommandLine embed_command;
extern const CommandLine ensure_version_command;
extern const CommandLine graph_command;
extern const CommandLine heads_command;
extern const CommandLine history_command;
extern const CommandLine init_command;
extern const CommandLine merge_command;
extern const CommandLine rebase_command;
extern const CommandLine revision_command;
extern const CommandLine server_command;
extern const CommandLine show_command;
extern const CommandLine squash_command;
extern const CommandLine stamp_command;
extern const CommandLine test_command;
extern const CommandLine upgrade_command;

/// For commands without options of their own.
inline void no_options(cxxopts::OptionAdder& /*options*/) {}

} // namespace retort
