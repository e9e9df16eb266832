#include "pipeline/output_path.hpp"

#include "saring/error.hpp"

#include <string>
#include <unistd.h>

namespace saring::pipeline {

std::filesystem::path numbered(const std::filesystem::path& file, std::size_t number) {
    return file.parent_path() / (file.stem().native() + "-" + std::to_string(number) + file.extension().native());
}

const output::DocumentFormat& format_for(const std::filesystem::path& file) {
    const output::DocumentFormat* format = output::format_of(file.extension().native());
    if (format == nullptr) {
        throw Error(ErrorCode::unknown_output, "write", file.extension().native()).at_path(file.native());
    }
    return *format;
}

void must_be_writable_folder(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        throw Error(ErrorCode::not_found, "write", "no such folder").at_path(folder.native());
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        throw Error(ErrorCode::no_permission, "write", "the folder is not writable").at_path(folder.native());
    }
}

void must_not_exist(const std::filesystem::path& file, bool replace) {
    std::error_code error;
    if (!replace && std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
        throw Error(ErrorCode::output_exists, "write").at_path(file.native());
    }
    if (std::filesystem::is_directory(file, error)) {
        throw Error(ErrorCode::is_folder, "write").at_path(file.native());
    }
}

} // namespace saring::pipeline
