#include "output/html_text.hpp"

#include "output/shown_text.hpp"

namespace saring::output {

std::string html(std::string_view text) {
    std::string out;
    for (const char c : shown_words(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string grouped_digits(std::uint64_t number, Language language) {
    const std::string digits = std::to_string(number);
    const char separator = language == Language::indonesian ? '.' : ',';
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            out += separator;
        }
        out += digits[i];
    }
    return out;
}

} // namespace saring::output
