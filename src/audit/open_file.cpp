#include "audit/open_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

namespace saring::audit {
namespace {

ErrorCode code_of(int number) {
    switch (number) {
    case ENOENT:
    case ENOTDIR: return ErrorCode::not_found;
    case EACCES:
    case EPERM: return ErrorCode::no_permission;
    case ENOMEM: return ErrorCode::out_of_memory;
    default: return ErrorCode::read_failed;
    }
}

} // namespace

Error error_of_system(int number, const std::filesystem::path& path) {
    const ErrorCode code = code_of(number);
    return Error(code, "walk", code == ErrorCode::read_failed ? std::strerror(number) : "").at_path(path.native());
}

Descriptor open_for_reading(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) {
        throw error_of_system(errno, path);
    }
    return file;
}

std::vector<std::byte> first_bytes(const std::filesystem::path& path, std::size_t most) {
    const Descriptor file = open_for_reading(path);
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) {
        throw error_of_system(errno, path);
    }
    if (!S_ISREG(facts.st_mode)) {
        throw Error(ErrorCode::not_a_file, "walk").at_path(path.native());
    }
    std::vector<std::byte> bytes(most);
    std::size_t have = 0;
    while (have < most) {
        const ssize_t got = ::read(file.get(), bytes.data() + have, most - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            throw error_of_system(errno, path);
        }
        if (got == 0) {
            break;
        }
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

} // namespace saring::audit
