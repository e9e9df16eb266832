// flock(2) belongs to the opened file: it is not lost when another part of the process closes the same file, as locks
// of fcntl(2) are, and close-on-exec keeps workers from holding it after their parent is gone. The file itself stays:
// taking it away would let two audits lock two files of one name.
#include "audit/store_lock.hpp"

#include "audit/private_file.hpp"
#include "saring/error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace saring::audit {
namespace {

std::string holder_of(int fd) {
    std::array<char, 16> text{};
    const ssize_t count = ::pread(fd, text.data(), text.size() - 1, 0);
    const std::string id(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return id.empty() ? "another process" : "process " + id.substr(0, id.find('\n'));
}

} // namespace

StoreLock::StoreLock(const std::filesystem::path& store) {
    std::filesystem::path file = store;
    file += ".lock";
    make_private(file);
    fd_ = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (fd_ < 0) {
        throw Error(ErrorCode::write_failed, "store", std::strerror(errno)).at_path(file.native());
    }
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
        const bool busy = errno == EWOULDBLOCK;
        const Error error(busy ? ErrorCode::store_busy : ErrorCode::write_failed, "store",
                          busy ? holder_of(fd_) : std::strerror(errno));
        ::close(fd_);
        throw error.at_path(store.native());
    }
    const std::string id = std::to_string(::getpid()) + "\n";
    if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, id.data(), id.size(), 0) < 0) {
        // A full disk: the lock holds all the same, only nameless.
        return;
    }
}

StoreLock::~StoreLock() { ::close(fd_); }

} // namespace saring::audit
