#include "output/write_file.hpp"

#include "saring/error.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>

namespace saring::output {
namespace {

// A temporary file beside the target that vanishes unless it is renamed.
class Aside {
public:
    explicit Aside(const std::filesystem::path& target) : name_(target.native() + ".XXXXXX") {
        fd_ = ::mkstemp(name_.data()); // mode 0600
    }
    ~Aside() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
        if (!done_) {
            ::unlink(name_.c_str());
        }
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;

    bool write(std::span<const std::byte> bytes) {
        std::size_t done = 0;
        while (fd_ >= 0 && done < bytes.size()) {
            const ssize_t wrote = ::write(fd_, bytes.data() + done, bytes.size() - done);
            if (wrote < 0 && errno == EINTR) {
                continue;
            }
            if (wrote <= 0) {
                return false;
            }
            done += static_cast<std::size_t>(wrote);
        }
        return fd_ >= 0 && ::fsync(fd_) == 0;
    }

    bool rename_to(const std::filesystem::path& target) {
        done_ = std::rename(name_.c_str(), target.c_str()) == 0;
        return done_;
    }

private:
    std::string name_;
    int fd_ = -1;
    bool done_ = false;
};

} // namespace

void write_file(const std::filesystem::path& file, std::span<const std::byte> bytes) {
    Aside aside(file);
    if (!aside.write(bytes) || !aside.rename_to(file)) {
        throw Error(ErrorCode::write_failed, "write", std::strerror(errno)).at_path(file.native());
    }
}

} // namespace saring::output
