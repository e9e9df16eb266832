// hOCR 1.2: every word with its place and confidence in a web page. Written page by page, so that a long document needs
// no more memory than its text and its longest page.
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

std::string bbox(const Box& box) {
    const IntBox b = whole(box);
    return "bbox " + std::to_string(b.left) + " " + std::to_string(b.top) + " " + std::to_string(b.right) + " " +
           std::to_string(b.bottom);
}

void add_hocr_line(pugi::xml_node parent, const DocumentLine& line, Ids& ids) {
    const std::string baseline = decimal(line.baseline - std::round(line.box.bottom), 1);
    pugi::xml_node node =
        add(parent, "span",
            {{"class", "ocr_line"},
             {"id", ids.next("line")},
             {"title", bbox(line.box) + "; baseline 0 " + baseline + "; x_size " + decimal(line.font_size, 1)}});
    for (const DocumentWord& word : line.words) {
        const long sure = std::lround(std::clamp(word.confidence, 0.0F, 1.0F) * 100);
        append_text(node, node.first_child() ? " " : "");
        add_text(node, "span", word.text,
                 {{"class", "ocrx_word"},
                  {"id", ids.next("word")},
                  {"title", bbox(word.box) + "; x_wconf " + std::to_string(sure)}});
    }
    append_text(parent, "\n");
}

std::string hocr_page(const DocumentPage& page, std::size_t index, const std::string& language) {
    pugi::xml_document fragment;
    Ids ids(index);
    const Box sheet{0, 0, static_cast<float>(page.picture.width), static_cast<float>(page.picture.height)};
    const std::string dpi = std::to_string(std::lround(page.dpi));
    pugi::xml_node node =
        add(fragment, "div",
            {{"class", "ocr_page"},
             {"id", "page_" + std::to_string(index + 1)},
             {"title", bbox(sheet) + "; ppageno " + std::to_string(index) + "; scan_res " + dpi + " " + dpi}});
    for (const Block& block : page.blocks) {
        const bool figure = block.kind == BlockKind::figure;
        pugi::xml_node area =
            add(node, "div",
                {{"class", figure ? "ocr_photo" : "ocr_carea"}, {"id", ids.next("block")}, {"title", bbox(block.box)}});
        for_each_group(block, [&](const Box& box, const std::vector<DocumentLine>& lines) {
            pugi::xml_node paragraph = add(area, "p",
                                           {{"class", "ocr_par"},
                                            {"id", ids.next("par")},
                                            {"lang", language},
                                            {"xml:lang", language},
                                            {"title", bbox(box)}});
            for (const DocumentLine& line : lines) {
                add_hocr_line(paragraph, line, ids);
            }
        });
    }
    return xml_string(node) + "\n";
}

std::string hocr_head(const text::Document& document) {
    pugi::xml_document fragment;
    pugi::xml_node head = add(fragment, "head");
    add_text(head, "title", document.title.empty() ? "Saring" : document.title);
    add(head, "meta", {{"http-equiv", "Content-Type"}, {"content", "text/html; charset=utf-8"}});
    add(head, "meta", {{"name", "ocr-system"}, {"content", document.producer}});
    add(head, "meta",
        {{"name", "ocr-capabilities"}, {"content", "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_photo"}});
    add(head, "meta", {{"name", "ocr-number-of-pages"}, {"content", document.pages.size()}});
    return xml_string(head);
}

} // namespace

FileBytes write_hocr(const text::Document& document, const std::optional<Protection>& protection) {
    refuse_password(protection);
    const std::string language = xml_text(document.language.empty() ? "id" : document.language);
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
                      "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
                      "<html xmlns=\"http://www.w3.org/1999/xhtml\">" +
                      hocr_head(document) + "<body>\n";
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        out += hocr_page(document.pages[i], i, language);
    }
    return bytes_of(out + "</body></html>\n");
}

void verify_hocr(const FileBytes& file, const text::Document& document, const std::optional<Protection>&) {
    pugi::xml_document part;
    parse_xml(part, file, "the hOCR file");
    std::string found;
    for (const pugi::xpath_node& word : part.select_nodes("//span[@class='ocrx_word']")) {
        found += std::string(" ") + word.node().child_value();
    }
    expect_text("the hOCR file", words_of(document), found);
    expect_count("pages", document.pages.size(), part.select_nodes("//div[@class='ocr_page']").size());
}

} // namespace saring::output
