// Locks the archive of a DOCX or PPTX the way Microsoft Office does since 2013: agile encryption with AES-256, SHA-512
// and 100,000 spins, in a compound file.
#include "output/agile_encryption.hpp"
#include "output/compound_file.hpp"
#include "output/data_spaces.hpp"
#include "output/document_writer.hpp"

namespace saring::output {
namespace {

constexpr std::uint32_t spins = 100'000; // as Office; about 0.05 s for us, for everybody who opens and for every guess
// The specification allows ten million, which is several seconds for a file that came from anywhere.
constexpr std::uint32_t most_spins = 1'000'000;

constexpr const char* info_name = "EncryptionInfo";
constexpr const char* package_name = "EncryptedPackage";

} // namespace

FileBytes lock_ooxml(const FileBytes& archive, std::string_view password) {
    AgilePackage package = encrypt_agile(archive, office_password(password), spins);
    return write_compound({stream(info_name, write_descriptor(package.descriptor)), data_spaces(),
                           stream(package_name, std::move(package.encrypted))});
}

FileBytes unlock_ooxml(const FileBytes& container, std::string_view password) {
    const SecretBytes secret = office_password(password);
    AgilePackage package;
    package.descriptor = read_descriptor(read_compound(container, info_name), most_spins);
    package.encrypted = read_compound(container, package_name);
    return decrypt_agile(package, secret);
}

} // namespace saring::output
