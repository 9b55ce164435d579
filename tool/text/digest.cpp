#include "text/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace retort {

struct Digest::Context {
  // Fetched once: the implicit fetch of EVP_sha256() costs more than the hash of a short file.
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* running = EVP_MD_CTX_new();
};

Digest::Digest() : context_(std::make_unique<Context>()) {
  if (context_->algorithm == nullptr || context_->running == nullptr ||
      EVP_DigestInit_ex2(context_->running, context_->algorithm, nullptr) != 1) {
    throw std::bad_alloc();
  }
}

Digest::~Digest() {
  EVP_MD_CTX_free(context_->running);
  EVP_MD_free(context_->algorithm);
}

void Digest::update(std::string_view bytes) { EVP_DigestUpdate(context_->running, bytes.data(), bytes.size()); }

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_->running, bytes.data(), &size);
  EVP_DigestInit_ex2(context_->running, context_->algorithm, nullptr);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * static_cast<std::size_t>(size));
  for (unsigned int i = 0; i < size; ++i) {
    hex += digits[bytes.at(i) >> 4U];
    hex += digits[bytes.at(i) & 0x0FU];
  }
  return hex;
}

} // namespace retort
