// The font of invisible text: glyphs without outlines, all of one width.
#pragma once

#include "output/pdf_text.hpp"

#include <string>

class QPDF;
class QPDFObjectHandle;

namespace saring::output {

constexpr int glyph_em = 1000; // font units; PDF counts widths in thousandths too
constexpr int glyph_advance = 500;
constexpr int glyph_ascent = 800; // ascent to descent is one em, so that a selection is as high as the font size
constexpr int glyph_descent = -200;

// A TrueType file of two empty glyphs: 0 for what is missing, 1 for every character.
std::string glyphless_font();

// The font as an object of `pdf` for the resources of pages.
QPDFObjectHandle embed_font(QPDF& pdf, const GlyphTable& glyphs);

} // namespace saring::output
