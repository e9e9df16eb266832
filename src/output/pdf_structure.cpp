// Tagged PDF (ISO 32000-1, 14.7 and 14.8): Document over headings, paragraphs, lists, tables and figures. Every element
// points to marked content of one page; the parent tree leads back from marks to elements. A list goes on over the end
// of a page; what is an artifact does not interrupt it.
#include "output/pdf_structure.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <algorithm>
#include <string>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;

// ISO 32000-1, table 347.
const char* numbering_of(const std::string& marker) {
    const std::u32string characters = pdf_characters(marker, false);
    const auto first = std::find_if(characters.begin(), characters.end(), [](char32_t c) { return c != U'('; });
    if (first == characters.end()) {
        return "/None";
    }
    if (*first >= U'0' && *first <= U'9') {
        return "/Decimal";
    }
    if (*first >= U'a' && *first <= U'z') {
        return "/LowerAlpha";
    }
    if (*first >= U'A' && *first <= U'Z') {
        return "/UpperAlpha";
    }
    return "/Disc";
}

QPDFObjectHandle integer(int value) { return QPDFObjectHandle::newInteger(value); }

class Tree {
public:
    Tree(QPDF& pdf, const text::Document& document)
        : pdf_(pdf), pages_(pdf.getAllPages()), english_(document.language.starts_with("en")) {
        root_ = pdf.makeIndirectObject(QPDFObjectHandle::parse("<</Type /StructTreeRoot>>"));
        top_ = element("/Document", root_);
        root_.replaceKey("/K", top_);
        headings_ = heading_levels(document);
    }

    void add_page(const text::DocumentPage& page, const PageContent& content) {
        parents_.push_back(QPDFObjectHandle::newArray());
        frame_ = frame_of(page);
        for (std::size_t i = 0; i < page.blocks.size(); ++i) {
            add_block(page.blocks[i], content.marks[i]);
        }
    }

    void finish() {
        QPDFObjectHandle numbers = QPDFObjectHandle::newArray();
        for (std::size_t page = 0; page < parents_.size(); ++page) {
            numbers.appendItem(integer(static_cast<int>(page)));
            numbers.appendItem(pdf_.makeIndirectObject(parents_[page]));
            pages_[page].replaceKey("/StructParents", integer(static_cast<int>(page)));
        }
        QPDFObjectHandle tree = QPDFObjectHandle::newDictionary();
        tree.replaceKey("/Nums", numbers);
        root_.replaceKey("/ParentTree", pdf_.makeIndirectObject(tree));
        root_.replaceKey("/ParentTreeNextKey", integer(static_cast<int>(parents_.size())));
        pdf_.getRoot().replaceKey("/StructTreeRoot", root_);
        pdf_.getRoot().replaceKey("/MarkInfo", QPDFObjectHandle::parse("<</Marked true>>"));
    }

private:
    struct OpenList {
        int level = 0;
        std::string numbering;
        QPDFObjectHandle list;
        QPDFObjectHandle body; // of its last item
    };

    void add_block(const Block& block, const std::vector<int>& marks) {
        if (marks.empty() && block.kind != BlockKind::table) {
            return; // an artifact
        }
        if (block.kind != BlockKind::list_item) {
            lists_.clear();
        }
        switch (block.kind) {
        case BlockKind::heading:
            add_leaf("/H" + std::to_string(headings_[next_heading_++]), top_, marks.front());
            break;
        case BlockKind::list_item: add_item(block, marks); break;
        case BlockKind::table: add_table(block, marks); break;
        case BlockKind::figure: add_figure(block, marks.front()); break;
        default: add_leaf("/P", top_, marks.front()); break;
        }
    }

    // Nothing is added for what was not written.
    void add_leaf(const std::string& type, QPDFObjectHandle parent, int mark) {
        if (mark != unmarked) {
            point_to(child(type, parent), mark);
        }
    }

    void add_item(const Block& block, const std::vector<int>& marks) {
        const int label = marks[0];
        const int body = marks[1];
        if (label == unmarked && body == unmarked) {
            return;
        }
        QPDFObjectHandle item = child("/LI", list_for(block));
        add_leaf("/Lbl", item, label);
        lists_.back().body = child("/LBody", item);
        if (body != unmarked) {
            point_to(lists_.back().body, body);
        }
    }

    // The open list of this level and numbering, or a new one: within the item above, or at the top.
    QPDFObjectHandle list_for(const Block& block) {
        const char* numbering = numbering_of(block.marker);
        while (!lists_.empty() && (lists_.back().level > block.level ||
                                   (lists_.back().level == block.level && lists_.back().numbering != numbering))) {
            lists_.pop_back();
        }
        if (lists_.empty() || lists_.back().level < block.level) {
            QPDFObjectHandle list = child("/L", lists_.empty() ? top_ : lists_.back().body);
            QPDFObjectHandle attributes = QPDFObjectHandle::parse("<</O /List>>");
            attributes.replaceKey("/ListNumbering", QPDFObjectHandle::newName(numbering));
            list.replaceKey("/A", attributes);
            lists_.push_back({block.level, numbering, list, list});
        }
        return lists_.back().list;
    }

