#include "schema/postgresql_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retort::postgresql_names {
namespace {

constexpr auto npos = std::string_view::npos;

/// Behind the literal or the quoted name that begins there.
std::size_t behind_quotes(std::string_view text, std::size_t at) {
  return std::min(text.find(text[at], at + 1), text.size() - 1) + 1;
}

/// Where a schema ends and the name begins; npos where there is no schema.
std::size_t dot(std::string_view name) {
  const std::size_t at = find_plain(name, ".(");
  return at == npos || name[at] == '(' ? npos : at;
}

bool is_in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '"';
}

} // namespace

std::size_t find_plain(std::string_view text, std::string_view characters, std::size_t from) {
  int depth = 0;
  for (std::size_t at = from; at < text.size();) {
    const char c = text[at];
    if (depth == 0 && characters.find(c) != npos) {
      return at;
    }
    if (c == '"' || c == '\'') {
      at = behind_quotes(text, at);
      continue;
    }
    depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    ++at;
  }
  return npos;
}

std::string qualified(std::string_view name) {
  return dot(name) == npos ? fmt::format("public.{}", name) : std::string(name);
}

std::string_view unqualified(std::string_view name) {
  const std::size_t at = dot(name);
  return at == npos ? name : name.substr(at + 1);
}

std::string_view own_name(const Object& part) {
  if (part.kind == ObjectKind::primary_key) {
    return part.value("name");
  }
  return std::string_view(part.name).substr(part.owner.size() + 1);
}

std::vector<std::string_view> list(std::string_view text) {
  std::vector<std::string_view> items;
  while (!text.empty()) {
    const std::size_t comma = std::min(find_plain(text, ","), text.size());
    items.push_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  return items;
}

std::set<std::string_view> words(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  std::set<std::string_view> words;
  for (std::size_t at = 0; (at = text.find_first_of(letters, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_not_of(letters, at), text.size());
    words.insert(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string parenthesized(std::string_view expression) {
  const bool is_one = expression.starts_with('(') && find_plain(expression, ")", 1) == expression.size() - 1;
  return is_one ? std::string(expression) : fmt::format("({})", expression);
}

std::string with_suffix(std::string_view name, std::string_view suffix) {
  if (name.ends_with('"')) {
    name.remove_suffix(1);
    return fmt::format("{}{}\"", name, suffix);
  }
  return fmt::format("{}{}", name, suffix);
}

bool is_of_domain(const Object& constraint) {
  return std::ranges::find(constraint.needs, ObjectKey{ObjectKind::domain, constraint.owner}) != constraint.needs.end();
}

std::string aggregate_signature(const Object& aggregate) {
  const std::string_view arguments = aggregate.value("arguments");
  return fmt::format("{}({})", qualified(aggregate.name.substr(0, find_plain(aggregate.name, "("))),
                     arguments.empty() ? "*" : arguments);
}

std::string target(const Object& object) {
  const auto part = [&](std::string_view kind) {
    return fmt::format("{} {} ON {}{}", kind, own_name(object), is_of_domain(object) ? "DOMAIN " : "",
                       qualified(object.owner));
  };
  const auto whole = [&](std::string_view kind) { return fmt::format("{} {}", kind, qualified(object.name)); };
  switch (object.kind) {
  case ObjectKind::schema: return fmt::format("SCHEMA {}", object.name);
  case ObjectKind::extension: return fmt::format("EXTENSION {}", object.name);
  case ObjectKind::event_trigger: return fmt::format("EVENT TRIGGER {}", object.name);
  case ObjectKind::enum_type:
  case ObjectKind::composite_type:
  case ObjectKind::range_type: return whole("TYPE");
  case ObjectKind::domain: return whole("DOMAIN");
  case ObjectKind::sequence: return whole("SEQUENCE");
  case ObjectKind::table: return whole(object.value("foreign server").empty() ? "TABLE" : "FOREIGN TABLE");
  case ObjectKind::column: return fmt::format("COLUMN {}.{}", qualified(object.owner), own_name(object));
  case ObjectKind::primary_key:
  case ObjectKind::unique:
  case ObjectKind::check:
  case ObjectKind::foreign_key:
  case ObjectKind::exclusion: return part("CONSTRAINT");
  case ObjectKind::index: return whole("INDEX");
  case ObjectKind::statistics: return whole("STATISTICS");
  case ObjectKind::view: return whole("VIEW");
  case ObjectKind::materialized_view: return whole("MATERIALIZED VIEW");
  case ObjectKind::function: return whole("FUNCTION");
  case ObjectKind::procedure: return whole("PROCEDURE");
  case ObjectKind::aggregate: return fmt::format("AGGREGATE {}", aggregate_signature(object));
  case ObjectKind::trigger: return part("TRIGGER");
  case ObjectKind::rule: return part("RULE");
  case ObjectKind::policy: return part("POLICY");
  }
  return "";
}

std::string alter_owner(const Object& object) {
  const std::string_view name = object.kind == ObjectKind::table ? object.name : object.owner;
  return fmt::format("ALTER {} {}", is_of_domain(object) ? "DOMAIN" : "TABLE", qualified(name));
}

std::string with_name(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\'') {
      const std::size_t end = std::min(text.find('\'', at + 1), text.size() - 1) + 1;
      const std::string_view quoted = text.substr(at, end - at);
      out += quoted == fmt::format("'{}'", from) ? fmt::format("'{}'", to) : std::string(quoted);
      at = end;
    } else if (is_in_name(c)) {
      std::size_t end = at;
      while (end < text.size() && is_in_name(text[end])) {
        end = text[end] == '"' ? std::min(text.find('"', end + 1), text.size() - 1) + 1 : end + 1;
      }
      const char next = at + from.size() < text.size() ? text[at + from.size()] : ' ';
      const bool is_others = at > 0 && text[at - 1] == '.' && next == '('; // a function or a table in a schema
      const bool is_it = text.substr(at).starts_with(from) && !is_in_name(next) && !is_others;
      end = is_it ? at + from.size() : end;
      out += is_it ? to : text.substr(at, end - at);
      at = end;
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

} // namespace retort::postgresql_names
