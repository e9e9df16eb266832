// Reading whole inputs for commands.
#pragma once

#include "saring/scan.hpp"

#include <cstddef>
#include <vector>

namespace saring::cli {

// Everything on standard input. Throws Error: empty_file, file_too_large, read_failed.
std::vector<std::byte> read_stdin(const Limits& limits);

} // namespace saring::cli
