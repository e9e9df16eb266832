// ALTO 4.2: every word with its place, as libraries and archives keep it. Written page by page, so that a long document
// needs no more memory than its text and its longest page.
#include "output/ocr_words.hpp"
#include "output/office_layout.hpp"
#include "output/office_verify.hpp"
#include "output/verify_plain.hpp"
#include "output/xml.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentLine;
using text::DocumentPage;
using text::DocumentWord;

void set_place(pugi::xml_node node, const Box& box) {
    const IntBox b = whole(box);
    for (const auto& [name, value] :
         {std::pair{"HPOS", b.left}, {"VPOS", b.top}, {"WIDTH", b.right - b.left}, {"HEIGHT", b.bottom - b.top}}) {
        node.append_attribute(name).set_value(std::max(0L, value));
    }
}

// The hyphen that breaks a word stands in an element of its own, the word's first half without it.
std::string without_hyphen(const std::string& word) {
    DocumentLine line;
    line.words.push_back({word, {}, 0});
    line.joins_next = true;
    return text::running_text({line});
}

void add_string(pugi::xml_node line, const DocumentWord& word, const std::string& content) {
    pugi::xml_node node = add(line, "String", {{"CONTENT", content}});
    set_place(node, word.box);
    node.append_attribute("WC").set_value(decimal(std::clamp(word.confidence, 0.0F, 1.0F), 3).c_str());
}

void add_alto_line(pugi::xml_node parent, const DocumentLine& line, Ids& ids) {
    pugi::xml_node node = add(parent, "TextLine", {{"ID", ids.next("line")}});
    set_place(node, line.box);
    node.append_attribute("BASELINE").set_value(decimal(line.baseline, 1).c_str());
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        const DocumentWord& word = line.words[i];
        if (i > 0) {
            const Box gap{line.words[i - 1].box.right, word.box.top, word.box.left, word.box.bottom};
            pugi::xml_node space = add(node, "SP");
            space.append_attribute("WIDTH").set_value(std::max(0L, std::lround(gap.width())));
            space.append_attribute("HPOS").set_value(std::lround(gap.left));
            space.append_attribute("VPOS").set_value(std::lround(gap.top));
        }
        const bool broken = line.joins_next && i + 1 == line.words.size();
        const std::string half = broken ? without_hyphen(word.text) : word.text;
        add_string(node, word, half);
        if (half.size() < word.text.size()) {
            add(node, "HYP", {{"CONTENT", word.text.substr(half.size())}});
        }
    }
}

std::string alto_page(const DocumentPage& page, std::size_t index) {
    pugi::xml_document fragment;
    Ids ids(index);
    pugi::xml_node node = add(fragment, "Page",
                              {{"ID", "page_" + std::to_string(index + 1)},
                               {"PHYSICAL_IMG_NR", index + 1},
                               {"WIDTH", page.picture.width},
                               {"HEIGHT", page.picture.height}});
    pugi::xml_node space = add(node, "PrintSpace");
    set_place(space, {0, 0, static_cast<float>(page.picture.width), static_cast<float>(page.picture.height)});
    for (const Block& block : page.blocks) {
        if (block.kind == BlockKind::figure) {
            set_place(add(space, "Illustration", {{"ID", ids.next("figure")}}), block.box);
        }
        for_each_group(block, [&](const Box& box, const std::vector<DocumentLine>& lines) {
            pugi::xml_node text = add(space, "TextBlock", {{"ID", ids.next("block")}});
            set_place(text, box);
            for (const DocumentLine& line : lines) {
                add_alto_line(text, line, ids);
            }
        });
    }
    return xml_string(node) + "\n";
}

std::string alto_description(const text::Document& document) {
    pugi::xml_document fragment;
    pugi::xml_node node = add(fragment, "Description");
    add_text(node, "MeasurementUnit", "pixel");
    add_text(add(node, "sourceImageInformation"), "fileName", document.title);
    pugi::xml_node step = add(node, "Processing", {{"ID", "processing_1"}});
    if (!document.creation_date.empty()) {
        add_text(step, "processingDateTime", document.creation_date);
    }
    add_text(add(step, "processingSoftware"), "softwareName", document.producer);
    return xml_string(node) + "\n";
}

} // namespace

FileBytes write_alto(const text::Document& document, const std::optional<Protection>& protection) {
    refuse_password(protection);
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" "
                      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                      "xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# "
                      "http://www.loc.gov/standards/alto/v4/alto-4-2.xsd\">\n" +
                      alto_description(document) + "<Layout>\n";
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        out += alto_page(document.pages[i], i);
    }
    return bytes_of(out + "</Layout>\n</alto>\n");
}

void verify_alto(const FileBytes& file, const text::Document& document, const std::optional<Protection>&) {
    pugi::xml_document part;
    parse_xml(part, file, "the ALTO file");
    std::string found;
    for (const pugi::xpath_node& piece : part.select_nodes("//*[self::String or self::HYP]")) {
        const bool hyphen = std::string_view(piece.node().name()) == "HYP";
        found += std::string(hyphen ? "" : " ") + piece.node().attribute("CONTENT").value();
    }
    expect_text("the ALTO file", words_of(document), found);
    expect_count("pages", document.pages.size(), part.select_nodes("//Page").size());
}

} // namespace saring::output
