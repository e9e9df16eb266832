#include "output/shown_text.hpp"

#include "output/json.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace saring::output {
namespace {

struct Sign {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};

// The code point at `at` of valid UTF-8.
Sign sign_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    std::uint32_t code = bytes == 1 ? lead : lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    return {code, bytes};
}

bool is_control(std::uint32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9, section 2), the separators of lines
// and paragraphs, and the byte order mark.
bool is_misleading(std::uint32_t code) {
    return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029 || code == 0xFEFF;
}

bool is_blank(std::uint32_t code) { return code == '\n' || code == '\r' || code == '\t'; }

std::string escaped(std::uint32_t code) {
    std::array<char, 12> out{};
    std::snprintf(out.data(), out.size(), code < 0x100 ? "\\x%02X" : "\\u%04X", code);
    return out.data();
}

std::string shown(std::string_view text, bool with_blanks) {
    const std::string valid = shown_path(text);
    std::string out;
    for (std::size_t at = 0; at < valid.size();) {
        const Sign sign = sign_at(valid, at);
        if (with_blanks && is_blank(sign.code)) {
            out += ' ';
        } else if (is_control(sign.code) || is_misleading(sign.code)) {
            out += escaped(sign.code);
        } else {
            out += valid.substr(at, sign.bytes);
        }
        at += sign.bytes;
    }
    return out;
}

} // namespace

std::string shown_name(std::string_view name) { return shown(name, false); }

std::string shown_words(std::string_view words) { return shown(words, true); }

} // namespace saring::output
