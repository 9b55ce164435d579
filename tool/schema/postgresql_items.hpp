#pragma once

#include "schema/schema.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort::postgresql_change {

/// What of an object comes, changes and goes by itself, so that it can wait for what it needs.
enum class Aspect {
  whole,           ///< the object, but for what follows
  default_value,   ///< of a column or a domain
  ownership,       ///< which column a sequence is owned by
  partition,       ///< of a table: whether and how it is one
  clustering,      ///< of an index: whether its table is clustered on it
  replica_identity ///< of a table: the index
};

struct ItemKey {
  ObjectKey object;
  Aspect aspect = Aspect::whole;
  auto operator<=>(const ItemKey&) const = default;
};

enum class Fate {
  keep,
  create,
  drop,
  alter,    ///< in place
  recreate, ///< dropped, and created again later
  replace,  ///< a type: the old one gets another name and is dropped when no column has it any more
  convert,  ///< a column: its values become those of a type that is replaced
  park      ///< a column: its values are texts while its type is recreated
};

/// An aspect of an object in two schemas.
struct Item {
  ItemKey key;
  const Object* from = nullptr; ///< where it is
  const Object* to = nullptr;
  Fate fate = Fate::keep;
  std::vector<std::size_t> from_needs; ///< items
  std::vector<std::size_t> to_needs;

  ObjectKind kind() const { return key.object.kind; }
  bool is_whole() const { return key.aspect == Aspect::whole; }
  const Object& object() const { return from != nullptr ? *from : *to; }

  /// Whether something has to go, or to come, for what was there before.
  bool goes() const {
    return fate == Fate::drop || fate == Fate::recreate || fate == Fate::replace || fate == Fate::park;
  }
  bool comes() const { return fate != Fate::keep && fate != Fate::drop; }
};

/// All items of two schemas, which must outlive them. Their fates are not decided.
class Items {
public:
  Items(const Schema& from, const Schema& to);

  std::vector<Item>& all() { return items_; }
  const std::vector<Item>& all() const { return items_; }
  const Item& operator[](std::size_t item) const { return items_[item]; }

  std::optional<std::size_t> find(const ItemKey& key) const;
  std::optional<std::size_t> find(ObjectKind kind, std::string_view name) const;

  /// The table, view, materialized view or domain that it is a part of.
  std::optional<std::size_t> owner(const Object& part) const;

  /// Of a sequence that goes, or comes, with its column's default: the one that takes its place, or had it.
  std::optional<std::size_t> other_sequence(const Item& sequence) const;

private:
  void add(const Schema& schema, const Object* Item::*side);
  void connect(Item& item, const Object* Item::*side, std::vector<std::size_t> Item::*needs);

  std::vector<Item> items_;
  std::map<ItemKey, std::size_t> by_key_;
};

/// Whether an attribute of both objects differs that is not another aspect of theirs.
bool differs(const Object& from, const Object& to, std::string_view attribute);

/// As Object::name has it.
std::string model_name(std::string_view qualified_name);

/// The tables that a partition or a table with INHERITS has its columns from.
std::vector<std::string> parents(const Object& table);

} // namespace retort::postgresql_change
