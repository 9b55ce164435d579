#pragma once

#include "schema/schema.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

/// How names and values stand in PostgreSQL's own texts, and in ours.
namespace retort::postgresql_names {

/// Where one of the characters stands outside of quotes and parentheses; npos where none does.
std::size_t find_plain(std::string_view text, std::string_view characters, std::size_t from = 0);

/// With its schema: `public.orders`, `audit.log`, `public.total(integer)`.
std::string qualified(std::string_view name);

/// Without its schema: `orders`, `total(integer)`.
std::string_view unqualified(std::string_view name);

/// Of a part: its own name, `total` of `orders.total`. A primary key's is its constraint's.
std::string_view own_name(const Object& part);

/// `a`, `b(1, 2)`, `"c, d"` of `a, b(1, 2), "c, d"`.
std::vector<std::string_view> list(std::string_view text);

/// What stands in any text that may be a plain name.
std::set<std::string_view> words(std::string_view text);

/// In parentheses, if it is not already.
std::string parenthesized(std::string_view expression);

/// A new name like an old one: `orders_old`, `"Orders_old"`.
std::string with_suffix(std::string_view name, std::string_view suffix);

/// With a name in place of another one, where that stands as a whole; in literals only as their whole text.
std::string with_name(std::string_view text, std::string_view from, std::string_view to);

/// What it is to ALTER, COMMENT ON and DROP: `TABLE public.orders`, `TRIGGER touched ON public.orders`.
std::string target(const Object& object);

/// `ALTER TABLE public.orders`, of a table or of the table, view or domain of a part.
std::string alter_owner(const Object& object);

/// `public.total_of(integer)`, `public.count_of(*)`.
std::string aggregate_signature(const Object& aggregate);

/// Whether it is a constraint of a domain.
bool is_of_domain(const Object& constraint);

} // namespace retort::postgresql_names
