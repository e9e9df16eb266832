#include "output/odf_manifest.hpp"

#include "saring/error.hpp"

#include <pugixml.hpp>

#include <array>
#include <sstream>
#include <utility>

namespace saring::output {
namespace {

constexpr const char* checksum_type = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k";
constexpr const char* cipher_name = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
// The name that ODF 1.2 gives to SHA-256, and that LibreOffice writes; the right one is read, too.
constexpr const char* start_key_name = "http://www.w3.org/2000/09/xmldsig#sha256";
constexpr const char* start_key_name_of_w3c = "http://www.w3.org/2001/04/xmlenc#sha256";
constexpr std::size_t key_bytes = 32;
constexpr std::size_t checksum_bytes = 32;
constexpr std::size_t most_salt = 64; // bytes; everybody writes 16

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorCode::corrupt, "unlock", why); }

std::string_view local(std::string_view name) { return name.substr(name.find(':') + 1); }

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    return parent.find_child([&](pugi::xml_node node) { return local(node.name()) == name; });
}

pugi::xml_attribute attribute(pugi::xml_node node, std::string_view name) {
    return node.find_attribute([&](pugi::xml_attribute each) { return local(each.name()) == name; });
}

std::string_view value(pugi::xml_node node, std::string_view name) { return attribute(node, name).value(); }

void set(pugi::xml_node node, const char* name, const std::string& text) {
    node.remove_attribute(name);
    node.append_attribute(name).set_value(text.c_str());
}

pugi::xml_node parsed(pugi::xml_document& xml, const FileBytes& manifest) {
    const bool is_xml = static_cast<bool>(xml.load_buffer(manifest.data(), manifest.size()));
    const pugi::xml_node root = is_xml ? child(xml, "manifest") : pugi::xml_node();
    if (!root) {
        fail("the manifest is missing or no XML");
    }
    return root;
}

FileBytes written(const pugi::xml_document& xml) {
    std::ostringstream text;
    xml.save(text, " ", pugi::format_indent | pugi::format_save_file_text, pugi::encoding_utf8);
    const std::string all = std::move(text).str();
    return {all.begin(), all.end()};
}

pugi::xml_node entry_for(pugi::xml_node root, const std::string& path) {
    for (const pugi::xml_node entry : root.children()) {
        if (local(entry.name()) == "file-entry" && value(entry, "full-path") == path) {
            return entry;
        }
    }
    pugi::xml_node entry = root.append_child("manifest:file-entry");
    set(entry, "manifest:full-path", path);
    set(entry, "manifest:media-type", "");
    return entry;
}

void add_lock(pugi::xml_node entry, const OdfLock& lock) {
    set(entry, "manifest:size", std::to_string(lock.size));
    pugi::xml_node data = entry.append_child("manifest:encryption-data");
    set(data, "manifest:checksum-type", checksum_type);
    set(data, "manifest:checksum", base64(lock.checksum));
    pugi::xml_node cipher = data.append_child("manifest:algorithm");
    set(cipher, "manifest:algorithm-name", cipher_name);
    set(cipher, "manifest:initialisation-vector", base64(lock.iv));
    pugi::xml_node start = data.append_child("manifest:start-key-generation");
    set(start, "manifest:start-key-generation-name", start_key_name);
    set(start, "manifest:key-size", std::to_string(key_bytes));
    pugi::xml_node derivation = data.append_child("manifest:key-derivation");
    set(derivation, "manifest:key-derivation-name", "PBKDF2");
    set(derivation, "manifest:key-size", std::to_string(key_bytes));
    set(derivation, "manifest:iteration-count", std::to_string(lock.iterations));
    set(derivation, "manifest:salt", base64(lock.salt));
}

OdfLock lock_of(pugi::xml_node entry, pugi::xml_node data) {
    const pugi::xml_node cipher = child(data, "algorithm");
    const pugi::xml_node start = child(data, "start-key-generation");
    const pugi::xml_node derivation = child(data, "key-derivation");
    const std::string_view start_name = value(start, "start-key-generation-name");
    if (value(data, "checksum-type") != checksum_type || value(cipher, "algorithm-name") != cipher_name ||
        (start_name != start_key_name && start_name != start_key_name_of_w3c) ||
        value(derivation, "key-derivation-name") != "PBKDF2" ||
        attribute(derivation, "key-size").as_uint() != key_bytes) {
        fail("an entry is encrypted in a way that is not supported");
    }
    OdfLock lock{std::string(value(entry, "full-path")), attribute(entry, "size").as_ullong(),
                 from_base64(value(data, "checksum")),   from_base64(value(cipher, "initialisation-vector")),
                 from_base64(value(derivation, "salt")), attribute(derivation, "iteration-count").as_int()};
    if (lock.checksum.size() != checksum_bytes || lock.iv.size() != aes_block || lock.salt.empty() ||
        lock.salt.size() > most_salt || lock.iterations < 1) {
        fail("the lock of an entry has impossible values");
    }
    return lock;
}

} // namespace

FileBytes manifest_with_locks(const FileBytes& manifest, const std::vector<OdfLock>& locks) {
    pugi::xml_document xml;
    const pugi::xml_node root = parsed(xml, manifest);
    for (const OdfLock& lock : locks) {
        add_lock(entry_for(root, lock.path), lock);
    }
    return written(xml);
}

FileBytes manifest_without_locks(const FileBytes& manifest) {
    pugi::xml_document xml;
    for (pugi::xml_node entry : parsed(xml, manifest).children()) {
        if (const pugi::xml_node data = child(entry, "encryption-data")) {
            entry.remove_child(data);
            entry.remove_attribute(attribute(entry, "size")); // belongs to encryption only
        }
    }
    return written(xml);
}

std::vector<OdfLock> locks_of(const FileBytes& manifest) {
    pugi::xml_document xml;
    std::vector<OdfLock> locks;
    for (const pugi::xml_node entry : parsed(xml, manifest).children()) {
        if (const pugi::xml_node data = child(entry, "encryption-data")) {
            locks.push_back(lock_of(entry, data));
        }
    }
    return locks;
}

} // namespace saring::output
