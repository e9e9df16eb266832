#include "output/agile_encryption.hpp"
#include "output/compound_file.hpp"
#include "output/data_spaces.hpp"
#include "output/document_writer.hpp"
#include "support.hpp"

#include <algorithm>

using namespace saring;
using namespace saring::output;

namespace {

FileBytes pattern(std::size_t size) {
    FileBytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
    }
    return bytes;
}

// Few spins: what is tested here does not depend on their number.
constexpr std::uint32_t few_spins = 10;

AgilePackage small_package(std::string_view password) {
    return encrypt_agile(pattern(5000), office_password(password), few_spins);
}

FileBytes container_of(const AgilePackage& package) {
    return write_compound({stream("EncryptionInfo", write_descriptor(package.descriptor)), data_spaces(),
                           stream("EncryptedPackage", package.encrypted)});
}

} // namespace

TEST_CASE("a locked Office file opens with its password to the same bytes") {
    const FileBytes archive = pattern(100'000);
    const FileBytes locked = lock_ooxml(archive, "kata sandi");
    CHECK(unlock_ooxml(locked, "kata sandi") == archive);
    CHECK(test::code_of([&] { unlock_ooxml(locked, "Kata sandi"); }) == ErrorCode::wrong_password);
    CHECK(std::search(locked.begin(), locked.end(), archive.begin(), archive.begin() + 64) == locked.end());
}

TEST_CASE("every length comes back, around a block and around a segment as well") {
    const SecretBytes password = office_password("x");
    for (const std::size_t size : {0, 1, 15, 16, 17, 4095, 4096, 4097, 8191, 8192, 8193, 3'000'001}) {
        const FileBytes archive = pattern(size);
        const AgilePackage package = encrypt_agile(archive, password, few_spins);
        CHECK(package.encrypted.size() == 8 + (size + 15) / 16 * 16);
        CHECK(decrypt_agile(package, password) == archive);
    }
}

TEST_CASE("a container of several megabytes keeps its package") {
    AgilePackage package = small_package("x");
    package.encrypted = pattern(9'000'000); // more than the header's own list of sectors reaches
    CHECK(read_compound(container_of(package), "EncryptedPackage") == package.encrypted);
}

TEST_CASE("passwords in any script lock, up to 255 UTF-16 units") {
    std::string longest;
    for (int i = 0; i < 127; ++i) {
        longest += "\xf0\x9f\x98\x80"; // two units each
    }
    longest += 'x';
    for (const std::string& password :
         {std::string("\xc3\x9cn\xc3\xaf\xe5\xaf\x86\xe7\xa0\x81 \xf0\x9f\x94\x92"), longest}) {
        CHECK(decrypt_agile(small_package(password), office_password(password)) == pattern(5000));
    }
    CHECK(test::code_of([&] { lock_ooxml(pattern(10), longest + "x"); }) == ErrorCode::bad_password);
    CHECK(test::code_of([&] { lock_ooxml(pattern(10), std::string(256, 'x')); }) == ErrorCode::bad_password);
    CHECK(test::code_of([] { lock_ooxml(pattern(10), ""); }) == ErrorCode::bad_password);
    CHECK(test::code_of([] { lock_ooxml(pattern(10), "\xff\xfe"); }) == ErrorCode::bad_password);
}

TEST_CASE("passwords are hashed as UTF-16, low byte first") {
    CHECK(office_password("a\xc3\xa9") == SecretBytes{'a', 0, 0xe9, 0});
    CHECK(office_password("\xf0\x9f\x98\x80") == SecretBytes{0x3d, 0xd8, 0x00, 0xde});
}

TEST_CASE("the same file locked twice shares nothing") {
    const AgilePackage a = small_package("x");
    const AgilePackage b = small_package("x");
    CHECK(a.encrypted != b.encrypted);
    CHECK(a.descriptor.password.salt != b.descriptor.password.salt);
    CHECK(a.descriptor.package.salt != b.descriptor.package.salt);
    CHECK(a.descriptor.package_key != b.descriptor.package_key);
}

TEST_CASE("a package that was changed after it was locked does not open") {
    const SecretBytes password = office_password("x");
    const AgilePackage package = small_package("x");
    for (const std::size_t place : {std::size_t{0}, std::size_t{8}, std::size_t{4200}, package.encrypted.size() - 1}) {
        AgilePackage changed = package;
        changed.encrypted[place] ^= 1;
        CHECK(test::code_of([&] { decrypt_agile(changed, password); }) == ErrorCode::corrupt);
    }
    AgilePackage shortened = package;
    shortened.encrypted.resize(shortened.encrypted.size() - 16);
    CHECK(test::code_of([&] { decrypt_agile(shortened, password); }) == ErrorCode::corrupt);
    AgilePackage sealed_anew = package;
    sealed_anew.descriptor.hmac_value[3] ^= 1;
    CHECK(test::code_of([&] { decrypt_agile(sealed_anew, password); }) == ErrorCode::corrupt);
    AgilePackage other_key = package;
    other_key.descriptor.package_key[0] ^= 1;
    CHECK(test::code_of([&] { decrypt_agile(other_key, password); }) == ErrorCode::corrupt);
}

TEST_CASE("the stream that describes the encryption comes back as it was") {
    AgileDescriptor written = small_package("x").descriptor;
    const AgileDescriptor read = read_descriptor(write_descriptor(written), few_spins);
    CHECK(read.spins == few_spins);
    CHECK(read.package.salt == written.package.salt);
    CHECK(read.password.key_bytes == 32);
    CHECK(read.password.hash == Hash::sha512);
    CHECK(read.verifier_hash == written.verifier_hash);
    CHECK(read.hmac_key == written.hmac_key);
    CHECK(write_descriptor(read) == write_descriptor(written));
}

TEST_CASE("a description that asks for endless work or an unknown cipher is refused") {
    const AgileDescriptor descriptor = small_package("x").descriptor;
    const FileBytes bytes = write_descriptor(descriptor);
    const std::string good(bytes.begin(), bytes.end());
    const auto code_with = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return test::code_of([&] { read_descriptor({text.begin(), text.end()}, few_spins); });
    };
    CHECK(code_with("spinCount=\"10\"", "spinCount=\"11\"") == ErrorCode::corrupt);
    CHECK(code_with("spinCount=\"10\"", "spinCount=\"99999999999999999999\"") == ErrorCode::corrupt);
    CHECK(code_with("spinCount=\"10\"", "spinCount=\"-1\"") == ErrorCode::corrupt);
    CHECK(code_with("ChainingModeCBC", "ChainingModeCFB") == ErrorCode::corrupt);
    CHECK(code_with("SHA512", "MD5") == ErrorCode::corrupt);
    CHECK(code_with("keyBits=\"256\"", "keyBits=\"40\"") == ErrorCode::corrupt);
    CHECK(code_with("encryptedKeyValue", "encryptedKeyvalue") == ErrorCode::corrupt);
    CHECK(code_with("saltValue=\"", "saltValue=\"!") == ErrorCode::corrupt);
    CHECK(code_with("</encryption>", "") == ErrorCode::corrupt);
}

