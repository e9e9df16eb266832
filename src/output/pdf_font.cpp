// A Type 0 font over a TrueType program that draws nothing (ISO 32000-1, 9.7). Every character of the document has a
// number; all numbers lead to glyph 1 of the program, and ToUnicode says which character each one is, beyond the Basic
// Multilingual Plane too. Widths in the dictionary and in the program agree (ISO 19005-2, 6.2.11.5).
//
// The program has the tables that ISO 32000-1, 9.9 asks of an embedded TrueType font, by the OpenType specification,
// with `cmap` and `post` besides for readers that insist on them.
#include "output/pdf_font.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <array>
#include <cstdio>
#include <utility>

namespace saring::output {
namespace {

constexpr int program_glyphs = 2;
constexpr const char* font_file_name = "SaringGlyphless";

std::string big_endian(std::initializer_list<int> words) {
    std::string out;
    for (const int word : words) {
        out += static_cast<char>(word >> 8 & 0xFF);
        out += static_cast<char>(word & 0xFF);
    }
    return out;
}

std::string big_endian_long(std::uint32_t value) {
    return big_endian({static_cast<int>(value >> 16), static_cast<int>(value & 0xFFFF)});
}

std::uint32_t checksum(std::string table) {
    table.resize((table.size() + 3) / 4 * 4, '\0');
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < table.size(); i += 4) {
        for (std::size_t k = 0; k < 4; ++k) {
            sum += static_cast<std::uint32_t>(static_cast<unsigned char>(table[i + k])) << (24 - 8 * k);
        }
    }
    return sum;
}

// The 54 bytes of `head`; the adjustment makes the checksum of the whole file come out as a magic number.
std::string head_table(std::uint32_t adjustment) {
    constexpr std::uint32_t version = 0x00010000;
    constexpr std::uint32_t magic = 0x5F0F3CF5;
    const std::string no_date(8, '\0');
    std::string out = big_endian_long(version) + big_endian_long(version) + big_endian_long(adjustment) +
                      big_endian_long(magic) + big_endian({0, glyph_em}) + no_date + no_date;
    const int smallest_size = 8;
    const int left_to_right = 2;
    return out + big_endian({0, 0, 0, 0, 0, smallest_size, left_to_right, 0, 0}); // empty box; short `loca`
}

std::string hhea_table() {
    return big_endian_long(0x00010000) +
           big_endian({glyph_ascent, glyph_descent, 0, glyph_advance, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, program_glyphs});
}

std::string maxp_table() {
    const int zones = 2;
    return big_endian_long(0x00010000) + big_endian({program_glyphs, 0, 0, 0, 0, zones, 0, 0, 0, 0, 0, 0, 0, 0});
}

// Format 4 with the one segment that must be there: U+FFFF to glyph 0.
std::string cmap_table() {
    const int windows = 3;
    const int unicode = 1;
    const int header = 12;
    const int length = 24;
    return big_endian({0, 1, windows, unicode, 0, header}) +
           big_endian({4, length, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0});
}

std::string post_table() {
    constexpr std::uint32_t without_names = 0x00030000;
    return big_endian_long(without_names) + std::string(28, '\0');
}

using Tables = std::vector<std::pair<std::string, std::string>>; // by tag, in the alphabet's order

std::string font_file(const Tables& tables) {
    const auto count = static_cast<int>(tables.size());
    int power = 1;
    int exponent = 0;
    for (; power * 2 <= count; power *= 2) {
        ++exponent;
    }
    std::string directory =
        big_endian_long(0x00010000) + big_endian({count, power * 16, exponent, (count - power) * 16});
    std::string body;
    const std::size_t start = directory.size() + tables.size() * 16;
    for (const auto& [tag, table] : tables) {
        directory += tag + big_endian_long(checksum(table)) +
                     big_endian_long(static_cast<std::uint32_t>(start + body.size())) +
                     big_endian_long(static_cast<std::uint32_t>(table.size()));
        body += table;
        body.resize((body.size() + 3) / 4 * 4, '\0');
    }
    return directory + body;
}

Tables font_tables(std::uint32_t adjustment) {
    const int bearing = 0;
    return {{"cmap", cmap_table()},
            {"glyf", std::string(4, '\0')}, // no outline; some readers refuse a table without a byte
            {"head", head_table(adjustment)},
            {"hhea", hhea_table()},
            {"hmtx", big_endian({glyph_advance, bearing, glyph_advance, bearing})},
            {"loca", big_endian({0, 0, 0})},
            {"maxp", maxp_table()},
            {"post", post_table()}};
}

std::string hex(std::uint32_t value) {
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), "%04X", value & 0xFFFF);
    return digits.data();
}

