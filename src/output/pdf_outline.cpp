// Bookmarks (ISO 32000-1, 12.3.3), nested like the headings, all open.
#include "output/pdf_structure.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <string>

namespace saring::output {
namespace {

struct Entry {
    int level = 0;
    QPDFObjectHandle object;
    QPDFObjectHandle last; // its last child
    int descendants = 0;
};

std::string title_of(const text::Block& heading) {
    std::string out;
    for (const PdfWord& word : pdf_words(heading.lines)) {
        std::u32string characters = word.characters;
        if (!word.blank_after) {
            characters.pop_back(); // the soft hyphen
        }
        out += utf8_of(characters) + (word.blank_after ? " " : "");
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

QPDFObjectHandle destination(const QPDFObjectHandle& page, const PdfFrame& frame, const text::Block& heading) {
    const Box box = frame.to_points(heading.box);
    return QPDFObjectHandle::newArray({page, QPDFObjectHandle::newName("/XYZ"), QPDFObjectHandle::newReal(0.0, 1),
                                       QPDFObjectHandle::newReal(box.top, 1), QPDFObjectHandle::newNull()});
}

class Outline {
public:
    explicit Outline(QPDF& pdf) : pdf_(pdf) {
        open_.push_back({0, pdf.makeIndirectObject(QPDFObjectHandle::parse("<</Type /Outlines>>")), {}, 0});
    }

    void add(int level, const std::string& title, const QPDFObjectHandle& place) {
        while (open_.back().level >= level) {
            close();
        }
        QPDFObjectHandle item = pdf_.makeIndirectObject(QPDFObjectHandle::newDictionary());
        item.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(title));
        item.replaceKey("/Dest", place);
        Entry& parent = open_.back();
        item.replaceKey("/Parent", parent.object);
        if (parent.last.isInitialized()) {
            item.replaceKey("/Prev", parent.last);
            parent.last.replaceKey("/Next", item);
        } else {
            parent.object.replaceKey("/First", item);
        }
        parent.last = item;
        parent.object.replaceKey("/Last", item);
        open_.push_back({level, item, {}, 0});
        any_ = true;
    }

    void finish() {
        while (open_.size() > 1) {
            close();
        }
        if (any_) {
            open_.front().object.replaceKey("/Count", QPDFObjectHandle::newInteger(open_.front().descendants));
            pdf_.getRoot().replaceKey("/Outlines", open_.front().object);
        }
    }

private:
    void close() {
        const Entry done = open_.back();
        open_.pop_back();
        if (done.descendants > 0) {
            QPDFObjectHandle object = done.object;
            object.replaceKey("/Count", QPDFObjectHandle::newInteger(done.descendants));
        }
        open_.back().descendants += done.descendants + 1;
    }

    QPDF& pdf_;
    std::vector<Entry> open_; // from the root to the last heading
    bool any_ = false;
};

} // namespace

void add_outline(QPDF& pdf, const text::Document& document) {
    const std::vector<int> levels = heading_levels(document);
    const std::vector<QPDFObjectHandle> pages = pdf.getAllPages();
    Outline outline(pdf);
    std::size_t next = 0;
    for (std::size_t page = 0; page < document.pages.size(); ++page) {
        const PdfFrame frame = frame_of(document.pages[page]);
        for (const text::Block& block : document.pages[page].blocks) {
            if (block.kind != text::BlockKind::heading) {
                continue;
            }
            const int level = levels[next++];
            if (const std::string title = title_of(block); !title.empty()) {
                outline.add(level, title, destination(pages[page], frame, block));
            }
        }
    }
    outline.finish();
}

} // namespace saring::output
