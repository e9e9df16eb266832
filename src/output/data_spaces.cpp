// Idea: a data space is a chain of transforms that a stream went through. An encrypted package has one stream, one data
// space and one transform, so the four streams are always the same; only their layout matters.
// Source: [MS-OFFCRYPTO] 2.1 (data spaces) and 2.2 (the names that ECMA-376 encryption uses). Integers are
// little-endian, strings carry their length in bytes and are padded to four bytes (2.1.2, UNICODE-LP-P4).
// LibreOffice and msoffcrypto-tool open files without this storage; Microsoft Office asks for it.
#include "output/data_spaces.hpp"

#include <cstdint>
#include <string_view>

namespace saring::output {
namespace {

constexpr std::string_view data_space_name = "StrongEncryptionDataSpace";
constexpr std::string_view transform_name = "StrongEncryptionTransform";
constexpr std::string_view feature = "Microsoft.Container.DataSpaces";
constexpr std::string_view transform_class = "Microsoft.Container.EncryptionTransform";
constexpr std::string_view transform_id = "{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}";
constexpr std::uint32_t header_bytes = 8; // of the map and of a data space: two integers

void put16(FileBytes& out, std::uint32_t value) {
    out.push_back(static_cast<std::uint8_t>(value));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
}

void put32(FileBytes& out, std::uint32_t value) {
    put16(out, value);
    put16(out, value >> 16);
}

void put_text(FileBytes& out, std::string_view ascii) {
    put32(out, static_cast<std::uint32_t>(2 * ascii.size()));
    for (const char letter : ascii) {
        put16(out, static_cast<std::uint8_t>(letter));
    }
    if (ascii.size() % 2 != 0) {
        put16(out, 0);
    }
}

// Reader, updater and writer version, each 1.0.
void put_versions(FileBytes& out) {
    for (int i = 0; i < 3; ++i) {
        put16(out, 1);
        put16(out, 0);
    }
}

// 2.1.5 DataSpaceVersionInfo
FileBytes version() {
    FileBytes out;
    put_text(out, feature);
    put_versions(out);
    return out;
}

// 2.1.6 DataSpaceMap with one entry: the stream EncryptedPackage is in our data space.
FileBytes map() {
    FileBytes entry;
    constexpr std::uint32_t components = 1;
    constexpr std::uint32_t is_stream = 0;
    put32(entry, components);
    put32(entry, is_stream);
    put_text(entry, "EncryptedPackage");
    put_text(entry, data_space_name);

    FileBytes out;
    put32(out, header_bytes);
    put32(out, 1);                                            // entries
    put32(out, static_cast<std::uint32_t>(4 + entry.size())); // the length counts itself
    out.insert(out.end(), entry.begin(), entry.end());
    return out;
}

// 2.1.7 DataSpaceDefinition: the data space has one transform.
FileBytes definition() {
    FileBytes out;
    put32(out, header_bytes);
    put32(out, 1); // transforms
    put_text(out, transform_name);
    return out;
}

// 2.1.8 TransformInfoHeader and 2.1.9 EncryptionTransformInfo. Agile encryption tells its algorithm in EncryptionInfo,
// so that the name here is null and the block size 0, as Office writes it.
FileBytes primary() {
    FileBytes id;
    put_text(id, transform_id);
    FileBytes out;
    put32(out, static_cast<std::uint32_t>(8 + id.size())); // up to the name
    put32(out, 1);                                         // type of transform
    out.insert(out.end(), id.begin(), id.end());
    put_text(out, transform_class);
    put_versions(out);
    put32(out, 0); // name of the algorithm
    put32(out, 0); // block size
    put32(out, 0); // cipher mode
    put32(out, 4); // reserved
    return out;
}

} // namespace

CompoundEntry data_spaces() {
    return storage("\6DataSpaces", {stream("Version", version()), stream("DataSpaceMap", map()),
                                    storage("DataSpaceInfo", {stream(std::string(data_space_name), definition())}),
                                    storage("TransformInfo",
                                            {storage(std::string(transform_name), {stream("\6Primary", primary())})})});
}

} // namespace saring::output
