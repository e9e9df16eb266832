#include "audit/private_file.hpp"

#include "saring/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace saring::audit {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

[[noreturn]] void fail(const std::filesystem::path& file) {
    const int reason = errno;
    const ErrorCode code = reason == EISDIR   ? ErrorCode::is_folder
                           : reason == EACCES ? ErrorCode::no_permission
                                              : ErrorCode::write_failed;
    throw Error(code, "store", std::strerror(reason)).at_path(file.native());
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& file, int flags, mode_t mode = owner_only)
        : fd_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool valid() const { return fd_ >= 0; }

private:
    int fd_;
};

bool write_all(int fd, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t wrote = ::write(fd, bytes, size);
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            return false;
        }
        bytes += wrote;
        size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

void make_folder(const std::filesystem::path& folder) {
    if (folder.empty() || std::filesystem::exists(folder)) {
        return;
    }
    make_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        fail(folder);
    }
}

} // namespace

void make_private(const std::filesystem::path& file) {
    make_folder(file.parent_path());
    const Descriptor made(file, O_RDWR | O_CREAT);
    struct stat facts {};
    if (!made.valid() || ::fstat(made.get(), &facts) != 0) {
        fail(file);
    }
    if (!S_ISREG(facts.st_mode)) {
        throw Error(ErrorCode::not_a_file, "store").at_path(file.native());
    }
    if ((facts.st_mode & 0777) != owner_only && ::fchmod(made.get(), owner_only) != 0) {
        fail(file);
    }
}

void copy_private(const std::filesystem::path& from, const std::filesystem::path& to) {
    const Descriptor source(from, O_RDONLY);
    const Descriptor target(to, O_WRONLY | O_CREAT | O_EXCL);
    if (!source.valid() || !target.valid()) {
        fail(to);
    }
    std::array<char, 1 << 16> block{};
    for (ssize_t count = 0; (count = ::read(source.get(), block.data(), block.size())) != 0;) {
        if (count < 0 || !write_all(target.get(), block.data(), static_cast<std::size_t>(count))) {
            fail(to);
        }
    }
    if (::fsync(target.get()) != 0) {
        fail(to);
    }
}

void wipe_file(const std::filesystem::path& file) {
    const Descriptor opened(file, O_WRONLY | O_NOFOLLOW);
    struct stat facts {};
    if (opened.valid() && ::fstat(opened.get(), &facts) == 0 && S_ISREG(facts.st_mode)) {
        const std::array<char, 1 << 16> zeros{};
        for (auto left = static_cast<std::size_t>(facts.st_size); left > 0;) {
            const std::size_t count = std::min(left, zeros.size());
            if (!write_all(opened.get(), zeros.data(), count)) {
                fail(file);
            }
            left -= count;
        }
        ::fsync(opened.get());
    }
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
        fail(file);
    }
}

std::vector<std::filesystem::path> files_beside(const std::filesystem::path& file, const std::string& suffix) {
    std::vector<std::filesystem::path> found;
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    std::error_code ignored; // a folder that cannot be listed has nothing to show
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().filename().native().starts_with(file.filename().native() + suffix)) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace saring::audit
