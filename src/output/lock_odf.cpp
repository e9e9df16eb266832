// Locks the archive of an ODT the way LibreOffice does: AES-256 by entry, its key from 100,000 rounds of PBKDF2.
#include "output/document_writer.hpp"
#include "output/odf_encryption.hpp"
#include "output/zip_archive.hpp"

#include "saring/error.hpp"

namespace saring::output {
namespace {

constexpr int iterations = 100'000; // as LibreOffice takes; 0.04 s for us, and for every guess
// LibreOffice derives a key for each entry, so that a hundred entries must be allowed: a few seconds.
constexpr std::int64_t most_iterations = 100 * std::int64_t{iterations};

// Encrypted entries are stored, so that only the manifest may unpack to more than the archive has.
constexpr std::uint64_t most_manifest = std::uint64_t{16} << 20; // bytes

// For unzip() a damaged archive is a writer's error, for a reader of any file it is not.
std::vector<ZipEntry> entries_of(const FileBytes& archive, std::uint64_t most_bytes) {
    try {
        return unzip(archive, most_bytes);
    } catch (const Error& error) {
        throw Error(ErrorCode::corrupt, "unlock", error.detail());
    }
}

} // namespace

FileBytes lock_odf(const FileBytes& archive, std::string_view password) {
    std::vector<ZipEntry> entries = entries_of(archive, most_unzipped);
    encrypt_odf(entries, password, iterations);
    return zip(entries);
}

FileBytes unlock_odf(const FileBytes& archive, std::string_view password) {
    std::vector<ZipEntry> entries = entries_of(archive, archive.size() + most_manifest);
    decrypt_odf(entries, password, most_iterations);
    return zip(entries);
}

} // namespace saring::output
