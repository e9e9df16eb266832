// Idea: every entry of the package is deflated, encrypted and stored; the manifest, which stays readable, tells how. A
// checksum over the first kilobyte of the deflated entry shows whether the password is right.
// Source: ODF 1.2 part 3, 3.4 (encryption) and section 4 (manifest); padding as in XML Encryption 5.2.
// One salt serves the whole package, so that its key is derived once; each entry has its own initialisation vector.
// Cannot do: hide names and sizes of entries, or notice a change behind the first kilobyte of an entry that still
// inflates to the right size, for ODF 1.2 has no seal over the package. Blowfish and AES-GCM are not read.
#include "output/odf_encryption.hpp"

#include "output/deflate.hpp"
#include "output/odf_manifest.hpp"

#include "saring/error.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace saring::output {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t key_bytes = 32;
constexpr std::size_t checked_bytes = 1024; // of the deflated entry

// A hostile manifest may ask for any amount of memory.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30; // of all plain entries
constexpr std::size_t most_entries = 10'000;                 // each is looked up in a list

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorCode::corrupt, "unlock", why); }

// Folders hold nothing, and readers need the others before they know a password.
bool stays_open(const ZipEntry& entry) {
    return entry.name == "mimetype" || entry.name.starts_with("META-INF/") || entry.name.ends_with('/');
}

SecretBytes start_key(std::string_view password) {
    if (password.empty()) {
        throw Error(ErrorCode::bad_password, "lock", "it is empty");
    }
    return digest(Hash::sha256, {ByteSpan(reinterpret_cast<const std::uint8_t*>(password.data()), password.size())});
}

FileBytes checksum_of(const FileBytes& deflated_entry) {
    const ByteSpan all(deflated_entry);
    const SecretBytes hash = digest(Hash::sha256, {all.first(std::min(checked_bytes, all.size()))});
    return {hash.begin(), hash.end()};
}

// The last byte tells how many were added; at least one always is.
void pad(FileBytes& bytes) {
    const std::size_t count = aes_block - bytes.size() % aes_block;
    bytes.resize(bytes.size() + count);
    bytes.back() = static_cast<std::uint8_t>(count);
}

bool unpad(FileBytes& bytes) {
    const std::size_t count = bytes.empty() ? 0 : bytes.back();
    if (count < 1 || count > aes_block) {
        return false;
    }
    bytes.resize(bytes.size() - count); // whole blocks, so never fewer than the count
    return true;
}

OdfLock lock_entry(ZipEntry& entry, const SecretBytes& key, const FileBytes& salt, int iterations) {
    FileBytes packed = deflated(entry.bytes);
    OdfLock lock{entry.name, entry.bytes.size(), checksum_of(packed), random_bytes(aes_block), salt, iterations};
    pad(packed);
    encrypt_cbc(key, lock.iv, packed, packed.data());
    entry.bytes = std::move(packed);
    entry.stored = true;
    return lock;
}

// Keys by salt and iterations: a package of one salt needs one.
class Keys {
public:
    Keys(SecretBytes start, std::int64_t most_iterations) : start_(std::move(start)), room_(most_iterations) {}

    const SecretBytes& key_for(const OdfLock& lock) {
        const auto [place, is_new] = keys_.try_emplace({lock.salt, lock.iterations});
        if (is_new) {
            room_ -= lock.iterations;
            if (room_ < 0) {
                fail("the password would have to be hashed too often");
            }
            place->second = pbkdf2_sha1(start_, lock.salt, lock.iterations, key_bytes);
        }
        return place->second;
    }

private:
    SecretBytes start_;
    std::map<std::pair<FileBytes, int>, SecretBytes> keys_;
    std::int64_t room_;
};

// The deflated entry, or nothing where password and checksum do not fit.
std::optional<FileBytes> opened(const ZipEntry& entry, const OdfLock& lock, const SecretBytes& key) {
    if (entry.bytes.empty() || entry.bytes.size() % aes_block != 0) {
        fail("the entry " + entry.name + " has an impossible size");
    }
    FileBytes packed(entry.bytes.size());
    decrypt_cbc(key, lock.iv, entry.bytes, packed.data());
    if (!unpad(packed) || !same(checksum_of(packed), lock.checksum)) {
        return std::nullopt;
    }
    return packed;
}

ZipEntry& entry_of(std::vector<ZipEntry>& entries, std::string_view name) {
    const auto entry = std::ranges::find(entries, name, &ZipEntry::name);
    if (entry == entries.end()) {
        fail("the package has no entry " + std::string(name));
    }
    return *entry;
}

// Whatever is not locked was put there by somebody without the password.
void require_all_locked(const std::vector<ZipEntry>& entries, const std::vector<OdfLock>& locks) {
    if (locks.empty() || std::max(entries.size(), locks.size()) > most_entries) {
        fail("the package is not encrypted, or has too many entries");
    }
    for (const ZipEntry& entry : entries) {
        if (!stays_open(entry) && std::ranges::find(locks, entry.name, &OdfLock::path) == locks.end()) {
            fail("the entry " + entry.name + " is not encrypted");
        }
    }
}

} // namespace

void encrypt_odf(std::vector<ZipEntry>& entries, std::string_view password, int iterations) {
    const FileBytes salt = random_bytes(salt_bytes);
    const SecretBytes key = pbkdf2_sha1(start_key(password), salt, iterations, key_bytes);
    std::vector<OdfLock> locks;
    for (ZipEntry& entry : entries) {
        if (!stays_open(entry)) {
            locks.push_back(lock_entry(entry, key, salt, iterations));
        }
    }
    FileBytes& manifest = entry_of(entries, odf_manifest_name).bytes;
    manifest = manifest_with_locks(manifest, locks);
}

void decrypt_odf(std::vector<ZipEntry>& entries, std::string_view password, std::int64_t most_iterations) {
    Keys keys(start_key(password), most_iterations);
    FileBytes& manifest = entry_of(entries, odf_manifest_name).bytes;
    const std::vector<OdfLock> locks = locks_of(manifest);
    require_all_locked(entries, locks);
    bool password_fits = false;
    std::uint64_t room = most_bytes;
    for (const OdfLock& lock : locks) {
        ZipEntry& entry = entry_of(entries, lock.path);
        if (lock.size > room) {
            fail("the package is too large");
        }
        room -= lock.size;
        const std::optional<FileBytes> packed = opened(entry, lock, keys.key_for(lock));
        if (!packed && !password_fits) {
            throw Error(ErrorCode::wrong_password, "unlock");
        } else if (!packed) {
            fail("the entry " + entry.name + " was changed");
        }
        password_fits = true;
        entry.bytes = inflated(*packed, static_cast<std::size_t>(lock.size));
        entry.stored = false;
    }
    manifest = manifest_without_locks(manifest);
}

} // namespace saring::output
