// A document made by hand, as the structure of a photographed page would be, and what tests of writers share.
#pragma once

#include "output/document_writer.hpp"
#include "output/zip_archive.hpp"
#include "text/document.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace saring::test {

// A line whose words stand beside each other from `left` on the baseline; letters are half their size wide.
text::DocumentLine line(std::string_view words, float left, float baseline, float size = 40);

// A block around lines of the given texts, one below the other.
text::Block block(text::BlockKind kind, const std::vector<std::string>& lines, float left, float top, float size = 40);
text::Block item(const std::string& marker, const std::string& words, float left, float top, int level = 0);

// A ruled table of 3 rows and 3 columns: a heading row with a cell over two columns, and a cell over two rows.
text::Block table(float left, float top);

// An A4 page at 300 dpi with a patch of colour at (300, 2300) to (900, 2700).
text::DocumentPage page();

// Two columns below a full-width heading: paragraphs, a list with two levels, a figure, then a table over the whole
// width and a numbered foot; a second page goes on.
text::Document two_column_document();

// One part of an archive, parsed.
class Part {
public:
    Part(const output::FileBytes& archive, std::string_view name);
    [[nodiscard]] std::size_t count(const char* query) const { return part_.select_nodes(query).size(); }
    [[nodiscard]] std::string value(const char* query) const; // of the first attribute or element found
    [[nodiscard]] std::string text(const char* query) const;  // of all elements found, joined by "|"

private:
    pugi::xml_document part_;
};

// The archive with a piece of one part replaced.
output::FileBytes tampered(const output::FileBytes& archive, std::string_view name, const std::string& from,
                           const std::string& to);

} // namespace saring::test
