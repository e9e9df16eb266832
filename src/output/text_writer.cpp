// Plain text and Markdown.
#include "output/office_layout.hpp"
#include "output/office_table.hpp"
#include "output/office_verify.hpp"
#include "output/verify_plain.hpp"
#include "output/xml.hpp"
#include "saring/error.hpp"

#include <algorithm>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;

void refuse(const std::optional<Protection>& protection) {
    if (protection) {
        throw Error(ErrorCode::bad_password, "write", "plain text cannot be locked");
    }
}

// Signs that would begin a heading, a list, a quotation, a rule or a code block at the start of a line, and those that
// mean something anywhere (CommonMark 2.4: any ASCII punctuation may be escaped).
std::string escaped(std::string_view text, bool begins_line) {
    constexpr std::string_view anywhere = "\\`*_[]<>|~&";
    constexpr std::string_view at_start = "#+-=:";
    std::string out;
    std::size_t digits = 0; // at the start
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        const bool alone = i + 1 == text.size() || text[i + 1] == ' ';
        const bool numbers_a_list = begins_line && (c == '.' || c == ')') && digits > 0 && digits == i && alone;
        const bool starts = begins_line && i == 0 && at_start.find(c) != std::string_view::npos;
        digits += digit && digits == i ? 1U : 0U;
        if (anywhere.find(c) != std::string_view::npos || starts || numbers_a_list) {
            out += '\\';
        }
        out += c;
    }
    return out;
}

std::string one_line(const std::vector<text::DocumentLine>& lines, bool begins_line = false) {
    return escaped(with_single_blanks(xml_text(text::running_text(lines))), begins_line);
}

// The first row of a pipe table is its heading; cells that span are written once, at their upper left corner.
std::string markdown_table(const Block& table) {
    const TableGrid grid(table);
    std::string out;
    for (int row = 0; row < grid.rows(); ++row) {
        out += "|";
        for (int column = 0; column < grid.columns(); ++column) {
            const GridCell& place = grid.at(row, column);
            const bool told = grid.is_origin(row, column) && place.cell != nullptr;
            out += " " + (told ? one_line(place.cell->lines) : "") + " |";
        }
        out += "\n";
        for (int column = 0; row == 0 && column < grid.columns(); ++column) {
            out += column == 0 ? "| --- |" : " --- |";
        }
        out += row == 0 ? "\n" : "";
    }
    return out;
}

std::string markdown_item(const Block& block) {
    constexpr std::size_t level_indent = 4; // what keeps a level below any marker
    const auto level = static_cast<std::size_t>(std::clamp(block.level, 0, 8));
    // Markdown knows numbers with "." and ")"; other markers are kept as text behind a bullet.
    const std::string& m = block.marker;
    const bool numbers = m.size() > 1 && m.size() < 10 && (m.back() == '.' || m.back() == ')') &&
                         m.find_first_not_of("0123456789") == m.size() - 1;
    const bool letters = std::ranges::any_of(
        m, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    const std::string marker = numbers ? m : letters ? "- " + escaped(xml_text(m), false) : "-";
    return std::string(level * level_indent, ' ') + marker + " " + one_line(block.lines, true) + "\n";
}

std::string markdown_of(const Block& block, const text::Document& document) {
    switch (block.kind) {
    case BlockKind::heading:
        return std::string(static_cast<std::size_t>(std::clamp(block.level, 1, 6)), '#') + " " + one_line(block.lines) +
               "\n";
    case BlockKind::list_item: return markdown_item(block);
    case BlockKind::table: return markdown_table(block);
    case BlockKind::figure: return "\\[" + escaped(xml_text(alternative_of(block, document)), false) + "\\]\n";
    default: return one_line(block.lines, true) + "\n";
    }
}

// What a reader of the Markdown sees of the words: escapes and table rules taken away, white space aside.
std::string without_marks(std::string_view markdown) {
    std::string out;
    for (std::size_t i = 0; i < markdown.size(); ++i) {
        i += markdown[i] == '\\' && i + 1 < markdown.size() ? 1U : 0U;
        out += markdown[i];
    }
    return out;
}

} // namespace

FileBytes write_text(const text::Document& document, const std::optional<Protection>& protection) {
    refuse(protection);
    return bytes_of(xml_text(text::plain_text(document)));
}

FileBytes write_markdown(const text::Document& document, const std::optional<Protection>& protection) {
    refuse(protection);
    std::string out;
    bool after_item = false;
    for (const text::DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            const bool item = block.kind == BlockKind::list_item;
            out += out.empty() || (item && after_item) ? "" : "\n"; // items of a list stand close
            out += markdown_of(block, document);
            after_item = item;
        }
    }
    return bytes_of(out);
}

void verify_text(const FileBytes& file, const text::Document& document, const std::optional<Protection>&) {
    expect_text("the text", text::plain_text(document), std::string(file.begin(), file.end()));
}

void verify_markdown(const FileBytes& file, const text::Document& document, const std::optional<Protection>&) {
    const std::string found = without_marks(std::string(file.begin(), file.end()));
    std::size_t place = 0;
    for (const text::DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            const auto expect = [&](const std::vector<text::DocumentLine>& lines) {
                const std::string wanted = with_single_blanks(xml_text(text::running_text(lines)));
                place = found.find(wanted, place);
                if (place == std::string::npos) {
                    throw Error(ErrorCode::write_failed, "verify", "the Markdown does not say \"" + wanted + "\"");
                }
                place += wanted.size();
            };
            if (block.kind == BlockKind::table) {
                std::ranges::for_each(block.cells, [&](const text::TableCell& cell) { expect(cell.lines); });
            } else if (block.kind != BlockKind::figure) {
                expect(block.lines);
            }
        }
    }
}

} // namespace saring::output
