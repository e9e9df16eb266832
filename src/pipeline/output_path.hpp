// Where a converted document goes: its format, and whether it may be written there.
#pragma once

#include "output/document_writer.hpp"

#include <cstddef>
#include <filesystem>

namespace saring::pipeline {

// "dir/foto.png" as "dir/foto-3.png".
std::filesystem::path numbered(const std::filesystem::path& file, std::size_t number);

// By the file's extension. Throws Error(unknown_output).
const output::DocumentFormat& format_for(const std::filesystem::path& file);

// Throws Error(not_found) where the folder is missing, Error(no_permission) where nothing may be written in it.
void must_be_writable_folder(const std::filesystem::path& file);

// Throws Error(output_exists) unless `replace`, Error(is_folder) in any case.
void must_not_exist(const std::filesystem::path& file, bool replace);

} // namespace saring::pipeline
