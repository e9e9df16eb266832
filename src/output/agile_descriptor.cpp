// The XML is written with its attributes in the order in which Office writes them, on one line after the declaration.
#include "output/agile_descriptor.hpp"

#include "saring/error.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>

namespace saring::output {
namespace {

// Version 4.4 and the flag fAgile, four little-endian fields of 2, 2 and 4 bytes.
constexpr std::array<std::uint8_t, 8> version{4, 0, 4, 0, 0x40, 0, 0, 0};
constexpr std::size_t most_bytes = 65536; // of a descriptor; Office writes about a thousand
constexpr std::size_t most_salt = 64;     // bytes; everybody writes 16

constexpr const char* encryption_uri = "http://schemas.microsoft.com/office/2006/encryption";
constexpr const char* password_uri = "http://schemas.microsoft.com/office/2006/keyEncryptor/password";
constexpr const char* certificate_uri = "http://schemas.microsoft.com/office/2006/keyEncryptor/certificate";

struct HashName {
    Hash hash;
    std::string_view name;
};
constexpr std::array hash_names{HashName{Hash::sha1, "SHA1"}, HashName{Hash::sha256, "SHA256"},
                                HashName{Hash::sha384, "SHA384"}, HashName{Hash::sha512, "SHA512"}};

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorCode::corrupt, "unlock", why); }

void set(pugi::xml_node node, const char* name, const std::string& value) {
    node.append_attribute(name).set_value(value.c_str());
}

void write_cipher(pugi::xml_node node, const AgileCipher& cipher) {
    const auto* name = std::ranges::find(hash_names, cipher.hash, &HashName::hash);
    set(node, "saltSize", std::to_string(cipher.salt.size()));
    set(node, "blockSize", std::to_string(aes_block));
    set(node, "keyBits", std::to_string(8 * cipher.key_bytes));
    set(node, "hashSize", std::to_string(size_of(cipher.hash)));
    set(node, "cipherAlgorithm", "AES");
    set(node, "cipherChaining", "ChainingModeCBC");
    set(node, "hashAlgorithm", std::string(name->name));
    set(node, "saltValue", base64(cipher.salt));
}

AgileCipher read_cipher(pugi::xml_node node) {
    if (std::string_view(node.attribute("cipherAlgorithm").value()) != "AES" ||
        std::string_view(node.attribute("cipherChaining").value()) != "ChainingModeCBC") {
        fail("encrypted by something else than AES-CBC");
    }
    const auto* name =
        std::ranges::find(hash_names, std::string_view(node.attribute("hashAlgorithm").value()), &HashName::name);
    if (name == hash_names.end()) {
        fail("an unknown hash");
    }
    const unsigned int bits = node.attribute("keyBits").as_uint();
    AgileCipher cipher{name->hash, bits / 8, from_base64(node.attribute("saltValue").value())};
    if ((bits != 128 && bits != 192 && bits != 256) || cipher.salt.empty() || cipher.salt.size() > most_salt) {
        fail("a key or a salt of an impossible length");
    }
    return cipher;
}

// What an attribute holds was encrypted, so it is whole blocks, at least enough for `bytes`.
FileBytes read_locked(pugi::xml_node node, const char* name, std::size_t bytes) {
    FileBytes value = from_base64(node.attribute(name).value());
    if (value.size() < bytes || value.size() % aes_block != 0) {
        fail(std::string("the value of ") + name + " has an impossible length");
    }
    return value;
}

// By name without its prefix, which any writer may choose.
pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    return parent.find_child([&](pugi::xml_node node) {
        const std::string_view whole(node.name());
        return whole.substr(whole.find(':') + 1) == name;
    });
}

pugi::xml_node password_encryptor(pugi::xml_node encryption) {
    for (const pugi::xml_node encryptor : child(encryption, "keyEncryptors").children()) {
        if (std::string_view(encryptor.attribute("uri").value()) == password_uri) {
            return child(encryptor, "encryptedKey");
        }
    }
    return {};
}

} // namespace

FileBytes write_descriptor(const AgileDescriptor& descriptor) {
    pugi::xml_document xml;
    pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    set(declaration, "standalone", "yes");
    pugi::xml_node root = xml.append_child("encryption");
    set(root, "xmlns", encryption_uri);
    set(root, "xmlns:p", password_uri);
    set(root, "xmlns:c", certificate_uri);
    write_cipher(root.append_child("keyData"), descriptor.package);
    pugi::xml_node integrity = root.append_child("dataIntegrity");
    set(integrity, "encryptedHmacKey", base64(descriptor.hmac_key));
    set(integrity, "encryptedHmacValue", base64(descriptor.hmac_value));
    pugi::xml_node encryptor = root.append_child("keyEncryptors").append_child("keyEncryptor");
    set(encryptor, "uri", password_uri);
    pugi::xml_node key = encryptor.append_child("p:encryptedKey");
    set(key, "spinCount", std::to_string(descriptor.spins));
    write_cipher(key, descriptor.password);
    set(key, "encryptedVerifierHashInput", base64(descriptor.verifier));
    set(key, "encryptedVerifierHashValue", base64(descriptor.verifier_hash));
    set(key, "encryptedKeyValue", base64(descriptor.package_key));

    std::ostringstream text;
    text.write(reinterpret_cast<const char*>(version.data()), version.size());
    xml.save(text, "", pugi::format_raw, pugi::encoding_utf8);
    const std::string written = std::move(text).str();
    return {written.begin(), written.end()};
}

AgileDescriptor read_descriptor(const FileBytes& stream, std::uint32_t most_spins) {
    if (stream.size() < version.size() || stream.size() > most_bytes ||
        !std::equal(version.begin(), version.end(), stream.begin())) {
        fail("no agile encryption");
    }
    pugi::xml_document xml;
    if (!xml.load_buffer(stream.data() + version.size(), stream.size() - version.size())) {
        fail("the description of the encryption is no XML");
    }
    const pugi::xml_node root = child(xml, "encryption");
    const pugi::xml_node integrity = child(root, "dataIntegrity");
    const pugi::xml_node key = password_encryptor(root);
    AgileDescriptor out;
    out.package = read_cipher(child(root, "keyData"));
    out.hmac_key = read_locked(integrity, "encryptedHmacKey", size_of(out.package.hash));
    out.hmac_value = read_locked(integrity, "encryptedHmacValue", size_of(out.package.hash));
    out.password = read_cipher(key);
    const long long spins = key.attribute("spinCount").as_llong(-1);
    if (spins < 0 || spins > most_spins) {
        fail("the password would have to be hashed too often, or nobody says how often");
    }
    out.spins = static_cast<std::uint32_t>(spins);
    out.verifier = read_locked(key, "encryptedVerifierHashInput", aes_block);
    out.verifier_hash = read_locked(key, "encryptedVerifierHashValue", size_of(out.password.hash));
    out.package_key = read_locked(key, "encryptedKeyValue", out.package.key_bytes);
    return out;
}

} // namespace saring::output