    void add_table(const Block& block, const std::vector<int>& marks) {
        if (block.cells.empty()) {
            return;
        }
        QPDFObjectHandle table = child("/Table", top_);
        QPDFObjectHandle row;
        int row_number = -1;
        for (std::size_t i = 0; i < block.cells.size(); ++i) {
            const text::TableCell& cell = block.cells[i];
            if (cell.row != row_number) {
                row = child("/TR", table);
                row_number = cell.row;
            }
            add_cell(cell, row, marks[i]);
        }
    }

    // ISO 32000-1, table 349.
    void add_cell(const text::TableCell& cell, QPDFObjectHandle row, int mark) {
        QPDFObjectHandle element = child(cell.heading ? "/TH" : "/TD", row);
        QPDFObjectHandle attributes = QPDFObjectHandle::parse("<</O /Table>>");
        if (cell.row_span > 1) {
            attributes.replaceKey("/RowSpan", integer(cell.row_span));
        }
        if (cell.column_span > 1) {
            attributes.replaceKey("/ColSpan", integer(cell.column_span));
        }
        if (cell.heading) {
            attributes.replaceKey("/Scope", QPDFObjectHandle::newName("/Column"));
        }
        if (attributes.getKeys().size() > 1) {
            element.replaceKey("/A", attributes);
        }
        if (mark != unmarked) {
            point_to(element, mark);
        }
    }

    void add_figure(const Block& block, int mark) {
        QPDFObjectHandle figure = child("/Figure", top_);
        point_to(figure, mark);
        figure.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(description_of(block)));
        const Box box = frame_.to_points(block.box);
        QPDFObjectHandle attributes = QPDFObjectHandle::parse("<</O /Layout /Placement /Block>>");
        attributes.replaceKey(
            "/BBox", QPDFObjectHandle::newArray(QPDFObjectHandle::Rectangle(box.left, box.bottom, box.right, box.top)));
        figure.replaceKey("/A", attributes);
    }

    [[nodiscard]] std::string description_of(const Block& figure) const {
        std::string given = pdf_string(figure.alternative);
        if (!given.empty()) {
            return given;
        }
        if (figure.handwriting) {
            return english_ ? "Handwriting" : "Tulisan tangan";
        }
        return english_ ? "Picture" : "Gambar";
    }

    QPDFObjectHandle element(const std::string& type, QPDFObjectHandle parent) {
        QPDFObjectHandle out = QPDFObjectHandle::parse("<</Type /StructElem>>");
        out.replaceKey("/S", QPDFObjectHandle::newName(type));
        out.replaceKey("/P", parent);
        return pdf_.makeIndirectObject(out);
    }

    QPDFObjectHandle child(const std::string& type, QPDFObjectHandle parent) {
        QPDFObjectHandle out = element(type, parent);
        append_kid(parent, out);
        return out;
    }

    static void append_kid(QPDFObjectHandle parent, const QPDFObjectHandle& kid) {
        if (!parent.hasKey("/K")) {
            parent.replaceKey("/K", QPDFObjectHandle::newArray());
        }
        parent.getKey("/K").appendItem(kid);
    }

    void point_to(QPDFObjectHandle element, int mark) {
        element.replaceKey("/Pg", pages_[parents_.size() - 1]);
        append_kid(element, integer(mark));
        while (parents_.back().getArrayNItems() <= mark) {
            parents_.back().appendItem(QPDFObjectHandle::newNull());
        }
        parents_.back().setArrayItem(mark, element);
    }

    QPDF& pdf_;
    std::vector<QPDFObjectHandle> pages_;
    bool english_;
    QPDFObjectHandle root_;
    QPDFObjectHandle top_;
    std::vector<int> headings_;
    std::size_t next_heading_ = 0;
    std::vector<QPDFObjectHandle> parents_; // of each page: mark to element
    PdfFrame frame_;
    std::vector<OpenList> lists_; // from the outermost to the innermost
};

} // namespace

void tag_structure(QPDF& pdf, const text::Document& document, const std::vector<PageContent>& marks) {
    Tree tree(pdf, document);
    for (std::size_t page = 0; page < document.pages.size(); ++page) {
        tree.add_page(document.pages[page], marks[page]);
    }
    tree.finish();
}

std::vector<int> heading_levels(const text::Document& document) {
    constexpr int deepest = 6;
    std::vector<int> out;
    int last = 0;
    for (const text::DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            if (block.kind == BlockKind::heading) {
                last = std::clamp(block.level, 1, std::min(deepest, last + 1));
                out.push_back(last);
            }
        }
    }
    return out;
}

} // namespace saring::output
