#include "text/hyphens.hpp"

#include <string>
#include <string_view>

namespace saring::text {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }

std::string lower_letters(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_letter(c)) {
            break;
        }
        out += static_cast<char>(c | 0x20);
    }
    return out;
}

// What stands before the hyphen at the end; empty where the word does not end with a letter and a hyphen.
std::string_view before_hyphen(std::string_view word) {
    for (const std::string_view hyphen : {"-", "\u2010", "\u00AD"}) {
        if (word.ends_with(hyphen)) {
            word.remove_suffix(hyphen.size());
            return !word.empty() && is_letter(word.back()) ? word : std::string_view{};
        }
    }
    return {};
}

// "anak-" and "anaknya", "sayur-" and "mayur", "ber-angan-" and "angan".
bool is_reduplication(std::string_view before, const std::string& after) {
    const std::size_t inner = before.rfind('-');
    const std::string half = lower_letters(inner == before.npos ? before : before.substr(inner + 1));
    constexpr std::size_t shortest = 3;    // letters of a half
    constexpr std::size_t same_ending = 3; // letters that rhyme in "sayur-mayur", "bolak-balik" aside
    if (half.size() < shortest || after.size() < shortest) {
        return false;
    }
    const bool repeated = after.starts_with(half) || half.ends_with(after);
    const std::string core = after.substr(0, half.size());
    const bool rhymes = core.size() == half.size() && core.ends_with(half.substr(half.size() - same_ending)) &&
                        half.size() > same_ending;
    return repeated || rhymes;
}

} // namespace

void set_joins(std::vector<DocumentLine>& lines) {
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (lines[i].words.empty() || lines[i + 1].words.empty()) {
            continue;
        }
        const std::string_view before = before_hyphen(lines[i].words.back().text);
        const std::string& next = lines[i + 1].words.front().text;
        lines[i].joins_next =
            !before.empty() && is_lower(next.front()) && !is_reduplication(before, lower_letters(next));
    }
}

} // namespace saring::text
