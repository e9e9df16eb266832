// The order in which a PDF is made: font, pages, structure, outline, description, and then one linearised file in
// memory. Pictures are borrowed from the document, not copied, so that the document and the finished file are all that
// memory must hold.
#include "output/document_writer.hpp"

#include "output/pdf_font.hpp"
#include "output/pdf_metadata.hpp"
#include "output/pdf_page.hpp"
#include "output/pdf_password.hpp"
#include "output/pdf_structure.hpp"
#include "saring/error.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

namespace saring::output {
namespace {

// QPDFWriter's output goes straight into the result.
class IntoBytes : public Pipeline {
public:
    explicit IntoBytes(FileBytes& bytes) : Pipeline("bytes", nullptr), bytes_(bytes) {}
    void write(const unsigned char* data, std::size_t size) override { bytes_.insert(bytes_.end(), data, data + size); }
    void finish() override {}

private:
    FileBytes& bytes_;
};

QPDFObjectHandle integer(int value) { return QPDFObjectHandle::newInteger(value); }

// A stream over bytes that stay where they are.
QPDFObjectHandle borrowed_stream(QPDF& pdf, const std::vector<std::uint8_t>& bytes, const std::string& dictionary) {
    auto* begin = const_cast<unsigned char*>(bytes.data()); // only read: Buffer has no form for constant bytes
    QPDFObjectHandle stream = pdf.newStream(std::make_shared<Buffer>(begin, bytes.size()));
    stream.replaceDict(QPDFObjectHandle::parse(dictionary));
    stream.getDict().replaceKey("/Length", integer(static_cast<int>(bytes.size())));
    return stream;
}

QPDFObjectHandle background_of(QPDF& pdf, const image::Layers& layers) {
    return borrowed_stream(pdf, layers.background_jpeg,
                           "<</Type /XObject /Subtype /Image /BitsPerComponent 8 /Filter /DCTDecode /ColorSpace " +
                               std::string(layers.background_is_gray ? "/DeviceGray" : "/DeviceRGB") + " /Width " +
                               std::to_string(layers.background_width) + " /Height " +
                               std::to_string(layers.background_height) + ">>");
}

// A stencil: black runs decode to 0, and where a stencil is 0 the fill colour is painted (ISO 32000-1, 8.9.6.2).
QPDFObjectHandle ink_of(QPDF& pdf, const image::Layers& layers) {
    const std::string width = std::to_string(layers.width);
    const std::string height = std::to_string(layers.height);
    return borrowed_stream(pdf, layers.mask_g4,
                           "<</Type /XObject /Subtype /Image /ImageMask true /BitsPerComponent 1 /Filter "
                           "/CCITTFaxDecode /DecodeParms <</K -1 /Columns " +
                               width + " /Rows " + height + ">> /Width " + width + " /Height " + height + ">>");
}

// Compressed at once: what is not yet written of hundreds of pages stays small.
QPDFObjectHandle deflated(QPDF& pdf, const std::string& content) {
    std::string packed;
    Pl_String end("packed", nullptr, packed);
    Pl_Flate deflate("deflate", &end, Pl_Flate::a_deflate);
    deflate.writeString(content);
    deflate.finish();
    QPDFObjectHandle stream = pdf.newStream(packed);
    stream.getDict().replaceKey("/Filter", QPDFObjectHandle::newName("/FlateDecode"));
    return stream;
}

void add_page(QPDF& pdf, const text::DocumentPage& page, const std::string& content, const QPDFObjectHandle& font) {
    const PdfFrame frame = frame_of(page);
    QPDFObjectHandle pictures = QPDFObjectHandle::newDictionary();
    if (!page.picture.background_jpeg.empty()) {
        pictures.replaceKey(background_name, background_of(pdf, page.picture));
    }
    if (!page.picture.mask_g4.empty()) {
        pictures.replaceKey(ink_name, ink_of(pdf, page.picture));
    }
    QPDFObjectHandle fonts = QPDFObjectHandle::newDictionary();
    fonts.replaceKey(font_name, font);
    QPDFObjectHandle resources = QPDFObjectHandle::newDictionary();
    resources.replaceKey("/Font", fonts);
    resources.replaceKey("/XObject", pictures);
    QPDFObjectHandle out = QPDFObjectHandle::parse("<</Type /Page /Tabs /S>>"); // S: tab order by structure
    out.replaceKey("/MediaBox",
                   QPDFObjectHandle::newArray(QPDFObjectHandle::Rectangle(0, 0, frame.width, frame.height)));
    out.replaceKey("/Resources", resources);
    out.replaceKey("/Contents", deflated(pdf, content));
    pdf.addPage(pdf.makeIndirectObject(out), false);
}

void lock(QPDFWriter& writer, const Protection& protection) {
    const std::string user = pdf_password(protection.user_password);
    // A file whose owner's password is the user's opens as its owner's, and the permissions mean nothing.
    const std::string owner =
        protection.owner_password.empty() ? random_password() : pdf_password(protection.owner_password);
    const bool assistive_technology = true;
    const bool change = protection.may_change;
    writer.setR6EncryptionParameters(user.c_str(), owner.c_str(), assistive_technology, protection.may_copy, change,
                                     change, change, change, protection.may_print ? qpdf_r3p_full : qpdf_r3p_none,
                                     true);
}

std::size_t expected_size(const text::Document& document) {
    constexpr std::size_t a_page = 16 * 1024; // text, tags and objects of a full page, compressed
    std::size_t out = 64 * 1024;
    for (const text::DocumentPage& page : document.pages) {
        out += page.picture.background_jpeg.size() + page.picture.mask_g4.size() + a_page;
    }
    return out;
}

FileBytes written(QPDF& pdf, const text::Document& document, const std::optional<Protection>& protection) {
    FileBytes out;
    out.reserve(expected_size(document));
    IntoBytes into(out);
    QPDFWriter writer(pdf);
    writer.setOutputPipeline(&into);
    writer.setMinimumPDFVersion("1.7");
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setDecodeLevel(qpdf_dl_none);
    writer.setNewlineBeforeEndstream(true); // ISO 19005-2, 6.1.7.1
    writer.setLinearization(true);
    if (protection) {
        lock(writer, *protection);
    } else {
        writer.setDeterministicID(true);
    }
    writer.write();
    return out;
}

// Whether the hint stream of a linearised file ends with a line end of its own: libqpdf then adds none, and the
// stream's length is not certain (ISO 19005-2, 6.1.7.1). It is the only stream of which that is so.
bool has_uncertain_length(const FileBytes& file) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    std::size_t hint = text.find("/S "); // with a number, of the hint stream alone (ISO 32000-1, annex F.3)
    while (hint != text.npos && (text[hint + 3] < '0' || text[hint + 3] > '9')) {
        hint = text.find("/S ", hint + 3);
    }
    const std::size_t length = text.find("/Length ", hint);
    const std::size_t stream = text.find("stream\n", length);
    if (hint == text.npos || length == text.npos || stream == text.npos) {
        return false;
    }
    std::size_t bytes = 0;
    for (std::size_t at = length + 8; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        bytes = bytes * 10 + static_cast<std::size_t>(text[at] - '0');
    }
    const std::size_t data = stream + 7;
    return bytes < text.size() - data && text.substr(data + bytes).starts_with("endstream");
}

// `padding`: so many signs of a comment end each page's content, which moves what the hint stream tells.
FileBytes make(const text::Document& document, const std::optional<Protection>& protection, std::size_t padding) {
    constexpr std::string_view signs = "q7Zk3xW9bN5vT1mC";
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.emptyPDF();
    const GlyphTable glyphs(document);
    const QPDFObjectHandle font = embed_font(pdf, glyphs);
    std::vector<PageContent> contents;
    for (const text::DocumentPage& page : document.pages) {
        contents.push_back(page_content(page, frame_of(page), glyphs));
        const std::string comment = padding > 0 ? "\n%" + std::string(signs.substr(0, padding)) : "";
        add_page(pdf, page, std::exchange(contents.back().operators, {}) + comment, font);
    }
    tag_structure(pdf, document, contents);
    add_outline(pdf, document);
    describe(pdf, document, !protection);
    return written(pdf, document, protection);
}

FileBytes make_certain(const text::Document& document, const std::optional<Protection>& protection) {
    FileBytes out = make(document, protection, 0);
    constexpr std::size_t most_padding = 16; // signs; one file in 256 needs any
    for (std::size_t padding = 1; has_uncertain_length(out) && padding <= most_padding; ++padding) {
        out = make(document, protection, padding);
    }
    return out;
}

} // namespace

FileBytes write_pdf(const text::Document& document, const std::optional<Protection>& protection) {
    if (document.pages.empty()) {
        throw Error(ErrorCode::write_failed, "write", "the document has no pages");
    }
    try {
        return make_certain(document, protection);
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::out_of_memory, "write");
    } catch (const std::exception& failure) {
        throw Error(ErrorCode::write_failed, "write", failure.what());
    }
}

} // namespace saring::output
