#include "output/pdf_operators.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace saring::output {

std::string pdf_number(double value) {
    constexpr double largest = 1e6; // far outside any page
    if (!std::isfinite(value)) {
        return "0";
    }
    value = std::min(largest, std::max(-largest, value));
    std::array<char, 32> digits{};
    constexpr int decimals = 3; // a thousandth of a point is a 250th of a pixel at 300 dpi
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals).ptr;
    std::string out(digits.data(), end);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') {
        out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

void PdfOperators::op(std::initializer_list<double> numbers, std::string_view name) {
    for (const double number : numbers) {
        out_ += pdf_number(number);
        out_ += ' ';
    }
    out_ += name;
    out_ += '\n';
}

void PdfOperators::show(std::u32string_view characters, const GlyphTable& glyphs) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    out_ += '<';
    for (const char32_t character : characters) {
        const std::uint16_t glyph = glyphs.glyph_of(character);
        for (int shift = 12; shift >= 0; shift -= 4) {
            out_ += hex[static_cast<std::size_t>(glyph >> shift & 0xF)];
        }
    }
    out_ += "> Tj\n";
}

} // namespace saring::output
