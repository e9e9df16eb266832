// Opening files of a gallery for reading, with the system's errors as ours.
#pragma once

#include "saring/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace saring::audit {

// Closes what it holds.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

// What `number` of errno means for a file of the gallery.
Error error_of_system(int number, const std::filesystem::path& path);

// Opens for reading; does not hang on a pipe without a writer. Throws not_found, no_permission, read_failed.
Descriptor open_for_reading(const std::filesystem::path& path);

// At most `most` bytes from the begin; throws like the above, and not_a_file for folders, pipes and devices.
std::vector<std::byte> first_bytes(const std::filesystem::path& path, std::size_t most);

} // namespace saring::audit
