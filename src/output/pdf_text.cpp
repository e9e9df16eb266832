#include "output/pdf_text.hpp"

#include "text/boxes.hpp"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace saring::output {
namespace {

constexpr char32_t replacement = 0xFFFD; // as ICU puts it for broken bytes
constexpr char32_t soft_hyphen = 0xAD;
constexpr std::size_t most_glyphs = 0xFFFE; // numbers of two bytes, without 0 and with one kept for U+FFFD

bool is_forbidden(char32_t c) {
    const auto code = static_cast<UChar32>(c);
    constexpr char32_t byte_order_mark = 0xFEFF;
    return u_charType(code) == U_CONTROL_CHAR || c == byte_order_mark || U_IS_UNICODE_NONCHAR(code) ||
           u_hasBinaryProperty(code, UCHAR_BIDI_CONTROL) != 0;
}

// The band of a line, unless it is no line: words read one above the other keep their own heights.
Box in_band(const Box& word, const Box& line, float tallest_word) {
    constexpr float highest_line = 2; // of its tallest word
    const bool credible = line.height() >= 1 && line.height() <= highest_line * tallest_word &&
                          line.bottom > word.top && line.top < word.bottom;
    return {word.left, credible ? line.top : word.top, word.right, credible ? line.bottom : word.bottom};
}

float tallest_word(const text::DocumentLine& line) {
    float out = 0;
    for (const text::DocumentWord& word : line.words) {
        out = std::max(out, word.box.height());
    }
    return out;
}

// The height of most lines, so that all of a block are written in one size: readers that put columns together by
// geometry (pdftotext is one) take lines of different sizes for different blocks.
float usual_size(const std::vector<text::DocumentLine>& lines) {
    std::vector<float> sizes;
    for (const text::DocumentLine& line : lines) {
        if (line.font_size > 0) {
            sizes.push_back(line.font_size);
        }
    }
    return text::median(std::move(sizes));
}

// The line with its height set by its baseline and the size of its block, where they fit what was seen.
text::DocumentLine evened(text::DocumentLine line, float size) {
    constexpr float most_ratio = 1.4F; // of a line's own size to its block's: a line in other letters keeps its height
    constexpr float ascent = 0.8F;     // of the size, above the baseline
    constexpr float descent = 0.25F;   // below
    const bool alike =
        line.font_size > 0 && size > 0 && line.font_size < most_ratio * size && size < most_ratio * line.font_size;
    const bool level = line.baseline > line.box.top && line.baseline <= line.box.bottom + descent * size;
    if (alike && level) {
        line.box.top = line.baseline - ascent * size;
        line.box.bottom = line.baseline + descent * size;
    }
    return line;
}

// Justified lines have gaps that readers would take for the space between columns: words reach into them.
void close_wide_gaps(std::vector<PdfWord>& words, std::size_t first, float size) {
    constexpr float widest = 0.55F; // sizes
    constexpr float usual = 0.3F;   // sizes
    for (std::size_t i = first; i + 1 < words.size(); ++i) {
        const float gap = words[i + 1].box.left - words[i].box.right;
        if (gap > widest * size) {
            words[i].box.right = words[i + 1].box.left - usual * size;
        }
    }
}

icu::UnicodeString utf16_of(std::u32string_view characters) {
    static_assert(sizeof(UChar32) == sizeof(char32_t));
    return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(characters.data()),
                                         static_cast<std::int32_t>(characters.size()));
}

std::u32string code_points_of(const icu::UnicodeString& text) {
    std::u32string out;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        out.push_back(static_cast<char32_t>(text.char32At(at)));
    }
    return out;
}

// True where a hyphen was there to be softened.
bool soften_hyphen(std::u32string& characters) {
    constexpr char32_t typographic_hyphen = 0x2010;
    if (characters.empty() ||
        (characters.back() != U'-' && characters.back() != typographic_hyphen && characters.back() != soft_hyphen)) {
        return false;
    }
    characters.back() = soft_hyphen;
    return true;
}

} // namespace

std::u32string pdf_characters(std::string_view utf8, bool keep_blanks) {
    std::u32string out;
    const auto length = static_cast<std::int32_t>(std::min<std::size_t>(utf8.size(), INT32_MAX));
    const icu::UnicodeString mended = icu::UnicodeString::fromUTF8({utf8.data(), length});
    for (const char32_t character : code_points_of(mended)) {
        if (u_isUWhiteSpace(static_cast<UChar32>(character)) != 0) {
            if (keep_blanks) {
                out.push_back(U' ');
            }
        } else if (!is_forbidden(character)) {
            const bool private_use = u_charType(static_cast<UChar32>(character)) == U_PRIVATE_USE_CHAR;
            out.push_back(private_use ? replacement : character);
        }
    }
    return out;
}

