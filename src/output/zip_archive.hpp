// ZIP archives in memory, and XML for what lies in them. Office formats are ZIP archives of XML parts.
#pragma once

#include "output/document_writer.hpp"

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

// All entries of an archive. Throws Error(write_failed) when it is damaged.
std::vector<ZipEntry> unzip(const FileBytes& archive);

// The entry of this name; null where there is none.
const ZipEntry* find_entry(const std::vector<ZipEntry>& entries, std::string_view name);

} // namespace saring::output
