// ZIP archives in memory, and XML for what lies in them. Office formats are ZIP archives of XML parts.
#pragma once

#include "output/document_writer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

struct ZipEntry {
    std::string name; // ASCII, "/" between folders
    FileBytes bytes;
    bool stored = false; // as it is: pictures are compressed already, and ODF wants its "mimetype" so
};

// The archive of the entries in their order. All entries carry one fixed time, so that the same document gives the same
// bytes. Throws Error(write_failed).
FileBytes zip(const std::vector<ZipEntry>& entries);

// All entries of an archive. Throws Error(write_failed) when it is damaged or claims to unpack to more than `most_bytes`;
// archives of others need a small limit, for what they claim is taken from memory before it is read.
inline constexpr std::uint64_t most_unzipped = std::uint64_t{4} << 30; // more is no document that we wrote
std::vector<ZipEntry> unzip(const FileBytes& archive, std::uint64_t most_bytes = most_unzipped);

// The entry of this name; null where there is none.
const ZipEntry* find_entry(const std::vector<ZipEntry>& entries, std::string_view name);

} // namespace saring::output
