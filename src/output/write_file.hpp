// Output is never half a file: written aside, synced, then renamed; mode 0600.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace saring::output {

// Throws Error(write_failed) with the reason; an existing file is replaced only by a whole new one.
void write_file(const std::filesystem::path& file, std::span<const std::byte> bytes);

} // namespace saring::output
