// Archives made on the spot.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace saring::test {

using Members = std::vector<std::pair<std::string, std::string>>; // name, content

struct ArchiveForm {
    bool zip = true;        // else TAR
    int filter = 0;         // ARCHIVE_FILTER_NONE, for TAR
    std::string password{}; // ZipCrypto; empty: open
    bool stored = false;    // not compressed
};

// Members were modified on 2026-08-17 at 00:00 UTC.
inline constexpr std::int64_t made_on = 1'786'924'800;
std::string archive_of(const Members& members, const ArchiveForm& form = {});

} // namespace saring::test
