// Idea: a random key encrypts the package in segments; the password, hashed a hundred thousand times, encrypts that key
// and a verifier. The password can be tested without touching the package, and a change anywhere in the package breaks
// its HMAC.
// Source: [MS-OFFCRYPTO] 2.3.4.11 (key from password), 2.3.4.12 (initialisation vectors), 2.3.4.13 (verifier and key),
// 2.3.4.14 (integrity), 2.3.4.15 (segments).
// Cannot do: certificates as key encryptors, ciphers other than AES-CBC. The length of the package is visible, and the
// HMAC guards the package alone: a changed descriptor shows as a wrong password or as damage.
#include "output/agile_encryption.hpp"

#include "saring/error.hpp"

#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <string>

namespace saring::output {
namespace {

using Purpose = std::array<std::uint8_t, 8>;
constexpr Purpose for_verifier{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79};
constexpr Purpose for_verifier_hash{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e};
constexpr Purpose for_key{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6};
constexpr Purpose for_hmac_key{0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6};
constexpr Purpose for_hmac_value{0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33};

constexpr std::uint8_t filler = 0x36;       // lengthens a hash that is shorter than a key or block
constexpr std::size_t segment_bytes = 4096; // of the package; each has an initialisation vector of its own
constexpr std::size_t length_bytes = 8;     // before the first segment: the length of the plain package
constexpr std::size_t salt_bytes = 16;      // as Office takes
constexpr int longest_password = 255;       // UTF-16 units

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorCode::corrupt, "unlock", why); }

std::size_t whole_blocks(std::size_t bytes) { return (bytes + aes_block - 1) / aes_block * aes_block; }

// The number as little-endian bytes.
template <std::size_t size> std::array<std::uint8_t, size> little_endian(std::uint64_t value) {
    std::array<std::uint8_t, size> out{};
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
    return out;
}

SecretBytes fitted(SecretBytes bytes, std::size_t size) {
    bytes.resize(size, filler);
    return bytes;
}

SecretBytes package_iv(const AgileCipher& cipher, ByteSpan what) {
    return fitted(digest(cipher.hash, {cipher.salt, what}), aes_block);
}

// The vector for what the password locks is its salt itself.
SecretBytes password_iv(const AgileCipher& cipher) {
    return fitted({cipher.salt.begin(), cipher.salt.end()}, aes_block);
}

SecretBytes spun_password(const AgileDescriptor& descriptor, const SecretBytes& password) {
    SecretBytes seed(descriptor.password.salt.begin(), descriptor.password.salt.end());
    seed.insert(seed.end(), password.begin(), password.end());
    return spun_digest(descriptor.password.hash, seed, descriptor.spins);
}

FileBytes locked(ByteSpan key, ByteSpan iv, ByteSpan plain) {
    SecretBytes padded(plain.begin(), plain.end());
    padded.resize(whole_blocks(plain.size()));
    FileBytes out(padded.size());
    encrypt_cbc(key, iv, padded, out.data());
    return out;
}

SecretBytes unlocked(ByteSpan key, ByteSpan iv, ByteSpan locked_bytes, std::size_t size) {
    SecretBytes out(locked_bytes.size());
    decrypt_cbc(key, iv, locked_bytes, out.data());
    out.resize(size);
    return out;
}

FileBytes encrypted_segments(const AgileCipher& cipher, ByteSpan key, const FileBytes& archive) {
    const auto length = little_endian<length_bytes>(archive.size());
    FileBytes out(length.begin(), length.end());
    out.insert(out.end(), archive.begin(), archive.end());
    out.resize(length_bytes + whole_blocks(archive.size()));
    for (std::size_t at = 0, number = 0; at < out.size() - length_bytes; at += segment_bytes, ++number) {
        const std::span<std::uint8_t> rest = std::span(out).subspan(length_bytes + at);
        const std::span<std::uint8_t> segment = rest.first(std::min(segment_bytes, rest.size()));
        encrypt_cbc(key, package_iv(cipher, little_endian<4>(number)), segment, segment.data());
    }
    return out;
}

FileBytes decrypted_segments(const AgileCipher& cipher, ByteSpan key, const FileBytes& encrypted) {
    std::uint64_t length = 0;
    for (std::size_t i = length_bytes; i-- > 0;) {
        length = length << 8 | encrypted[i];
    }
    FileBytes out(encrypted.begin() + length_bytes, encrypted.end());
    if (length > out.size() || out.size() % aes_block != 0) {
        fail("the encrypted package is shorter than it says");
    }
    for (std::size_t at = 0, number = 0; at < out.size(); at += segment_bytes, ++number) {
        const std::span<std::uint8_t> segment = std::span(out).subspan(at, std::min(segment_bytes, out.size() - at));
        decrypt_cbc(key, package_iv(cipher, little_endian<4>(number)), segment, segment.data());
    }
    out.resize(static_cast<std::size_t>(length));
    return out;
}

