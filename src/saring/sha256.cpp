#include "saring/sha256.hpp"

#include "saring/error.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

namespace saring {
std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * bytes.size());
    for (const char byte : bytes) {
        out += digits[static_cast<unsigned char>(byte) >> 4U];
        out += digits[static_cast<unsigned char>(byte) & 0xFU];
    }
    return out;
}

std::string sha256(std::span<const std::byte> bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw Error(ErrorCode::internal, "hash");
    }
    return hex_of({reinterpret_cast<const char*>(digest.data()), length});
}

std::string sha256_of_file(const std::filesystem::path& file) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw Error(ErrorCode::read_failed, "hash").at_path(file.native());
    }
    bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    constexpr std::size_t block = 1 << 16;
    std::vector<char> buffer(block);
    while (good && stream) {
        stream.read(buffer.data(), static_cast<std::streamsize>(block));
        good = EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(stream.gcount())) == 1;
    }
    if (stream.bad()) {
        throw Error(ErrorCode::read_failed, "hash").at_path(file.native());
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1) {
        throw Error(ErrorCode::internal, "hash");
    }
    return hex_of({reinterpret_cast<const char*>(digest.data()), length});
}

std::string sha256(std::string_view text) { return sha256(std::as_bytes(std::span(text))); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length) == nullptr) {
        throw Error(ErrorCode::internal, "hash");
    }
    return hex_of({reinterpret_cast<const char*>(digest.data()), length});
}

} // namespace saring
