#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace retort {

/// A running SHA-256 (FIPS 180-4). Not thread-safe.
class Digest {
public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void update(std::string_view bytes);

  /// The digest of all bytes since the start or the last call, as 64 lower-case hexadecimal digits; starts anew.
  std::string finish();

private:
  struct Context;
  std::unique_ptr<Context> context_;
};

} // namespace retort
