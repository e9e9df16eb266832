// Matching with one point to go back to: after a mismatch, the last `*` (or `**`) takes one more character (or folder).
// That is enough, since an earlier star could only take what the later one can take as well; so the time is at most the
// product of the lengths, whatever the pattern.
#include "audit/glob.hpp"

#include "saring/error.hpp"

#include <algorithm>
#include <optional>

namespace saring::audit {
namespace {

constexpr std::string_view any_folders = "**";

[[noreturn]] void fail(std::string_view pattern) {
    throw Error(ErrorCode::bad_option, "walk", "the pattern '" + std::string(pattern) + "' is empty or has no end");
}

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        if (slash > at) {
            out.emplace_back(path.substr(at, slash - at));
        }
        at = slash + 1;
    }
    return out;
}

unsigned char folded(char c, LetterCase letters) {
    const auto byte = static_cast<unsigned char>(c);
    return letters == LetterCase::any && byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte + 32) : byte;
}

// Bytes of the character at `at`; a byte that begins no character counts as one.
std::size_t character(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    if (static_cast<unsigned char>(text[at]) >= 0xC0) {
        while (end < text.size() && end < at + 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            ++end;
        }
    }
    return end - at;
}

// The place behind the class that begins at `at`, npos where it has no end. The first sign may be "]" itself.
std::size_t end_of_class(std::string_view pattern, std::size_t at) {
    std::size_t i = at + 1;
    if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) {
        ++i;
    }
    const std::size_t end = pattern.find(']', i + 1);
    return end == std::string_view::npos ? end : end + 1;
}

bool in_class(std::string_view signs, std::string_view c, LetterCase letters) {
    bool negated = false;
    if (!signs.empty() && (signs.front() == '!' || signs.front() == '^')) {
        negated = true;
        signs.remove_prefix(1);
    }
    const auto fold = [&](std::string_view sign) {
        return sign.size() == 1 ? std::string(1, static_cast<char>(folded(sign.front(), letters))) : std::string(sign);
    };
    const std::string wanted = fold(c);
    bool found = false;
    for (std::size_t i = 0; i < signs.size() && !found;) {
        const std::string from = fold(signs.substr(i, character(signs, i)));
        i += from.size();
        std::string to = from;
        if (i + 1 < signs.size() && signs[i] == '-') {
            to = fold(signs.substr(i + 1, character(signs, i + 1)));
            i += 1 + to.size();
        }
        found = wanted >= from && wanted <= to; // UTF-8 sorts as its characters do
    }
    return found != negated;
}

// What is left of pattern and name.
struct Rest {
    std::size_t pattern = 0;
    std::size_t name = 0;
};

// Takes one sign of the pattern and what it matches; false where it does not match.
bool step(std::string_view pattern, std::string_view name, Rest& rest, LetterCase letters) {
    if (rest.pattern >= pattern.size() || rest.name >= name.size()) {
        return false;
    }
    const std::size_t length = character(name, rest.name);
    if (pattern[rest.pattern] == '?') {
        rest = {rest.pattern + 1, rest.name + length};
        return true;
    }
    if (pattern[rest.pattern] == '[') {
        const std::size_t end = end_of_class(pattern, rest.pattern);
        const bool in =
            in_class(pattern.substr(rest.pattern + 1, end - rest.pattern - 2), name.substr(rest.name, length), letters);
        rest = {end, rest.name + length};
        return in;
    }
    const std::size_t literal = rest.pattern + (pattern[rest.pattern] == '\\' ? 1 : 0);
    const bool same = folded(pattern[literal], letters) == folded(name[rest.name], letters);
    rest = {literal + 1, rest.name + 1};
    return same;
}

bool name_matches(std::string_view pattern, std::string_view name, LetterCase letters) {
    Rest rest;
    std::optional<Rest> back;
    while (rest.name < name.size() || rest.pattern < pattern.size()) {
        if (rest.pattern < pattern.size() && pattern[rest.pattern] == '*') {
            back = rest;
            ++rest.pattern;
            continue;
        }
        if (step(pattern, name, rest, letters)) {
            continue;
        }
        if (!back || back->name >= name.size()) {
            return false;
        }
        back->name += character(name, back->name);
        rest = {back->pattern + 1, back->name};
    }
    return true;
}

bool parts_match(const std::vector<std::string>& pattern, const std::vector<std::string>& path, LetterCase letters) {
    std::size_t p = 0;
    std::size_t n = 0;
    std::optional<std::pair<std::size_t, std::size_t>> back;
    while (n < path.size() || p < pattern.size()) {
        if (p < pattern.size() && pattern[p] == any_folders) {
            if (p + 1 == pattern.size()) {
                return n < path.size(); // "a/**" is everything below a, not a itself
            }
            back = {p, n};
            ++p;
            continue;
        }
        if (p < pattern.size() && n < path.size() && name_matches(pattern[p], path[n], letters)) {
            ++p;
            ++n;
            continue;
        }
        if (!back || back->second >= path.size()) {
            return false;
        }
        ++back->second;
        p = back->first + 1;
        n = back->second;
    }
    return true;
}

// Throws where a class or a backslash has no end.
void check(std::string_view name, std::string_view pattern) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\\') {
            if (++i == name.size()) {
                fail(pattern);
            }
        } else if (name[i] == '[') {
            const std::size_t end = end_of_class(name, i);
            if (end == std::string_view::npos) {
                fail(pattern);
            }
            i = end - 1;
        }
    }
}

} // namespace

Glob::Glob(std::string_view pattern, LetterCase letters)
    : parts_(split(pattern)), letters_(letters), folders_only_(pattern.ends_with('/')) {
    if (parts_.empty()) {
        fail(pattern);
    }
    for (const std::string& part : parts_) {
        check(part, pattern);
    }
    const std::string_view inner = folders_only_ ? pattern.substr(0, pattern.size() - 1) : pattern;
    if (inner.find('/') == std::string_view::npos && parts_.front() != any_folders) {
        parts_.insert(parts_.begin(), std::string(any_folders));
    }
}

bool Glob::matches(std::string_view path) const { return parts_match(parts_, split(path), letters_); }

} // namespace saring::audit
