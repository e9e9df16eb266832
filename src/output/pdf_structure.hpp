// The structure tree, by which assistive technology reads a PDF, and the outline.
#pragma once

#include "output/pdf_page.hpp"
#include "text/document.hpp"

#include <vector>

class QPDF;

namespace saring::output {

// Hangs the tree under the catalog. `marks` are the marks of each page's blocks; the pages stand in `pdf` already.
void tag_structure(QPDF& pdf, const text::Document& document, const std::vector<PageContent>& marks);

// Bookmarks of all headings; nothing where there are none.
void add_outline(QPDF& pdf, const text::Document& document);

// The levels of all headings in order, 1 to 6. A heading never lies more than one level below the one before it
// (PDF/UA-1, 7.4.2), whatever its size on paper.
std::vector<int> heading_levels(const text::Document& document);

} // namespace saring::output