std::string utf16_hex(char32_t c) {
    constexpr char32_t first_beyond = 0x10000;
    if (c < first_beyond) {
        return hex(c);
    }
    const char32_t rest = c - first_beyond;
    return hex(0xD800 + (rest >> 10)) + hex(0xDC00 + (rest & 0x3FF));
}

// ISO 32000-1, 9.10.3; at most a hundred lines stand in one block.
std::string to_unicode(const std::vector<char32_t>& characters) {
    std::string out = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    constexpr std::size_t block = 100;
    for (std::size_t first = 0; first < characters.size(); first += block) {
        const std::size_t last = std::min(characters.size(), first + block);
        out += std::to_string(last - first) + " beginbfchar\n";
        for (std::size_t i = first; i < last; ++i) {
            out += "<" + hex(static_cast<std::uint32_t>(i + 1)) + "> <" + utf16_hex(characters[i]) + ">\n";
        }
        out += "endbfchar\n";
    }
    return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// Two bytes for each number: 0 leads to glyph 0, all others to glyph 1.
std::string glyph_map(std::size_t characters) {
    std::string out = big_endian({0});
    for (std::size_t i = 0; i < characters; ++i) {
        out += big_endian({1});
    }
    return out;
}

QPDFObjectHandle descriptor(QPDF& pdf) {
    const std::string program = glyphless_font();
    QPDFObjectHandle file = pdf.newStream(program);
    file.getDict().replaceKey("/Length1", QPDFObjectHandle::newInteger(static_cast<long long>(program.size())));
    QPDFObjectHandle out =
        QPDFObjectHandle::parse("<</Type /FontDescriptor /Flags 4 /FontBBox [0 0 0 0] /ItalicAngle 0 "
                                "/StemV 80>>"); // 4: symbolic
    out.replaceKey("/FontName", QPDFObjectHandle::newName(std::string("/") + font_file_name));
    out.replaceKey("/Ascent", QPDFObjectHandle::newInteger(glyph_ascent));
    out.replaceKey("/CapHeight", QPDFObjectHandle::newInteger(glyph_ascent));
    out.replaceKey("/Descent", QPDFObjectHandle::newInteger(glyph_descent));
    out.replaceKey("/FontFile2", file);
    return pdf.makeIndirectObject(out);
}

} // namespace

std::string glyphless_font() {
    constexpr std::uint32_t magic = 0xB1B0AFBA; // OpenType, "head": checkSumAdjustment
    return font_file(font_tables(magic - checksum(font_file(font_tables(0)))));
}

QPDFObjectHandle embed_font(QPDF& pdf, const GlyphTable& glyphs) {
    QPDFObjectHandle descendant = QPDFObjectHandle::parse("<</Type /Font /Subtype /CIDFontType2 /CIDSystemInfo "
                                                          "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>");
    descendant.replaceKey("/BaseFont", QPDFObjectHandle::newName(std::string("/") + font_file_name));
    descendant.replaceKey("/FontDescriptor", descriptor(pdf));
    descendant.replaceKey("/DW", QPDFObjectHandle::newInteger(glyph_advance));
    descendant.replaceKey("/CIDToGIDMap", pdf.newStream(glyph_map(glyphs.characters().size())));
    QPDFObjectHandle font = QPDFObjectHandle::parse("<</Type /Font /Subtype /Type0 /Encoding /Identity-H>>");
    font.replaceKey("/BaseFont", QPDFObjectHandle::newName(std::string("/") + font_file_name));
    font.replaceKey("/DescendantFonts", QPDFObjectHandle::newArray({pdf.makeIndirectObject(descendant)}));
    font.replaceKey("/ToUnicode", pdf.newStream(to_unicode(glyphs.characters())));
    return pdf.makeIndirectObject(font);
}

} // namespace saring::output
