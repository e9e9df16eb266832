// What can still be read of a damaged store.
#pragma once

#include "audit/sqlite.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace saring::audit {

struct Rescued {
    std::uint64_t decisions = 0;
    std::uint64_t contents = 0;
};

// How the texts of the damaged store are locked, for TextVault::open(); empty where that is lost.
std::string rescued_vault(const std::filesystem::path& damaged);

// Copies rows into a new, empty store. Contents lose the key of their rules, so that whatever was concluded is
// concluded again from text that proves to be whole, or from the picture.
Rescued rescue(const std::filesystem::path& damaged, Database& fresh);

} // namespace saring::audit
