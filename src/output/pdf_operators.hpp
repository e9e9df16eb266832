// Writes PDF operators (ISO 32000-1, Annex A): numbers without exponents and independent of the locale.
#pragma once

#include "output/pdf_text.hpp"

#include <string>
#include <string_view>

namespace saring::output {

class PdfOperators {
public:
    // Numbers first, as PDF wants them: op({1, 0, 0, 1, x, y}, "Tm").
    void op(std::initializer_list<double> numbers, std::string_view name);
    void raw(std::string_view text) { out_ += text; }
    void show(std::u32string_view characters, const GlyphTable& glyphs);
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

// At most three decimals, none where they are zeros.
std::string pdf_number(double value);

} // namespace saring::output