void lock_keys(AgileDescriptor& descriptor, const SecretBytes& password, const SecretBytes& package_key) {
    const AgileCipher& cipher = descriptor.password;
    const SecretBytes spun = spun_password(descriptor, password);
    const SecretBytes iv = password_iv(cipher);
    const SecretBytes verifier = random_key(salt_bytes);
    descriptor.verifier = locked(agile_key(cipher, spun, for_verifier), iv, verifier);
    descriptor.verifier_hash = locked(agile_key(cipher, spun, for_verifier_hash), iv, digest(cipher.hash, {verifier}));
    descriptor.package_key = locked(agile_key(cipher, spun, for_key), iv, package_key);
}

SecretBytes unlock_key(const AgileDescriptor& descriptor, const SecretBytes& password) {
    const AgileCipher& cipher = descriptor.password;
    const SecretBytes spun = spun_password(descriptor, password);
    const SecretBytes iv = password_iv(cipher);
    // A verifier is as long as the salt; [MS-OFFCRYPTO] 2.3.4.13.
    const std::size_t verifier_bytes = std::min(cipher.salt.size(), descriptor.verifier.size());
    const SecretBytes verifier =
        unlocked(agile_key(cipher, spun, for_verifier), iv, descriptor.verifier, verifier_bytes);
    const SecretBytes expected =
        unlocked(agile_key(cipher, spun, for_verifier_hash), iv, descriptor.verifier_hash, size_of(cipher.hash));
    if (!same(digest(cipher.hash, {verifier}), expected)) {
        throw Error(ErrorCode::wrong_password, "unlock");
    }
    return unlocked(agile_key(cipher, spun, for_key), iv, descriptor.package_key, descriptor.package.key_bytes);
}

void seal(AgilePackage& package, const SecretBytes& key) {
    const AgileCipher& cipher = package.descriptor.package;
    const SecretBytes hmac_key = random_key(size_of(cipher.hash));
    package.descriptor.hmac_key = locked(key, package_iv(cipher, for_hmac_key), hmac_key);
    package.descriptor.hmac_value =
        locked(key, package_iv(cipher, for_hmac_value), hmac(cipher.hash, hmac_key, package.encrypted));
}

void check_seal(const AgilePackage& package, const SecretBytes& key) {
    const AgileDescriptor& descriptor = package.descriptor;
    const AgileCipher& cipher = descriptor.package;
    const std::size_t bytes = size_of(cipher.hash);
    const SecretBytes hmac_key = unlocked(key, package_iv(cipher, for_hmac_key), descriptor.hmac_key, bytes);
    const SecretBytes expected = unlocked(key, package_iv(cipher, for_hmac_value), descriptor.hmac_value, bytes);
    if (!same(hmac(cipher.hash, hmac_key, package.encrypted), expected)) {
        fail("the encrypted package was changed");
    }
}

} // namespace

SecretBytes office_password(std::string_view utf8) {
    const auto refuse = [](const char* why) { throw Error(ErrorCode::bad_password, "lock", why); };
    if (utf8.empty()) {
        refuse("it is empty");
    }
    std::vector<char16_t, WipingAllocator<char16_t>> units(longest_password);
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    const auto bytes = static_cast<int32_t>(std::min<std::size_t>(utf8.size(), INT32_MAX));
    u_strFromUTF8(units.data(), longest_password, &length, utf8.data(), bytes, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        refuse("Office files take at most 255 characters");
    } else if (U_FAILURE(status)) {
        refuse("it is not UTF-8");
    }
    SecretBytes out;
    out.reserve(2 * static_cast<std::size_t>(length));
    for (const char16_t unit : std::span(units).first(static_cast<std::size_t>(length))) {
        out.push_back(static_cast<std::uint8_t>(unit & 0xff));
        out.push_back(static_cast<std::uint8_t>(unit >> 8));
    }
    return out;
}

SecretBytes agile_key(const AgileCipher& cipher, const SecretBytes& spun, ByteSpan purpose) {
    return fitted(digest(cipher.hash, {spun, purpose}), cipher.key_bytes);
}

AgilePackage encrypt_agile(const FileBytes& archive, const SecretBytes& password, std::uint32_t spins) {
    AgilePackage out;
    out.descriptor.package.salt = random_bytes(salt_bytes);
    out.descriptor.password.salt = random_bytes(salt_bytes);
    out.descriptor.spins = spins;
    const SecretBytes key = random_key(out.descriptor.package.key_bytes);
    lock_keys(out.descriptor, password, key);
    out.encrypted = encrypted_segments(out.descriptor.package, key, archive);
    seal(out, key);
    return out;
}

FileBytes decrypt_agile(const AgilePackage& package, const SecretBytes& password) {
    if (package.encrypted.size() < length_bytes) {
        fail("the encrypted package is empty");
    }
    const SecretBytes key = unlock_key(package.descriptor, password);
    check_seal(package, key);
    return decrypted_segments(package.descriptor.package, key, package.encrypted);
}

} // namespace saring::output