std::string utf8_of(std::u32string_view characters) {
    std::string out;
    utf16_of(characters).toUTF8String(out);
    return out;
}

std::string pdf_string(std::string_view utf8) { return utf8_of(pdf_characters(utf8, true)); }

std::vector<PdfWord> pdf_words(const std::vector<text::DocumentLine>& lines) {
    std::vector<PdfWord> out;
    const float size = usual_size(lines);
    for (const text::DocumentLine& seen : lines) {
        const text::DocumentLine line = evened(seen, size);
        const std::size_t before = out.size();
        const float tallest = tallest_word(line);
        for (const text::DocumentWord& word : line.words) {
            if (std::u32string characters = pdf_characters(word.text, false); !characters.empty()) {
                out.push_back({std::move(characters), in_band(word.box, line.box, tallest), true});
            }
        }
        if (size > 0) {
            close_wide_gaps(out, before, size);
        }
        if (line.joins_next && out.size() > before && soften_hyphen(out.back().characters)) {
            out.back().blank_after = false;
        }
    }
    return out;
}

std::vector<PdfWord> pdf_marker(const text::Block& block) {
    const std::string& marker = block.marker_word.text.empty() ? block.marker : block.marker_word.text;
    std::u32string characters = pdf_characters(marker, false);
    if (block.kind != text::BlockKind::list_item || characters.empty()) {
        return {};
    }
    const Box line = block.lines.empty() ? block.box : block.lines.front().box;
    Box box = block.marker_word.box;
    if (box.area() <= 0) { // nobody saw where it stands: at the left edge of the item's first line
        box = {block.box.left, line.top, block.box.left + line.height() / 2, line.bottom};
    }
    return {{std::move(characters), in_band(box, line, std::max(box.height(), line.height())), true}};
}

std::vector<PdfWord> pdf_words(const text::Block& block) {
    std::vector<PdfWord> out = pdf_marker(block);
    const auto append = [&out](const std::vector<text::DocumentLine>& lines) {
        for (PdfWord& word : pdf_words(lines)) {
            out.push_back(std::move(word));
        }
    };
    if (block.kind == text::BlockKind::table) {
        for (const text::TableCell& cell : block.cells) {
            append(cell.lines);
        }
    } else if (block.kind != text::BlockKind::figure) {
        append(block.lines);
    }
    return out;
}

bool reads_from_right(std::u32string_view characters) {
    return std::any_of(characters.begin(), characters.end(), [](char32_t c) {
        const UCharDirection direction = u_charDirection(static_cast<UChar32>(c));
        return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
    });
}

std::u32string visual_order(const std::u32string& characters) {
    if (!reads_from_right(characters)) {
        return characters;
    }
    const icu::UnicodeString logical = utf16_of(characters);
    const std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), &ubidi_close);
    UErrorCode status = U_ZERO_ERROR;
    ubidi_setPara(bidi.get(), logical.getBuffer(), logical.length(), UBIDI_DEFAULT_RTL, nullptr, &status);
    std::u16string turned(static_cast<std::size_t>(logical.length()), u'\0');
    const std::int32_t length = ubidi_writeReordered(bidi.get(), turned.data(), logical.length(), 0, &status);
    if (U_FAILURE(status) != 0) {
        return characters;
    }
    return code_points_of({turned.data(), length});
}

GlyphTable::GlyphTable(const text::Document& document) : characters_{U' ', replacement} {
    for (const text::DocumentPage& page : document.pages) {
        for (const text::Block& block : page.blocks) {
            for (const PdfWord& word : pdf_words(block)) {
                characters_.insert(characters_.end(), word.characters.begin(), word.characters.end());
            }
        }
        std::sort(characters_.begin(), characters_.end());
        characters_.erase(std::unique(characters_.begin(), characters_.end()), characters_.end());
    }
    if (characters_.size() > most_glyphs) { // no language writes so many: what is too much shows as U+FFFD
        characters_.resize(most_glyphs);
        if (characters_.back() < replacement) {
            characters_.back() = replacement;
        }
    }
}

std::uint16_t GlyphTable::glyph_of(char32_t character) const {
    auto found = std::lower_bound(characters_.begin(), characters_.end(), character);
    if (found == characters_.end() || *found != character) {
        found = std::lower_bound(characters_.begin(), characters_.end(), replacement);
    }
    return static_cast<std::uint16_t>(found - characters_.begin() + 1);
}

} // namespace saring::output
