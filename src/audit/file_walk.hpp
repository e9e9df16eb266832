// The files of a gallery, one after the other, in the memory of one folder's names.
#pragma once

#include "saring/audit.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace saring::audit {

inline constexpr std::string_view member_mark = "!/";           // between an archive's path and its member's name
inline constexpr std::uint64_t most_member_bytes = 64ULL << 20; // held in memory, and again as base64 for a worker

// A file, or a member of an archive.
struct FileEntry {
    std::string path;           // as told to people and kept in the store; "archive.zip!/member" for members
    std::filesystem::path file; // what to open: the file itself, or the archive
    std::string member;         // empty for files
    std::uint64_t bytes = 0;
    std::int64_t modified_ns = 0; // since 1970; of the member, else of its archive
    std::uint64_t inode = 0;      // of the file or archive
    std::uint64_t device = 0;
    std::string media_type; // by content; empty: not looked at yet; other_type: looked at, and nothing for us
};
inline constexpr std::string_view other_type = "application/octet-stream";

// Walks roots and lists in a stable order (names sorted within a folder). Symbolic links that lead in circles and files
// met twice are passed over. A folder that cannot be opened, an archive that is damaged, a file that vanished: an Error
// with its path, and the walk goes on.
class FileWalk {
public:
    // Throws Error(not_found, no_permission, bad_option) for a root that is not there or a wrong glob.
    explicit FileWalk(const AuditOptions& options);
    ~FileWalk();
    FileWalk(const FileWalk&) = delete;
    FileWalk& operator=(const FileWalk&) = delete;

    // The next file that the filter lets through; empty at the end. Files are not opened, except archives.
    [[nodiscard]] std::optional<std::variant<FileEntry, Error>> next();

    // The bytes of the archive's member that next() returned last, once, at most `most`; Error(file_too_large, corrupt,
    // truncated, password_needed, read_failed) with its path.
    [[nodiscard]] std::vector<std::byte> content(std::uint64_t most);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

// The same later on, for a single member by the name that FileEntry gave it. Error(not_found) where it is gone.
std::vector<std::byte> member_content(const std::filesystem::path& archive, std::string_view member,
                                      std::uint64_t most);

// The media type of a file by its first bytes, "" for what is neither picture, film nor document. Errors of opening.
std::string media_type_of(const std::filesystem::path& file);

// Whether the name promises a picture, film or document, so that a content that is none means damage.
bool promises_picture(std::string_view path);

// Tells new and changed files below some folders, by inotify; folders made later are watched too.
class FolderWatch {
public:
    explicit FolderWatch(const std::vector<std::filesystem::path>& folders);
    ~FolderWatch();
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;

    // Waits until something was written (closed after writing, moved in) and has been quiet for a moment, or the time
    // is over. True: walk again. Where events were lost, true.
    bool wait(std::chrono::milliseconds most, const std::atomic<bool>* stop);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace saring::audit
