#include "audit/file_list.hpp"

#include <cerrno>
#include <fcntl.h>

namespace saring::audit {
namespace {

constexpr std::size_t chunk_bytes = 64 << 10; // longer than any path, so that the first holds a separator
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

} // namespace

FileList::FileList(const std::filesystem::path& list) : list_(list) {
    if (list == "-") {
        fd_ = STDIN_FILENO;
    } else {
        file_ = Descriptor(::open(list.c_str(), O_RDONLY | O_CLOEXEC)); // may be a pipe: waits for its writer
        fd_ = file_.get();
        if (fd_ < 0) {
            throw error_of_system(errno, list);
        }
    }
    while (!over_ && ahead_.size() < chunk_bytes) {
        fill();
    }
    if (ahead_.find('\0') != std::string::npos) {
        separator_ = '\0';
    } else if (ahead_.starts_with(byte_order_mark)) {
        at_ = byte_order_mark.size();
    }
}

void FileList::fill() {
    ahead_.erase(0, at_);
    at_ = 0;
    const std::size_t have = ahead_.size();
    ahead_.resize(have + chunk_bytes);
    ssize_t got = 0;
    do {
        got = ::read(fd_, ahead_.data() + have, chunk_bytes);
    } while (got < 0 && errno == EINTR);
    ahead_.resize(have + static_cast<std::size_t>(got > 0 ? got : 0));
    over_ = got <= 0;
    if (got < 0) {
        throw error_of_system(errno, list_);
    }
}

std::optional<std::string> FileList::next() {
    for (;;) {
        const std::size_t end = ahead_.find(separator_, at_);
        if (end == std::string::npos && !over_) {
            if (ahead_.size() - at_ > chunk_bytes) {
                over_ = true;
                ahead_.clear();
                at_ = 0;
                throw Error(ErrorCode::read_failed, "walk", "a line is too long for a path").at_path(list_.native());
            }
            fill();
            continue;
        }
        if (end == std::string::npos && at_ == ahead_.size()) {
            return {};
        }
        std::string path = ahead_.substr(at_, end == std::string::npos ? end : end - at_);
        at_ = end == std::string::npos ? ahead_.size() : end + 1;
        if (separator_ == '\n' && path.ends_with('\r')) {
            path.pop_back();
        }
        if (!path.empty()) {
            return path;
        }
    }
}

} // namespace saring::audit
