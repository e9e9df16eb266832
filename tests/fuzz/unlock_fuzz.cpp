// Any bytes as a locked file: as the container itself, and as the descriptor or manifest of one that is otherwise
// whole, which mutations of a container seldom reach behind its checksums. The seeds are locked with few rounds and the
// password "x", so that whole files are opened, too. `unlock_fuzz --seeds=FOLDER` writes them.
#include "output/agile_encryption.hpp"
#include "output/compound_file.hpp"
#include "output/data_spaces.hpp"
#include "output/document_writer.hpp"
#include "output/odf_encryption.hpp"
#include "output/odf_manifest.hpp"
#include "output/write_file.hpp"
#include "saring/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace saring;
using namespace saring::output;

constexpr std::uint32_t few_spins = 100; // a mutation of the number shall not take a second
constexpr int few_iterations = 100;
constexpr std::string_view password = "x";

FileBytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

AgilePackage office_package() { return encrypt_agile(FileBytes(5000, 7), office_password(password), few_spins); }

std::vector<ZipEntry> odf_package() {
    std::vector<ZipEntry> entries{
        {"mimetype", bytes_of("application/vnd.oasis.opendocument.text"), true},
        {"content.xml", bytes_of("<text>a</text>")},
        {"Pictures/a.png", FileBytes(3000, 9)},
        {std::string(odf_manifest_name),
         bytes_of("<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
                  "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
                  "</manifest:manifest>")}};
    encrypt_odf(entries, password, few_iterations);
    return entries;
}

void write_seeds(const std::string& folder) {
    const auto write = [&](const std::string& name, const FileBytes& bytes) {
        write_file(folder + "/" + name, std::as_bytes(std::span(bytes)));
    };
    const AgilePackage package = office_package();
    const FileBytes descriptor = write_descriptor(package.descriptor);
    const std::vector<ZipEntry> entries = odf_package();
    write("descriptor", descriptor);
    write("manifest", find_entry(entries, odf_manifest_name)->bytes);
    write("container", write_compound({stream("EncryptionInfo", descriptor), data_spaces(),
                                       stream("EncryptedPackage", package.encrypted)}));
    write("archive", zip(entries));
}

// The lock's own errors are the only thing that may be thrown.
void run(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::corrupt && error.code() != ErrorCode::wrong_password) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
    constexpr std::string_view option = "--seeds=";
    const std::string_view first = *count > 1 ? (*arguments)[1] : "";
    if (first.starts_with(option)) {
        write_seeds(std::string(first.substr(option.size())));
        std::exit(0);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const AgilePackage package = office_package();
    static const std::vector<ZipEntry> archive = odf_package();
    const FileBytes bytes(data, data + size);
    run([&] { unlock_ooxml(bytes, password); });
    run([&] { unlock_odf(bytes, password); });
    run([&] {
        AgilePackage described = package;
        described.descriptor = read_descriptor(bytes, few_spins);
        decrypt_agile(described, office_password(password));
    });
    run([&] {
        std::vector<ZipEntry> entries = archive;
        entries.back().bytes = bytes;
        decrypt_odf(entries, password, few_iterations * 10);
    });
    return 0;
}
