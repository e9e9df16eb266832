// Files that only their owner may read, whatever his umask says, and that are overwritten before they go.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace saring::audit {

// Makes an empty file with mode 0600, and its folder with 0700 where there is none. An existing file is left as it is,
// but closed to others. Throws Error(write_failed, no_permission, is_folder).
void make_private(const std::filesystem::path& file);

void copy_private(const std::filesystem::path& from, const std::filesystem::path& to); // `to` must not exist

// Overwrites with zeros, waits for the disk, removes. File systems that write elsewhere (copy on write) and flash keep
// what they keep. Nothing happens where there is no such file.
void wipe_file(const std::filesystem::path& file);

// Files in the folder of `file` whose name is its name and `suffix` and whatever follows, sorted.
std::vector<std::filesystem::path> files_beside(const std::filesystem::path& file, const std::string& suffix);

} // namespace saring::audit
