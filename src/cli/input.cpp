#include "cli/input.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace saring::cli {

std::vector<std::byte> read_stdin(const Limits& limits) {
    std::vector<std::byte> out;
    std::array<std::byte, 65536> chunk;
    while (true) {
        const ssize_t got = ::read(STDIN_FILENO, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            throw Error(errno == EISDIR ? ErrorCode::is_folder : ErrorCode::read_failed, "load", std::strerror(errno))
                .at_path("-");
        }
        if (got == 0) {
            break;
        }
        out.insert(out.end(), chunk.begin(), chunk.begin() + got);
        if (out.size() > limits.file_bytes) {
            throw Error(ErrorCode::file_too_large, "load").at_path("-");
        }
    }
    if (out.empty()) {
        throw Error(ErrorCode::empty_file, "load").at_path("-");
    }
    return out;
}

} // namespace saring::cli
