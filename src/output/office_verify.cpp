#include "output/office_verify.hpp"

#include "output/office_layout.hpp"
#include "output/xml.hpp"
#include "saring/error.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorCode::write_failed, "verify", what); }

// A password of the same length and script, but another.
std::string changed(std::string password) {
    password.back() = password.back() == 'x' ? 'y' : 'x';
    while (password.size() > 1 && (static_cast<std::uint8_t>(password[password.size() - 2]) & 0x80U) != 0) {
        password.erase(password.size() - 2, 1); // the rest of a sign of several bytes
    }
    return password;
}

bool opens(const FileBytes& file, const std::string& password,
           FileBytes (*unlock)(const FileBytes&, std::string_view)) {
    try {
        static_cast<void>(unlock(file, password));
        return true;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::wrong_password) {
            throw;
        }
        return false;
    }
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

void gather(const pugi::xml_node& node, const TextShape& shape, std::string& out) {
    for (const pugi::xml_node& child : node.children()) {
        const std::string_view name = child.name();
        if (child.type() == pugi::node_pcdata) {
            out += contains(shape.pieces, node.name()) ? child.value() : "";
        } else if (!contains(shape.skipped, name)) {
            out += contains(shape.blanks, name) ? " " : "";
            gather(child, shape, out);
        }
    }
}

} // namespace

std::vector<ZipEntry> opened(const FileBytes& file, const std::optional<Protection>& protection,
                             FileBytes (*unlock)(const FileBytes&, std::string_view)) {
    FileBytes plain;
    if (protection) {
        if (opens(file, changed(protection->user_password), unlock)) {
            fail("a wrong password opens the file");
        }
        plain = unlock(file, protection->user_password);
    }
    std::vector<ZipEntry> entries = unzip(protection ? plain : file);
    for (const ZipEntry& entry : entries) {
        if (entry.name.ends_with(".xml") || entry.name.ends_with(".rels")) {
            pugi::xml_document part;
            parse_xml(part, entry.bytes, entry.name);
        }
    }
    return entries;
}

void expect_text(std::string_view what, std::string_view expected, std::string_view found) {
    const std::string wanted = with_single_blanks(xml_text(expected));
    const std::string got = with_single_blanks(found);
    if (wanted == got) {
        return;
    }
    const auto differs = std::mismatch(wanted.begin(), wanted.end(), got.begin(), got.end());
    fail(std::string(what) + " says something else from byte " + std::to_string(differs.first - wanted.begin()) +
         " on");
}

void expect_furniture(std::string_view drawn, const text::Document& document) {
    for (const text::DocumentPage& page : document.pages) {
        for (const text::Block& block : page.blocks) {
            if (!is_furniture(block) || block.kind == text::BlockKind::page_number) {
                continue;
            }
            for (const text::DocumentLine& line : block.lines) {
                if (drawn.find(with_single_blanks(xml_text(text::text_of(line)))) == std::string_view::npos) {
                    fail("a line of a page's head or foot is missing");
                }
            }
        }
    }
}

void expect_count(std::string_view what, std::size_t expected, std::size_t found) {
    if (expected != found) {
        fail(std::to_string(found) + " " + std::string(what) + " instead of " + std::to_string(expected));
    }
}

std::string body_text(const text::Document& document) {
    std::string out;
    for (const text::DocumentPage& page : document.pages) {
        for (const text::Block& block : page.blocks) {
            if (is_furniture(block) || block.kind == text::BlockKind::figure) {
                continue;
            }
            out += " " + (block.kind == text::BlockKind::table ? "" : text::running_text(block.lines));
            for (const text::TableCell& cell : block.cells) {
                out += " " + text::running_text(cell.lines);
            }
        }
    }
    return out;
}

std::size_t count_blocks(const text::Document& document, text::BlockKind kind) {
    std::size_t count = 0;
    for (const text::DocumentPage& page : document.pages) {
        count += static_cast<std::size_t>(std::ranges::count(page.blocks, kind, &text::Block::kind));
    }
    return count;
}

std::string text_below(const pugi::xml_node& node, const TextShape& shape) {
    std::string out;
    gather(node, shape, out);
    return out;
}

} // namespace saring::output
