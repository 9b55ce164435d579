#pragma once

namespace retort {

/// How the revisions of one migration are put into transactions (docs/transactions.md).
enum class Transactions {
  all, ///< one for all of them, cut only where it must be
  each ///< one for each revision
};

} // namespace retort
