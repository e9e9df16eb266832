#include "audit/freshness.hpp"

namespace saring::audit {

Need need_of(const KnownContent& known, const Currency& currency, const std::string& today) {
    if (known.models_key != currency.models_key || !known.complete) {
        return Need::reading;
    }
    const bool ran_out = !known.judged_until.empty() && known.judged_until < today;
    if (known.rules_key == currency.rules_key && !ran_out) {
        return Need::nothing;
    }
    return known.has_reading ? Need::judging : Need::reading;
}

bool looks_unchanged(const FileEntry& entry, const SeenFile& seen) {
    return entry.bytes == seen.bytes && entry.modified_ns == seen.modified_ns && entry.inode == seen.inode;
}

bool may_pass_later(const Error& error) {
    switch (error.code()) {
    case ErrorCode::not_found:
    case ErrorCode::no_permission:
    case ErrorCode::read_failed:
    case ErrorCode::out_of_memory:
    case ErrorCode::worker_failed:
    case ErrorCode::time_limit: return true;
    default: return false;
    }
}

} // namespace saring::audit
