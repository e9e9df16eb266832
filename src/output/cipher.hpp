// The few primitives that locked Office files are made of, by OpenSSL. Throws Error(internal) where OpenSSL fails.
#pragma once

#include "output/document_writer.hpp"
#include "output/secret.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace saring::output {

using ByteSpan = std::span<const std::uint8_t>;

inline constexpr std::size_t aes_block = 16; // bytes

enum class Hash : std::uint8_t { sha1, sha256, sha384, sha512 };
std::size_t size_of(Hash hash); // bytes

// The hash of the parts, one after the other.
SecretBytes digest(Hash hash, std::initializer_list<ByteSpan> parts);

// What agile encryption spends its time with: `seed`, then `spins` times the hash of (number of the round, last hash).
// [MS-OFFCRYPTO] 2.3.4.11.
SecretBytes spun_digest(Hash hash, ByteSpan seed, std::uint32_t spins);

SecretBytes hmac(Hash hash, ByteSpan key, ByteSpan data);
SecretBytes pbkdf2_sha1(ByteSpan password, ByteSpan salt, int iterations, std::size_t bytes);
bool same(ByteSpan a, ByteSpan b); // takes as long for any content of one length

// Random bytes fit for keys.
FileBytes random_bytes(std::size_t count);
SecretBytes random_key(std::size_t count);

// AES in CBC mode without padding: `from` is whole blocks, and `to` as long; they may be the same memory. The key's
// length chooses AES-128, -192 or -256.
void encrypt_cbc(ByteSpan key, ByteSpan iv, ByteSpan from, std::uint8_t* to);
void decrypt_cbc(ByteSpan key, ByteSpan iv, ByteSpan from, std::uint8_t* to);

std::string base64(ByteSpan bytes);
// Empty for anything that is no base64.
FileBytes from_base64(std::string_view text);

} // namespace saring::output
