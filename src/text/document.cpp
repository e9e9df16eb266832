#include "text/document.hpp"

namespace saring::text {
namespace {

// A hyphen between letters joins two lines even where it stays: "undang-" and "undang" are one word.
bool ends_with_hyphen(const std::string& text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return text.size() > 1 && text.back() == '-' && is_letter(text[text.size() - 2]);
}

// Both the hyphen of keyboards and the one of typesetters.
void drop_hyphen(std::string& text) {
    for (const std::string_view hyphen : {"-", "\u2010", "\u00AD"}) {
        if (text.ends_with(hyphen)) {
            text.resize(text.size() - hyphen.size());
            return;
        }
    }
}

std::string text_of_table(const Block& table) {
    std::string out;
    int row = 0;
    bool first = true;
    for (const TableCell& cell : table.cells) {
        if (!first) {
            out += cell.row == row ? "\t" : "\n";
        }
        first = false;
        row = cell.row;
        out += running_text(cell.lines);
    }
    return out;
}

} // namespace

Document blank_document() {
    Document out;
    DocumentPage& page = out.pages.emplace_back();
    constexpr int side = 8; // pixels
    page.picture.width = side;
    page.picture.height = side;
    return out;
}

std::string text_of(const DocumentLine& line) {
    std::string out;
    for (const DocumentWord& word : line.words) {
        out += out.empty() ? "" : " ";
        out += word.text;
    }
    return out;
}

std::string running_text(const std::vector<DocumentLine>& lines) {
    std::string out;
    bool joined = true;
    for (const DocumentLine& line : lines) {
        out += joined ? "" : " ";
        out += text_of(line);
        joined = line.joins_next;
        if (joined) {
            drop_hyphen(out);
        }
        joined = joined || ends_with_hyphen(out);
    }
    return out;
}

std::string plain_text(const Document& document) {
    std::string out;
    for (const DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            std::string text = block.kind == BlockKind::table ? text_of_table(block) : running_text(block.lines);
            if (!block.marker.empty()) {
                text.insert(0, block.marker + " ");
            }
            if (!text.empty()) {
                out += out.empty() ? "" : "\n\n";
                out += text;
            }
        }
    }
    return out.empty() ? out : out + "\n";
}

} // namespace saring::text
