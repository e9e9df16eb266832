#include "output/sample_document.hpp"

#include "image/opencv_bridge.hpp"
#include "image/page_layers.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <sstream>

namespace saring::test {
namespace {

using text::Alignment;
using text::Block;
using text::BlockKind;
using text::DocumentLine;

// A5 at 200 dpi, so that tests are quick.
constexpr int page_width = 1165;
constexpr int page_height = 1654;
constexpr float dpi = 200;
constexpr float left_margin = 100;
constexpr float spacing = 56; // from baseline to baseline

Box around(const std::vector<DocumentLine>& lines) {
    Box box = lines.front().box;
    for (const DocumentLine& line : lines) {
        box = {std::min(box.left, line.box.left), std::min(box.top, line.box.top), std::max(box.right, line.box.right),
               std::max(box.bottom, line.box.bottom)};
    }
    return box;
}

Block block_of(BlockKind kind, std::vector<DocumentLine> lines, int level = 0) {
    Block block;
    block.kind = kind;
    block.level = level;
    block.box = around(lines);
    block.lines = std::move(lines);
    return block;
}

Block item_of(const std::string& marker, const std::string& text, float x, float baseline, int level) {
    Block block = block_of(BlockKind::list_item, {sample_line(text, x + 60, baseline)}, level);
    block.marker = marker;
    block.marker_word = sample_line(marker, x, baseline).words.front();
    block.box.left = x;
    return block;
}

text::TableCell cell_of(int row, int column, const std::string& text, int row_span = 1, int column_span = 1) {
    constexpr float width = 240;
    constexpr float top = 900;
    text::TableCell cell;
    cell.row = row;
    cell.column = column;
    cell.row_span = row_span;
    cell.column_span = column_span;
    cell.heading = row == 0;
    const float x = left_margin + static_cast<float>(column) * width;
    const float y = top + static_cast<float>(row) * spacing;
    cell.box = {x, y, x + width * static_cast<float>(column_span), y + spacing * static_cast<float>(row_span)};
    if (!text.empty()) {
        cell.lines = {sample_line(text, x + 10, y + 42)};
    }
    return cell;
}

Block table() {
    Block block;
    block.kind = BlockKind::table;
    block.rows = 3;
    block.columns = 3;
    block.ruled = true;
    block.cells = {cell_of(0, 0, "Nama"), cell_of(0, 1, "Nilai", 1, 2), cell_of(1, 0, "Siti", 2), cell_of(1, 1, "8,5"),
                   cell_of(1, 2, ""),     cell_of(2, 1, "7"),           cell_of(2, 2, "lulus")};
    block.box = {left_margin, 900, left_margin + 720, 900 + 3 * spacing};
    return block;
}

Block figure(const Box& box, const std::string& alternative, bool handwriting) {
    Block block;
    block.kind = BlockKind::figure;
    block.box = box;
    block.alternative = alternative;
    block.handwriting = handwriting;
    return block;
}

std::vector<Block> first_page() {
    DocumentLine broken = sample_line("Kami sampaikan infor-", left_margin, 320);
    broken.joins_next = true;
    std::vector<Block> blocks = {
        block_of(BlockKind::page_header, {sample_line("PT Contoh Jaya", left_margin, 100)}),
        block_of(BlockKind::heading, {sample_line("Surat Keterangan", left_margin, 220, 60)}, 1),
        block_of(BlockKind::paragraph, {broken, sample_line("masi berikut kepada Bapak/Ibu.", left_margin, 376)}),
        item_of("1.", "Surat pengantar", left_margin, 500, 0),
        item_of("a)", "asli", left_margin + 60, 556, 1),
        item_of("b)", "salinan", left_margin + 60, 612, 1),
        item_of("2.", "Kartu keluarga", left_margin, 668, 0),
        table(),
        block_of(BlockKind::page_number, {sample_line("1", 560, 1600)}),
    };
    return blocks;
}

std::vector<Block> second_page() {
    return {
        block_of(BlockKind::heading, {sample_line("Lampiran", left_margin, 220, 50)}, 2),
        block_of(BlockKind::paragraph,
                 {sample_line("Grüße, Ελλάδα, Москва, 日本語, \U0001F600 dan 𝐀.", left_margin, 320)}),
        block_of(BlockKind::paragraph, {sample_line("Salam: \u0633\u0644\u0627\u0645", left_margin, 400)}),
        figure({700, 600, 1000, 900}, "Cap merah", false),
        figure({100, 1000, 500, 1100}, "", true),
        block_of(BlockKind::page_number, {sample_line("2", 560, 1600)}),
    };
}

void draw(cv::Mat& page, const DocumentLine& line, const cv::Scalar& colour) {
    for (const text::DocumentWord& word : line.words) {
        const std::string ascii(word.text.size(), 'o');
        const bool plain = std::all_of(word.text.begin(), word.text.end(), [](char c) { return c > 0; });
        const std::string& shown = plain ? word.text : ascii;
        int below = 0;
        const cv::Size natural = cv::getTextSize(shown, cv::FONT_HERSHEY_SIMPLEX, 1, 2, &below);
        const double scale = static_cast<double>(word.box.width()) / natural.width;
        cv::putText(page, shown, {cvRound(word.box.left), cvRound(line.baseline)}, cv::FONT_HERSHEY_SIMPLEX, scale,
                    colour, 3, cv::LINE_AA);
    }
}

std::vector<Box> text_places(const std::vector<Block>& blocks, cv::Mat& page) {
    std::vector<Box> places;
    const auto add = [&](const DocumentLine& line) {
        draw(page, line, {40, 40, 40});
        places.push_back(line.box);
    };
    for (const Block& block : blocks) {
        std::for_each(block.lines.begin(), block.lines.end(), add);
        if (!block.marker.empty()) {
            DocumentLine marker = block.lines.front();
            marker.words = {block.marker_word};
            draw(page, marker, {40, 40, 40});
        }
        for (const text::TableCell& cell : block.cells) {
            std::for_each(cell.lines.begin(), cell.lines.end(), add);
            cv::rectangle(page,
                          cv::Rect(cvRound(cell.box.left), cvRound(cell.box.top), cvRound(cell.box.width()),
                                   cvRound(cell.box.height())),
                          {60, 60, 60}, 2);
        }
    }
    return places;
}

text::DocumentPage page_of(std::vector<Block> blocks, bool stamped) {
    cv::Mat picture(page_height, page_width, CV_8UC3, cv::Scalar::all(252));
    const std::vector<Box> places = text_places(blocks, picture);
    std::vector<Box> figures;
    for (const Block& block : blocks) {
        if (block.kind == BlockKind::figure) {
            figures.push_back(block.box);
        }
    }
    if (stamped) {
        cv::circle(picture, {850, 750}, 130, {40, 40, 210}, 8, cv::LINE_AA);
        cv::ellipse(picture, {300, 1050}, {180, 30}, 10, 0, 300, {50, 50, 50}, 3, cv::LINE_AA);
    }
    text::DocumentPage page;
    page.dpi = dpi;
    page.picture = image::separate(picture, places, figures);
    page.blocks = std::move(blocks);
    return page;
}

} // namespace

DocumentLine sample_line(const std::string& text, float x, float baseline, float size) {
    DocumentLine line;
    line.baseline = baseline;
    line.font_size = size;
    std::istringstream words(text);
    std::string word;
    float at = x;
    while (words >> word) {
        const float letters = static_cast<float>(std::count_if(word.begin(), word.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; // not a continuation byte
        }));
        const float width = letters * size * 0.5F;
        line.words.push_back({word, {at, baseline - size * 0.75F, at + width, baseline + size * 0.2F}, 0.9F});
        at += width + size * 0.4F;
    }
    line.box = {x, baseline - size * 0.75F, at, baseline + size * 0.2F};
    return line;
}

text::Document document_of(std::vector<Block> blocks) {
    text::Document document;
    document.title = "Contoh";
    document.language = "id";
    document.creation_date = "2026-08-17T09:30:00+07:00";
    document.producer = "Saring 0.1.0";
    text::DocumentPage page;
    page.dpi = dpi;
    page.picture.width = page_width;
    page.picture.height = page_height;
    page.blocks = std::move(blocks);
    document.pages.push_back(std::move(page));
    return document;
}

text::Document sample_document() {
    text::Document document = document_of({});
    document.title = "Surat Keterangan";
    document.pages = {page_of(first_page(), false), page_of(second_page(), true)};
    return document;
}

} // namespace saring::test
