#include "audit/file_filter.hpp"

#include "audit/file_walk.hpp"

#include <algorithm>

namespace saring::audit {
namespace {

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

constexpr std::int64_t ns_per_second = 1'000'000'000;

// Seconds that are counted down, also before 1970.
std::int64_t seconds_of(std::int64_t ns) { return ns / ns_per_second - (ns % ns_per_second < 0 ? 1 : 0); }

std::vector<Glob> globs(const std::vector<std::string>& patterns, LetterCase letters) {
    std::vector<Glob> out;
    out.reserve(patterns.size());
    for (const std::string& pattern : patterns) {
        out.emplace_back(pattern, letters);
    }
    return out;
}

} // namespace

Filter::Filter(const FileFilter& filter)
    : filter_(filter), include_(globs(filter.include, LetterCase::any)),
      exclude_(globs(filter.exclude, LetterCase::exact)) {}

bool Filter::hidden(std::string_view below) const { return !filter_.hidden && last_name(below).starts_with('.'); }

bool Filter::excluded(std::string_view below, bool folder) const {
    return std::any_of(exclude_.begin(), exclude_.end(),
                       [&](const Glob& glob) { return (folder || !glob.folders_only()) && glob.matches(below); });
}

bool Filter::enters(std::string_view below) const { return !hidden(below) && !excluded(below, true); }

bool Filter::takes(std::string_view below) const { return !hidden(below) && takes_named(below); }

bool Filter::takes_named(std::string_view below) const {
    return !excluded(below, false) &&
           (include_.empty() || std::any_of(include_.begin(), include_.end(), [&](const Glob& glob) {
                return !glob.folders_only() && glob.matches(below);
            }));
}

// Whether all folders on the way are entered, from place `inside` of the path on.
bool Filter::reaches(std::string_view below, std::size_t inside) const {
    for (std::size_t slash = below.find('/', inside); slash != std::string::npos; slash = below.find('/', slash + 1)) {
        const std::string_view folder = below.substr(0, slash);
        const bool named = last_name(folder) != "." && last_name(folder) != ".."; // "./a.jpg" in a TAR is not hidden
        if (named && !enters(folder)) {
            return false;
        }
    }
    return true;
}

bool Filter::takes_member(std::string_view archive_below, std::string_view within) const {
    const std::string below = std::string(archive_below).append(member_mark).append(within);
    return reaches(below, archive_below.size() + member_mark.size()) && takes(below);
}

bool Filter::enters_member(std::string_view archive_below, std::string_view within) const {
    const std::string below = std::string(archive_below).append(member_mark).append(within);
    return reaches(below, archive_below.size() + member_mark.size()) && enters(below);
}

bool Filter::takes_size(std::uint64_t bytes) const { return bytes >= filter_.min_bytes && bytes <= filter_.max_bytes; }

bool Filter::takes_time(std::int64_t modified_ns) const {
    const std::int64_t seconds = seconds_of(modified_ns);
    return (!filter_.newer || seconds >= *filter_.newer) && (!filter_.older || seconds < *filter_.older);
}

bool Filter::takes_type(std::string_view media_type) const {
    return filter_.types.empty() ||
           std::any_of(filter_.types.begin(), filter_.types.end(), [&](const std::string& type) {
               return media_type == type ||
                      (type.find('/') == std::string::npos && media_type.substr(0, media_type.find('/')) == type);
           });
}

} // namespace saring::audit
