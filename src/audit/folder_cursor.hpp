// The names in one folder, sorted.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring::audit {

// Reads all names at once, so that what is made or deleted meanwhile neither repeats nor drops others; they lie in one
// string, as a folder may hold a million of them. Holds nothing open.
class FolderCursor {
public:
    // Throws Error(not_found, no_permission, read_failed). A symbolic link is not followed unless `follow`.
    FolderCursor(const std::filesystem::path& folder, bool follow);

    // Sorted by bytes, "." and ".." left out.
    [[nodiscard]] std::optional<std::string_view> next();

private:
    [[nodiscard]] std::string_view name(std::size_t at) const { return names_.c_str() + at; }

    std::string names_; // each with its NUL
    std::vector<std::size_t> starts_;
    std::size_t next_ = 0;
};

} // namespace saring::audit
