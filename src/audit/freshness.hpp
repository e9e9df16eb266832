// Whether a file needs a worker at all. Size and time first, then the content's hash, then what its verdict was made
// with.
#pragma once

#include "audit/answers.hpp"
#include "audit/file_walk.hpp"
#include "audit/store.hpp"

#include <cstdint>
#include <string>

namespace saring::audit {

enum class Need : std::uint8_t {
    nothing, // what is known of it still holds
    judging, // its text was kept, and the rules have changed
    reading,
};

// What a content that is known needs today (`today` as "2026-08-17").
Need need_of(const KnownContent& known, const Currency& currency, const std::string& today);

// Whether the file is the one that was seen last, as far as the file system tells.
bool looks_unchanged(const FileEntry& entry, const SeenFile& seen);

// Whether a file that failed may succeed when nothing about it changed: a share that was away, a worker that was
// killed.
bool may_pass_later(const Error& error);

} // namespace saring::audit
