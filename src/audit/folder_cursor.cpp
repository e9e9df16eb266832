#include "audit/folder_cursor.hpp"

#include "audit/open_file.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>

namespace saring::audit {
namespace {

struct Close {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

std::unique_ptr<DIR, Close> opened(const std::filesystem::path& folder, bool follow) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
    if (fd < 0) {
        throw error_of_system(errno, folder);
    }
    std::unique_ptr<DIR, Close> handle(::fdopendir(fd));
    if (!handle) {
        const int number = errno;
        ::close(fd);
        throw error_of_system(number, folder);
    }
    return handle;
}

} // namespace

FolderCursor::FolderCursor(const std::filesystem::path& folder, bool follow) {
    const auto handle = opened(folder, follow);
    for (;;) {
        errno = 0;
        const dirent* item = ::readdir(handle.get());
        if (item == nullptr) {
            break;
        }
        const std::string_view name = item->d_name;
        if (name != "." && name != "..") {
            starts_.push_back(names_.size());
            names_.append(name).push_back('\0');
        }
    }
    if (errno != 0) {
        throw error_of_system(errno, folder);
    }
    std::sort(starts_.begin(), starts_.end(), [&](std::size_t a, std::size_t b) { return name(a) < name(b); });
}

std::optional<std::string_view> FolderCursor::next() {
    return next_ < starts_.size() ? std::optional(name(starts_[next_++])) : std::nullopt;
}

} // namespace saring::audit
