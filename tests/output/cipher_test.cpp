#include "output/cipher.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

namespace {

ByteSpan over(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

std::string hex(ByteSpan bytes) {
    std::string out;
    for (const std::uint8_t byte : bytes) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

} // namespace

TEST_CASE("hashes are those of FIPS 180-4, of one text or of its parts") {
    CHECK(hex(digest(Hash::sha1, {over("abc")})) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hex(digest(Hash::sha512, {over("a"), over("bc")})) ==
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    CHECK(size_of(Hash::sha384) == 48);
}

TEST_CASE("keys from passwords are those of RFC 6070") {
    CHECK(hex(pbkdf2_sha1(over("password"), over("salt"), 1, 20)) == "0c60c80f961f0e71f3a9b524af6012062fe037a6");
    CHECK(hex(pbkdf2_sha1(over("password"), over("salt"), 4096, 20)) == "4b007901b765489abead49d926f721d065a429c1");
}

TEST_CASE("AES in CBC mode is that of NIST SP 800-38A, F.2.5, in place as well") {
    const FileBytes key = from_base64("YD3rEBXKcb4rc67whX13gR81LAc7YQjXLZgQowkU3/Q=");
    const FileBytes iv = from_base64("AAECAwQFBgcICQoLDA0ODw==");
    FileBytes bytes = from_base64("a8G+4i5An5bpPX4Rc5MXKg==");
    const FileBytes plain = bytes;
    encrypt_cbc(key, iv, bytes, bytes.data());
    CHECK(hex(bytes) == "f58c4c04d6e5f1ba779eabfb5f7bfbd6");
    decrypt_cbc(key, iv, bytes, bytes.data());
    CHECK(bytes == plain);
}

TEST_CASE("a cipher asked for half a block or a key of no cipher is an error of ours") {
    FileBytes bytes(15);
    const FileBytes iv(16);
    CHECK(test::code_of([&] { encrypt_cbc(FileBytes(32), iv, bytes, bytes.data()); }) == ErrorCode::internal);
    bytes.resize(16);
    CHECK(test::code_of([&] { encrypt_cbc(FileBytes(31), iv, bytes, bytes.data()); }) == ErrorCode::internal);
}

TEST_CASE("base64 comes back as it was, and what is none comes back empty") {
    for (std::size_t size = 0; size < 20; ++size) {
        const FileBytes bytes = random_bytes(size);
        CHECK(from_base64(base64(bytes)) == bytes);
    }
    CHECK(base64(over("fo")) == "Zm8=");
    CHECK(from_base64("Zm8").empty());
    CHECK(from_base64("Zm!=").empty());
}

TEST_CASE("memory of secrets is overwritten before it is given back") {
    std::string held = "rahasia";
    wipe(held.data(), held.size());
    CHECK(held == std::string(7, '\0'));
    Secret secret("abc");
    secret.push_back('d');
    CHECK(secret == Secret("abcd"));
    CHECK_FALSE(secret == Secret("abc"));
}
