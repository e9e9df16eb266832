#include "output/cipher.hpp"

#include "saring/error.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

namespace saring::output {
namespace {

void require(bool succeeded) {
    if (!succeeded) {
        throw Error(ErrorCode::internal, "lock", "OpenSSL failed");
    }
}

struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); } // wipes its state
};
struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); } // wipes its key
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeDigest>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

const EVP_MD* method_of(Hash hash) {
    switch (hash) {
    case Hash::sha1: return EVP_sha1();
    case Hash::sha256: return EVP_sha256();
    case Hash::sha384: return EVP_sha384();
    case Hash::sha512: return EVP_sha512();
    }
    throw Error(ErrorCode::internal, "lock");
}

const EVP_CIPHER* method_of(ByteSpan key) {
    switch (key.size()) {
    case 16: return EVP_aes_128_cbc();
    case 24: return EVP_aes_192_cbc();
    case 32: return EVP_aes_256_cbc();
    default: throw Error(ErrorCode::internal, "lock", "no AES key");
    }
}

enum class Direction : int { decrypt = 0, encrypt = 1 };

void run_cbc(Direction direction, ByteSpan key, ByteSpan iv, ByteSpan from, std::uint8_t* to) {
    require(iv.size() == aes_block && from.size() % aes_block == 0);
    const CipherContext context(EVP_CIPHER_CTX_new());
    require(context != nullptr);
    require(EVP_CipherInit_ex(context.get(), method_of(key), nullptr, key.data(), iv.data(),
                              static_cast<int>(direction)) == 1);
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    constexpr std::size_t step = std::size_t{1} << 30; // OpenSSL counts in int
    for (std::size_t at = 0; at < from.size(); at += step) {
        int written = 0;
        const int count = static_cast<int>(std::min(step, from.size() - at));
        require(EVP_CipherUpdate(context.get(), to + at, &written, from.data() + at, count) == 1 && written == count);
    }
}

} // namespace

std::size_t size_of(Hash hash) { return static_cast<std::size_t>(EVP_MD_get_size(method_of(hash))); }

SecretBytes digest(Hash hash, std::initializer_list<ByteSpan> parts) {
    const DigestContext context(EVP_MD_CTX_new());
    require(context != nullptr && EVP_DigestInit_ex(context.get(), method_of(hash), nullptr) == 1);
    for (const ByteSpan part : parts) {
        require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
    }
    SecretBytes out(size_of(hash));
    require(EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1);
    return out;
}

SecretBytes spun_digest(Hash hash, ByteSpan seed, std::uint32_t spins) {
    constexpr std::size_t counter = 4; // bytes, little-endian
    const SecretBytes first = digest(hash, {seed});
    SecretBytes buffer(counter + first.size());
    std::copy(first.begin(), first.end(), buffer.begin() + counter);
    const DigestContext context(EVP_MD_CTX_new());
    require(context != nullptr && EVP_DigestInit_ex(context.get(), method_of(hash), nullptr) == 1);
    for (std::uint32_t round = 0; round < spins; ++round) {
        for (std::size_t i = 0; i < counter; ++i) {
            buffer[i] = static_cast<std::uint8_t>(round >> (8 * i));
        }
        require(EVP_DigestInit_ex(context.get(), nullptr, nullptr) == 1 &&
                EVP_DigestUpdate(context.get(), buffer.data(), buffer.size()) == 1 &&
                EVP_DigestFinal_ex(context.get(), buffer.data() + counter, nullptr) == 1);
    }
    return {buffer.begin() + counter, buffer.end()};
}

SecretBytes hmac(Hash hash, ByteSpan key, ByteSpan data) {
    SecretBytes out(size_of(hash));
    require(HMAC(method_of(hash), key.data(), static_cast<int>(key.size()), data.data(), data.size(), out.data(),
                 nullptr) != nullptr);
    return out;
}

SecretBytes pbkdf2_sha1(ByteSpan password, ByteSpan salt, int iterations, std::size_t bytes) {
    SecretBytes out(bytes);
    require(PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(password.data()), static_cast<int>(password.size()),
                              salt.data(), static_cast<int>(salt.size()), iterations, EVP_sha1(),
                              static_cast<int>(bytes), out.data()) == 1);
    return out;
}

bool same(ByteSpan a, ByteSpan b) { return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

FileBytes random_bytes(std::size_t count) {
    FileBytes out(count);
    require(RAND_bytes(out.data(), static_cast<int>(count)) == 1);
    return out;
}

SecretBytes random_key(std::size_t count) {
    SecretBytes out(count);
    require(RAND_priv_bytes(out.data(), static_cast<int>(count)) == 1);
    return out;
}

void encrypt_cbc(ByteSpan key, ByteSpan iv, ByteSpan from, std::uint8_t* to) {
    run_cbc(Direction::encrypt, key, iv, from, to);
}

void decrypt_cbc(ByteSpan key, ByteSpan iv, ByteSpan from, std::uint8_t* to) {
    run_cbc(Direction::decrypt, key, iv, from, to);
}

std::string base64(ByteSpan bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0'); // EVP writes a zero at the end
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

FileBytes from_base64(std::string_view text) {
    FileBytes out(text.size() / 4 * 3);
    const int length = text.size() % 4 != 0
                           ? -1
                           : EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                             static_cast<int>(text.size()));
    if (length < 0) {
        return {};
    }
    const auto padding = static_cast<std::size_t>(
        std::count(text.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, text.size())), text.end(), '='));
    out.resize(static_cast<std::size_t>(length) - padding);
    return out;
}

} // namespace saring::output
