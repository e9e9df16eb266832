// hOCR (1.2) and ALTO (4.2): every word with its place, for archives and for programs that search pictures. Written
// page by page, so that a long document needs no more memory than its longest page.
#include "output/office_layout.hpp"
#include "output/office_verify.hpp"
#include "output/verify_plain.hpp"
#include "output/xml.hpp"
#include "saring/error.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentLine;
using text::DocumentPage;
using text::DocumentWord;

void refuse(const std::optional<Protection>& protection) {
    if (protection) {
        throw Error(ErrorCode::bad_password, "write", "XML cannot be locked");
    }
}

struct IntBox {
    long left;
    long top;
    long right;
    long bottom;
};

IntBox whole(const Box& box) {
    return {std::lround(box.left), std::lround(box.top), std::lround(box.right), std::lround(box.bottom)};
}

// A marker is a word of the first line.
std::vector<DocumentLine> lines_with_marker(const Block& block) {
    std::vector<DocumentLine> lines = block.lines;
    if (!block.marker.empty()) {
        lines.resize(std::max<std::size_t>(1, lines.size()));
        DocumentWord word = block.marker_word;
        word.text = block.marker;
        if (word.box.area() <= 0) {
            word.box = lines.front().box;
            word.box.right = word.box.left;
        }
        lines.front().words.insert(lines.front().words.begin(), word);
        Box& box = lines.front().box;
        box = block.lines.empty() ? word.box
                                  : Box{std::min(box.left, word.box.left), std::min(box.top, word.box.top),
                                        std::max(box.right, word.box.right), std::max(box.bottom, word.box.bottom)};
        lines.front().baseline = block.lines.empty() ? word.box.bottom : lines.front().baseline;
    }
    return lines;
}

// Calls back for each group of lines that belong together: a block, or a cell of a table.
void for_each_group(const Block& block, const std::function<void(const Box&, const std::vector<DocumentLine>&)>& take) {
    if (block.kind == BlockKind::table) {
        for (const text::TableCell& cell : block.cells) {
            if (!cell.lines.empty()) {
                take(cell.box, cell.lines);
            }
        }
    } else if (block.kind != BlockKind::figure) {
        take(block.box, lines_with_marker(block));
    }
}

// ---- hOCR

std::string bbox(const Box& box) {
    const IntBox b = whole(box);
    return "bbox " + std::to_string(b.left) + " " + std::to_string(b.top) + " " + std::to_string(b.right) + " " +
           std::to_string(b.bottom);
}

// Ids that are unique in the document: "line_3_17".
class Ids {
public:
    explicit Ids(std::size_t page) : page_(page) {}
    std::string next(const std::string& kind) {
        return kind + "_" + std::to_string(page_ + 1) + "_" + std::to_string(++count_);
    }

private:
    std::size_t page_;
    int count_ = 0;
};

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

// ---- ALTO

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

// ---- verification

std::string words_of(const text::Document& document) {
    std::string out;
    for (const DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            for_each_group(block, [&](const Box&, const std::vector<DocumentLine>& lines) {
                for (const DocumentLine& line : lines) {
                    out += " " + text::text_of(line);
                }
            });
        }
    }
    return out;
}

} // namespace

FileBytes write_hocr(const text::Document& document, const std::optional<Protection>& protection) {
    refuse(protection);
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

FileBytes write_alto(const text::Document& document, const std::optional<Protection>& protection) {
    refuse(protection);
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
