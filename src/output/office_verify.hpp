// Reading back what was written: a file counts as good when its password opens it, another does not, and it says what
// the document says.
#pragma once

#include "output/document_writer.hpp"
#include "output/zip_archive.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_node;
}

namespace saring::output {

// The entries of the archive, unlocked where it is protected. Every XML part parses. Throws Error(write_failed) when
// the archive is damaged, or when a wrong password opens it.
std::vector<ZipEntry> opened(const FileBytes& file, const std::optional<Protection>& protection,
                             FileBytes (*unlock)(const FileBytes&, std::string_view));

// Throws Error(write_failed) that names `what` and where it begins to differ. Errors end in logs: they never quote the
// document.
void expect_text(std::string_view what, std::string_view expected, std::string_view found);
void expect_count(std::string_view what, std::size_t expected, std::size_t found);

// Heads and feet may be shared by pages, so each line of them must stand somewhere in `drawn` (single blanks).
void expect_furniture(std::string_view drawn, const text::Document& document);

// What a page says outside of its head and foot, blocks and cells apart by blanks; markers count themselves.
std::string body_text(const text::Document& document);

std::size_t count_blocks(const text::Document& document, text::BlockKind kind);

// The text below a node in the way of its format.
struct TextShape {
    std::vector<std::string_view> pieces; // elements that hold text
    std::vector<std::string_view> blanks; // elements that part words
    std::vector<std::string_view> skipped;
};
std::string text_below(const pugi::xml_node& node, const TextShape& shape);

} // namespace saring::output
