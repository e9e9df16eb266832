#include "output/office_verify.hpp"
#include "output/pptx_parts.hpp"
#include "saring/error.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

std::string part_text(const std::vector<ZipEntry>& entries, const std::string& name) {
    const ZipEntry* entry = find_entry(entries, name);
    if (entry == nullptr) {
        throw Error(ErrorCode::write_failed, "verify", name + " is missing");
    }
    pugi::xml_document part;
    parse_xml(part, entry->bytes, name);
    return text_below(part, {{"a:t"}, {"a:p", "a:br"}, {}});
}

std::string text_of_page(const text::DocumentPage& page) {
    std::string out;
    for (const text::Block& block : page.blocks) {
        if (block.kind == text::BlockKind::figure) {
            continue;
        }
        out += " " + pptx_literal(block);
        out += " " + (block.kind == text::BlockKind::table ? "" : text::running_text(block.lines));
        for (const text::TableCell& cell : block.cells) {
            out += " " + text::running_text(cell.lines);
        }
    }
    return out;
}

} // namespace

void verify_pptx(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection) {
    const std::vector<ZipEntry> entries = opened(file, protection, unlock_ooxml);
    const auto slides = std::ranges::count_if(
        entries, [](const ZipEntry& entry) { return entry.name.starts_with("ppt/slides/slide"); });
    expect_count("slides", document.pages.size(), static_cast<std::size_t>(slides));
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        expect_text("slide " + number, text_of_page(document.pages[i]),
                    part_text(entries, "ppt/slides/slide" + number + ".xml"));
        text::Document page;
        page.pages.push_back({.dpi = 0, .picture = {}, .blocks = document.pages[i].blocks});
        expect_text("the notes of slide " + number, text::plain_text(page),
                    part_text(entries, "ppt/notesSlides/notesSlide" + number + ".xml"));
    }
}

} // namespace saring::output
