// A list of paths, as find, git or a person writes it.
#pragma once

#include "audit/open_file.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace saring::audit {

// Reads paths one after the other, separated by NUL where the first part of the list holds one, else by line ends (of
// Windows, too). Empty lines are passed over.
class FileList {
public:
    // "-": standard input. Throws Error(not_found, no_permission, read_failed).
    explicit FileList(const std::filesystem::path& list);

    // Throws Error(read_failed).
    [[nodiscard]] std::optional<std::string> next();

private:
    void fill();

    std::filesystem::path list_;
    Descriptor file_;
    int fd_ = -1;
    std::string ahead_;
    std::size_t at_ = 0;
    bool over_ = false;
    char separator_ = '\n';
};

} // namespace saring::audit
