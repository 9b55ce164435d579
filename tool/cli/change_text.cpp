#include "cli/change_text.hpp"

#include "revision/line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort {
namespace {

bool has(const Schema& schema, ObjectKind kind, std::string_view name) {
  return std::ranges::any_of(schema.objects,
                             [&](const Object& object) { return object.kind == kind && object.name == name; });
}

bool names_anything(const Schema& from, std::string_view name) {
  return has(from, ObjectKind::table, name) || has(from, ObjectKind::column, name);
}

/// The table that a column's name begins with.
std::string owner_of(const Schema& schema, std::string_view column) {
  const auto found = std::ranges::find_if(
      schema.objects, [&](const Object& object) { return object.kind == ObjectKind::column && object.name == column; });
  return found == schema.objects.end() ? std::string() : found->owner;
}

const Rename* find_rename(const std::vector<Rename>& renames, ObjectKind kind, const std::string& from) {
  const auto found =
      std::ranges::find_if(renames, [&](const Rename& rename) { return rename.kind == kind && rename.from == from; });
  return found == renames.end() ? nullptr : &*found;
}

/// The name that an object keeps, which for a column begins with the new one of its table.
std::string kept_name(const Object& object, const std::vector<Rename>& renames) {
  const Rename* const table = find_rename(renames, ObjectKind::table, object.owner);
  return object.kind == ObjectKind::column && table != nullptr ? table->to + object.name.substr(object.owner.size())
                                                               : object.name;
}

/// A thing gets one name, and that is no other one's.
void check_names(const Schema& from, const std::vector<Rename>& renames) {
  const auto count = [&](const Rename& rename, std::string Rename::*end) {
    return std::ranges::count_if(
        renames, [&](const Rename& other) { return other.kind == rename.kind && other.*end == rename.*end; });
  };
  for (const Rename& rename : renames) {
    if (count(rename, &Rename::from) > 1) {
      fail_usage(fmt::format("--rename: {} cannot become two things", rename.from));
    }
    if (count(rename, &Rename::to) > 1) {
      fail_usage(fmt::format("--rename: two things cannot both become {}", rename.to));
    }
    const auto keeps_that_name = [&](const Object& object) {
      return object.kind == rename.kind && find_rename(renames, object.kind, object.name) == nullptr &&
             kept_name(object, renames) == rename.to;
    };
    if (std::ranges::any_of(from.objects, keeps_that_name)) {
      fail_usage(fmt::format("--rename: there is a {} {} already", name(rename.kind), rename.to),
                 "give that one another name as well, or let a revision drop it first");
    }
  }
}

} // namespace

void add_rename_option(cxxopts::OptionAdder& options) {
  options("rename", "a table or column that gets another name instead of going; may be repeated",
          cxxopts::value<std::vector<std::string>>(), "TABLE[.OLD]=NEW");
}

void add_change_options(cxxopts::OptionAdder& options) {
  add_rename_option(options);
  options("online-safe", "PostgreSQL: forms that keep nobody from the tables for long");
}

ChangeOptions change_options(const Context& context, const Schema& from) {
  ChangeOptions options;
  options.online = context.arguments().has("online-safe");
  std::vector<Rename> columns;
  for (const std::string& text : context.arguments().texts("rename")) {
    std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) {
      fail_usage(fmt::format("--rename needs TABLE=NEW or TABLE.OLD=NEW, not '{}'", text));
    }
    // A name in quotes can hold one.
    for (std::size_t next = equals; next != std::string::npos; next = text.find('=', next + 1)) {
      if (names_anything(from, text.substr(0, next))) {
        equals = next;
        break;
      }
    }
    const std::string old_name = text.substr(0, equals);
    const std::string new_name = text.substr(equals + 1);
    if (has(from, ObjectKind::table, old_name)) {
      options.renames.push_back({ObjectKind::table, old_name, new_name});
    } else if (has(from, ObjectKind::column, old_name)) {
      columns.push_back({ObjectKind::column, old_name, new_name});
    } else {
      fail_usage(fmt::format("--rename: there is no table or column '{}'", old_name), "write it as 'retort diff' does");
    }
  }
  for (Rename& column : columns) {
    std::string table = owner_of(from, column.from);
    const Rename* const renamed = find_rename(options.renames, ObjectKind::table, table);
    table = renamed == nullptr ? table : renamed->to;
    column.to = fmt::format("{}.{}", table, column.to);
  }
  options.renames.insert(options.renames.end(), columns.begin(), columns.end());
  check_names(from, options.renames);
  return options;
}

std::string comment_lines(std::string_view label, std::string_view text) {
  std::string lines = fmt::format("-- {}: ", label);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n' && text[i] != '\r') {
      lines += text[i];
      continue;
    }
    // Behind blanks alone, `migrate:up` would be a section's marker.
    lines += "\n--   | ";
    i += text.substr(i).starts_with("\r\n") ? 1 : 0;
  }
  return lines + "\n";
}

void refuse_markers(SchemaChange& change) {
  std::erase_if(change.steps, [&](const SchemaChange::Step& step) {
    for (Line line(step.sql, 0); line.exists(); line = line.next()) {
      if (is_marker(trimmed(line.content()))) {
        change.impossible.push_back(fmt::format("'{}' has the line '{}', which would begin a section",
                                                Line(step.sql, 0).content(), line.content()));
        return true;
      }
    }
    return false;
  });
}

std::string step_text(const SchemaChange::Step& step) {
  return fmt::format(
      "{}{};\n", step.hazard.empty() ? "" : comment_lines("Careful", fmt::format("this {}.", step.hazard)), step.sql);
}

std::string todo_text(std::string_view what) { return comment_lines("TODO", what) + "TODO;\n"; }

std::string change_text(const SchemaChange& change) {
  std::string text;
  for (const std::string& what : change.impossible) {
    text += todo_text(what);
  }
  for (const SchemaChange::Step& step : change.steps) {
    text += step_text(step);
  }
  return text;
}

} // namespace retort
