// What a store tells its user.
#pragma once

#include "audit/store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace saring::audit {

// On the first run: purpose, what is kept, where, how long, who answers for it, as people must be told whose data it
// may be (UU 27/2022 on personal data, article 21).
std::vector<std::string> first_notice(const StoreOptions& options);

std::string damage_notice(const std::filesystem::path& kept, std::uint64_t decisions, std::uint64_t contents,
                          Language language);
std::string migration_notice(const std::filesystem::path& kept, Language language);

} // namespace saring::audit
