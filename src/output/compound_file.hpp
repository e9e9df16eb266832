// OLE compound files in memory, by libgsf: the container of locked DOCX and PPTX files. Format: [MS-CFB].
#pragma once

#include "output/document_writer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

// A stream, or a storage (folder) of further entries.
struct CompoundEntry {
    std::string name; // UTF-8; at most 31 UTF-16 units
    FileBytes bytes;  // stream
    std::vector<CompoundEntry> children;
    bool storage = false;
};

CompoundEntry stream(std::string name, FileBytes bytes);
CompoundEntry storage(std::string name, std::vector<CompoundEntry> children);

// Throws Error(write_failed).
FileBytes write_compound(const std::vector<CompoundEntry>& entries);

// A stream of the root storage. Throws Error(corrupt), for what is no compound file and for a missing stream alike.
FileBytes read_compound(const FileBytes& file, std::string_view name);

} // namespace saring::output
