// SHA-256 and HMAC by OpenSSL, for hashes of files, packs and findings.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace saring {

// 64 lower-case hexadecimal digits.
std::string sha256(std::span<const std::byte> bytes);
std::string sha256(std::string_view text);
// In the memory of one block. Throws the Error of a file that cannot be read, with stage "hash".
std::string sha256_of_file(const std::filesystem::path& file);
std::string hmac_sha256(std::string_view key, std::string_view text);

// Two lower-case hexadecimal digits for each byte.
std::string hex_of(std::string_view bytes);

} // namespace saring
