// A body is one byte that says how it was made, then
//   plain:     8 digits of the SHA-256 of name and text, 8 bytes size of the text, the deflated text;
//   encrypted: 12 bytes nonce, 16 bytes tag, and encrypted: 8 bytes size of the text, the deflated text.
// AES-256-GCM as in NIST SP 800-38D: nonces of 96 bits are drawn at random, which is sound for 2^32 texts under one key
// (8.3); the name is the additional data. The key comes from the passphrase by scrypt (RFC 7914) with a salt of the
// store, at the cost that OWASP's Password Storage Cheat Sheet gives for 32 MiB. Not hidden: how many texts there are
// and how long they are about.
#include "audit/text_vault.hpp"

#include "output/deflate.hpp"
#include "saring/error.hpp"
#include "saring/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <memory>
#include <sstream>

namespace saring::audit {
namespace {

using output::ByteSpan;
using output::FileBytes;
using output::SecretBytes;

constexpr char plain_body = 0;
constexpr char encrypted_body = 1;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t size_bytes = 8;
constexpr std::size_t check_bytes = 8;
constexpr std::size_t key_bytes = 32; // AES-256
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t largest_text = std::size_t{1}
                                     << 30; // bytes; no reading is that long, but a damaged row may say so

constexpr std::uint64_t scrypt_n = 1 << 15;
constexpr std::uint64_t scrypt_r = 8;
constexpr std::uint64_t scrypt_p = 3;
constexpr std::uint64_t scrypt_memory = 64 << 20; // bytes, twice what these parameters take

constexpr std::string_view plain_settings = "plain";
constexpr std::string_view scrypt_settings = "scrypt-15-8-3";
constexpr std::string_view check_name = "passphrase";

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); } // wipes its key
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

void require(bool succeeded) {
    if (!succeeded) {
        throw Error(ErrorCode::internal, "store", "OpenSSL failed");
    }
}

[[noreturn]] void damaged() { throw Error(ErrorCode::corrupt, "store", "a text that was kept is damaged"); }

ByteSpan bytes_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
std::string_view view_of(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
std::uint8_t* writable(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

SecretBytes key_of(std::string_view passphrase, ByteSpan salt) {
    SecretBytes key(key_bytes);
    require(EVP_PBE_scrypt(passphrase.data(), passphrase.size(), salt.data(), salt.size(), scrypt_n, scrypt_r, scrypt_p,
                           scrypt_memory, key.data(), key.size()) == 1);
    return key;
}

// One call of AES-256-GCM; `tag` is written or compared. False: the tag does not fit.
bool run_gcm(bool encrypt, ByteSpan key, ByteSpan nonce, std::string_view name, ByteSpan from, std::uint8_t* to,
             std::uint8_t* tag) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    require(context != nullptr && EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data(),
                                                    encrypt ? 1 : 0) == 1); // 96 bits of nonce are its default
    int count = 0;
    const ByteSpan more = bytes_of(name);
    require(EVP_CipherUpdate(context.get(), nullptr, &count, more.data(), static_cast<int>(more.size())) == 1);
    require(EVP_CipherUpdate(context.get(), to, &count, from.data(), static_cast<int>(from.size())) == 1);
    constexpr int tag_length = static_cast<int>(tag_bytes);
    if (!encrypt) {
        require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_length, tag) == 1);
        return EVP_CipherFinal_ex(context.get(), to + count, &count) == 1;
    }
    require(EVP_CipherFinal_ex(context.get(), to + count, &count) == 1);
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_length, tag) == 1);
    return true;
}

std::string packed(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < size_bytes; ++i) {
        out += static_cast<char>(text.size() >> (8 * i) & 0xFF);
    }
    out += view_of(output::deflated(bytes_of(text)));
    return out;
}

std::string unpacked(std::string_view bytes) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < size_bytes && i < bytes.size(); ++i) {
        size |= std::size_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
    }
    if (bytes.size() < size_bytes || size > largest_text) {
        damaged();
    }
    return std::string(view_of(output::inflated(bytes_of(bytes.substr(size_bytes)), size)));
}

std::string check_of(std::string_view text, std::string_view name) {
    return sha256(std::string(name) + '\n' + std::string(text)).substr(0, check_bytes);
}

} // namespace

TextVault TextVault::make(std::string_view passphrase) {
    TextVault vault;
    vault.settings_ = plain_settings;
    if (!passphrase.empty()) {
        const FileBytes salt = output::random_bytes(salt_bytes);
        vault.key_ = key_of(passphrase, salt);
        vault.settings_ = std::string(scrypt_settings) + ' ' + output::base64(salt) + ' ' +
                          output::base64(bytes_of(vault.locked(check_name, check_name)));
    }
    return vault;
}

TextVault TextVault::open(const std::string& settings, std::string_view passphrase) {
    std::istringstream words(settings);
    std::string method;
    std::string salt;
    std::string check;
    words >> method >> salt >> check;
    if (method == plain_settings && !passphrase.empty()) {
        throw Error(ErrorCode::bad_password, "store",
                    "this store was begun without a passphrase; open it without one, or begin an encrypted one in "
                    "another file");
    }
    if (method == scrypt_settings && passphrase.empty()) {
        throw Error(ErrorCode::wrong_password, "store",
                    "the texts of this store are encrypted; give its passphrase (--ask-passphrase)");
    }
    TextVault vault;
    vault.settings_ = settings;
    if (method == plain_settings) {
        return vault;
    }
    const FileBytes salted = output::from_base64(salt);
    const FileBytes checked = output::from_base64(check);
    if (method != scrypt_settings || salted.size() != salt_bytes || checked.empty()) {
        throw Error(ErrorCode::corrupt, "store", "how its texts are encrypted is damaged");
    }
    vault.key_ = key_of(passphrase, salted);
    try {
        (void)vault.opened(view_of(checked), check_name);
    } catch (const Error&) {
        throw Error(ErrorCode::wrong_password, "store", "it does not open the texts of this store");
    }
    return vault;
}

std::string TextVault::locked(std::string_view text, std::string_view name) const {
    const std::string body = packed(text);
    if (key_.empty()) {
        return plain_body + check_of(text, name) + body;
    }
    const FileBytes nonce = output::random_bytes(nonce_bytes);
    std::string out = encrypted_body + std::string(view_of(nonce));
    const std::size_t tag = out.size();
    out.resize(tag + tag_bytes + body.size());
    run_gcm(true, key_, nonce, name, bytes_of(body), writable(out) + tag + tag_bytes, writable(out) + tag);
    return out;
}

std::string TextVault::opened(std::string_view body, std::string_view name) const {
    const char kind = key_.empty() ? plain_body : encrypted_body;
    const std::size_t head = 1 + (key_.empty() ? check_bytes : nonce_bytes + tag_bytes);
    if (body.size() < head || body.front() != kind) {
        damaged();
    }
    if (key_.empty()) {
        std::string text = unpacked(body.substr(head));
        if (check_of(text, name) != body.substr(1, check_bytes)) {
            damaged();
        }
        return text;
    }
    std::string tag(body.substr(1 + nonce_bytes, tag_bytes));
    std::string plain(body.size() - head, '\0');
    if (!run_gcm(false, key_, bytes_of(body.substr(1, nonce_bytes)), name, bytes_of(body.substr(head)), writable(plain),
                 writable(tag))) {
        damaged();
    }
    return unpacked(plain);
}

} // namespace saring::audit
