// Encryption of the entries of an OpenDocument package. The idea and its source stand in odf_encryption.cpp.
#pragma once

#include "output/zip_archive.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace saring::output {

// Both change the entries and their manifest in place. Throw Error(bad_password) for an empty password, Error(corrupt)
// where there is no manifest.
void encrypt_odf(std::vector<ZipEntry>& entries, std::string_view password, int iterations);

// Throws Error(wrong_password); Error(corrupt) also for a package that is not wholly encrypted, and for one whose keys
// would take more than `most_iterations` together.
void decrypt_odf(std::vector<ZipEntry>& entries, std::string_view password, std::int64_t most_iterations);

} // namespace saring::output