TEST_CASE("what is no locked Office file is damaged, not a wrong password") {
    CHECK(test::code_of([] { unlock_ooxml({}, "x"); }) == ErrorCode::corrupt);
    CHECK(test::code_of([] { unlock_ooxml(pattern(5000), "x"); }) == ErrorCode::corrupt);
    CHECK(test::code_of([] { unlock_ooxml(write_compound({stream("Other", pattern(10))}), "x"); }) ==
          ErrorCode::corrupt);
    const FileBytes whole = container_of(small_package("x"));
    const FileBytes cut(whole.begin(), whole.begin() + 1500);
    CHECK(test::code_of([&] { unlock_ooxml(cut, "x"); }) == ErrorCode::corrupt);
}

// Values of a file by Microsoft Office with the password "Password1234_", as msoffcrypto-tool publishes them in
// method/ecma376_agile.py.
TEST_CASE("keys are the ones that Microsoft Office derives") {
    const auto hex_bytes = [](std::string_view hex) {
        FileBytes out;
        for (std::size_t i = 0; i < hex.size(); i += 2) {
            out.push_back(static_cast<std::uint8_t>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
        }
        return out;
    };
    AgileCipher cipher;
    cipher.salt = hex_bytes("4c725d45dc610f939412a04da7910466");
    SecretBytes seed(cipher.salt.begin(), cipher.salt.end());
    const SecretBytes password = office_password("Password1234_");
    seed.insert(seed.end(), password.begin(), password.end());
    const SecretBytes key = agile_key(cipher, spun_digest(Hash::sha512, seed, 100'000), hex_bytes("146e0be7abacd0d6"));
    FileBytes value = hex_bytes("a16cd5165a7ab9d271113ed386a78cf49692e8e527b0c5fc0055ed080b7cb94b");
    decrypt_cbc(key, cipher.salt, value, value.data());
    CHECK(value == hex_bytes("40206609d9faadf24b076aebf2c435b74292c8b8a7aa81bc679be89711b02ac2"));
}
