// META-INF/manifest.xml of an OpenDocument package: which entries are encrypted, and how. ODF 1.2 part 3, section 4.
#pragma once

#include "output/cipher.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

inline constexpr std::string_view odf_manifest_name = "META-INF/manifest.xml";

struct OdfLock {
    std::string path;       // of the entry
    std::uint64_t size = 0; // of the plain entry, in bytes
    FileBytes checksum;     // SHA-256 of the first 1,024 deflated bytes
    FileBytes iv;           // of AES-256-CBC
    FileBytes salt;         // of PBKDF2
    int iterations = 0;
};

// The manifest with the locks in it. Throws Error(corrupt) for what is no manifest.
FileBytes manifest_with_locks(const FileBytes& manifest, const std::vector<OdfLock>& locks);
FileBytes manifest_without_locks(const FileBytes& manifest);

// In the order of the manifest. Throws Error(corrupt), also for other ciphers than ours.
std::vector<OdfLock> locks_of(const FileBytes& manifest);

} // namespace saring::output
