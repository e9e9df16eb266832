#include "output/document_writer.hpp"
#include "output/pdf_font.hpp"
#include "output/pdf_metadata.hpp"
#include "output/pdf_page.hpp"
#include "output/pdf_password.hpp"
#include "output/pdf_structure.hpp"
#include "output/sample_document.hpp"
#include "support.hpp"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-page.h>
#include <qpdf/QPDF.hh>

#include <cmath>
#include <limits>
#include <memory>

using namespace saring;
using output::FileBytes;
using output::Protection;
using text::Block;
using text::BlockKind;

namespace {

Protection locked_with(const std::string& password) {
    Protection protection;
    protection.user_password = password;
    return protection;
}

// Both libraries read from `file` as long as they live.
std::unique_ptr<poppler::document> opened(FileBytes&& file, const std::string& password = {}) = delete;
std::unique_ptr<QPDF> parsed(FileBytes&& file, const char* password = nullptr) = delete;

std::unique_ptr<poppler::document> opened(const FileBytes& file, const std::string& password = {}) {
    return std::unique_ptr<poppler::document>(poppler::document::load_from_raw_data(
        reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size()), std::string(), password));
}

std::string text_of_page(const FileBytes& file, int number) {
    const auto document = opened(file);
    const std::unique_ptr<poppler::page> page(document->create_page(number));
    const poppler::byte_array bytes = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
    return {bytes.begin(), bytes.end()};
}

std::unique_ptr<QPDF> parsed(const FileBytes& file, const char* password = nullptr) {
    auto pdf = std::make_unique<QPDF>();
    pdf->setSuppressWarnings(true);
    pdf->processMemoryFile("file", reinterpret_cast<const char*>(file.data()), file.size(), password);
    return pdf;
}

std::string metadata_of(const FileBytes& file, const char* password = nullptr) {
    const auto pdf = parsed(file, password);
    const auto data = pdf->getRoot().getKey("/Metadata").getStreamData();
    return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

Block paragraph(const std::string& text, float baseline = 300) {
    Block block;
    block.lines = {test::sample_line(text, 100, baseline)};
    block.box = block.lines.front().box;
    return block;
}

Block heading(int level) {
    Block block = paragraph("Judul");
    block.kind = BlockKind::heading;
    block.level = level;
    return block;
}

} // namespace

TEST_CASE("pdf: what is written is found again, word by word") {
    const text::Document document = test::sample_document();
    const FileBytes file = output::write_pdf(document, std::nullopt);
    REQUIRE_NOTHROW(output::verify_pdf(file, document, std::nullopt));
    const std::string page = text_of_page(file, 0);
    REQUIRE(page.find("Surat Keterangan") != std::string::npos);
    REQUIRE(page.find("1. Surat pengantar") != std::string::npos);
    REQUIRE(text_of_page(file, 1).find("Grüße, Ελλάδα, Москва, 日本語, \U0001F600 dan 𝐀.") != std::string::npos);
}

TEST_CASE("pdf: a hyphen that only broke its word is a soft one") {
    const FileBytes file = output::write_pdf(test::sample_document(), std::nullopt);
    REQUIRE(text_of_page(file, 0).find("infor\u00AD\nmasi") != std::string::npos);
}

TEST_CASE("pdf: each word lies where it was read, on its baseline, in the size of its block") {
    const text::Document document = test::sample_document();
    const FileBytes file = output::write_pdf(document, std::nullopt);
    const auto pdf = opened(file);
    const std::unique_ptr<poppler::page> page(pdf->create_page(0));
    const text::DocumentLine& line = document.pages[0].blocks[1].lines[0];
    int seen = 0;
    for (const poppler::text_box& box : page->text_list()) {
        const poppler::byte_array bytes = box.text().to_utf8();
        if (std::string(bytes.begin(), bytes.end()) != "Keterangan") {
            continue;
        }
        ++seen;
        const double scale = 72.0 / document.pages[0].dpi;
        REQUIRE(box.bbox().left() == Approx(line.words[1].box.left * scale).margin(0.05));
        REQUIRE(box.bbox().right() == Approx(line.words[1].box.right * scale).margin(0.05));
        REQUIRE(box.bbox().top() == Approx((line.baseline - 0.8F * line.font_size) * scale).margin(0.05));
        REQUIRE(box.bbox().bottom() == Approx((line.baseline + 0.25F * line.font_size) * scale).margin(0.05));
    }
    REQUIRE(seen == 1);
}

TEST_CASE("pdf: a blank stands between words that touch") {
    Block block = paragraph("rapat sekali");
    block.lines[0].words[1].box.left = block.lines[0].words[0].box.right;
    const FileBytes file = output::write_pdf(test::document_of({block}), std::nullopt);
    REQUIRE(text_of_page(file, 0).find("rapat sekali") != std::string::npos);
}

TEST_CASE("pdf: the same document gives the same bytes") {
    const text::Document document = test::sample_document();
    REQUIRE(output::write_pdf(document, std::nullopt) == output::write_pdf(document, std::nullopt));
}

TEST_CASE("pdf: an open file claims PDF/A-2b, a locked one does not") {
    const text::Document document = test::sample_document();
    const std::string open = metadata_of(output::write_pdf(document, std::nullopt));
    REQUIRE(open.find("<pdfaid:part>2</pdfaid:part>") != std::string::npos);
    REQUIRE(open.find("<xmp:CreateDate>2026-08-17T09:30:00+07:00</xmp:CreateDate>") != std::string::npos);
    const std::string locked = metadata_of(output::write_pdf(document, locked_with("rahasia")), "rahasia");
    REQUIRE(locked.find("pdfaid:part") == std::string::npos);
}

TEST_CASE("pdf: titles cannot break out of the metadata") {
    text::Document document = test::document_of({});
    document.title = "A & B <c>\x01\xFF";
    REQUIRE(output::xmp_packet(document, true).find(">A &amp; B &lt;c&gt;\uFFFD<") != std::string::npos);
}

TEST_CASE("pdf: dates that are none are left out") {
    REQUIRE(output::pdf_date("2026-08-17T09:30:00+07:00") == "D:20260817093000+07'00'");
    REQUIRE(output::pdf_date("2026-08-17T09:30:00Z") == "D:20260817093000Z");
    REQUIRE_FALSE(output::pdf_date("kemarin"));
    REQUIRE_FALSE(output::pdf_date("2026-08-17T09:30:00"));
    REQUIRE_FALSE(output::pdf_date(""));
}

TEST_CASE("pdf: a locked file opens with its password only") {
    const text::Document document = test::sample_document();
    const FileBytes file = output::write_pdf(document, locked_with("kué rahasia"));
    REQUIRE_NOTHROW(output::verify_pdf(file, document, locked_with("kué rahasia")));
    REQUIRE(opened(file)->is_locked());
    REQUIRE(opened(file, "kue rahasia")->is_locked());
    REQUIRE_FALSE(opened(file, "kué rahasia")->is_locked());
    const std::string bytes(file.begin(), file.end());
    REQUIRE(bytes.find("Keterangan") == std::string::npos);
}

TEST_CASE("pdf: permissions hold for who knows the user password, and assistive technology may read") {
    Protection protection = locked_with("rahasia");
    protection.may_print = false;
    protection.may_copy = false;
    const FileBytes file = output::write_pdf(test::document_of({paragraph("isi")}), protection);
    const auto pdf = parsed(file, "rahasia");
    REQUIRE_FALSE(pdf->ownerPasswordMatched());
    REQUIRE_FALSE(pdf->allowPrintLowRes());
    REQUIRE_FALSE(pdf->allowExtractAll());
    REQUIRE_FALSE(pdf->allowModifyAll());
    REQUIRE(pdf->allowAccessibility());
}

TEST_CASE("pdf: the owner password lifts the permissions") {
    Protection protection = locked_with("rahasia");
    protection.owner_password = "pemilik";
    const FileBytes file = output::write_pdf(test::document_of({paragraph("isi")}), protection);
    REQUIRE(parsed(file, "pemilik")->ownerPasswordMatched());
}

TEST_CASE("pdf: passwords are refused, never cut") {
    const auto code = [](const std::string& password) {
        return test::code_of([&] { output::write_pdf(test::document_of({}), locked_with(password)); });
    };
    REQUIRE(code("") == ErrorCode::bad_password);
    REQUIRE(code(std::string(128, 'a')) == ErrorCode::bad_password);
    REQUIRE(code("a\x07") == ErrorCode::bad_password);
    REQUIRE(code("a\xFF") == ErrorCode::bad_password);
    REQUIRE(code("\u00AD") == ErrorCode::bad_password); // nothing is left of a soft hyphen
    REQUIRE(output::pdf_password(std::string(127, 'a')).size() == 127);
    REQUIRE(output::pdf_password("\U0001F600 é") == "\U0001F600 é");
}

TEST_CASE("pdf: a password typed in another normal form is the same password") {
    REQUIRE(output::pdf_password("kue\u0301") == output::pdf_password("ku\u00E9"));
    REQUIRE(output::pdf_password("a\u00A0b") == "a b");
}

TEST_CASE("pdf: the verifier notices other words, more than a few run together, and other page counts") {
    const FileBytes file = output::write_pdf(test::document_of({paragraph("satu dua tiga")}), std::nullopt);
    const auto code = [&](const text::Document& document) {
        return test::code_of([&] { output::verify_pdf(file, document, std::nullopt); });
    };
    REQUIRE(code(test::document_of({paragraph("satu dua tika")})) == ErrorCode::write_failed);
    REQUIRE(code(test::document_of({paragraph("sa tu du a ti ga")})) == ErrorCode::write_failed);
    text::Document longer = test::document_of({paragraph("satu dua tiga")});
    longer.pages.push_back(longer.pages.front());
    REQUIRE(code(longer) == ErrorCode::write_failed);
}

TEST_CASE("pdf: the verifier notices a lock that is none, and damage") {
    const text::Document document = test::document_of({paragraph("isi")});
    FileBytes file = output::write_pdf(document, std::nullopt);
    REQUIRE(test::code_of([&] { output::verify_pdf(file, document, locked_with("x")); }) == ErrorCode::write_failed);
    file.resize(file.size() / 2);
    REQUIRE(test::code_of([&] { output::verify_pdf(file, document, std::nullopt); }) == ErrorCode::write_failed);
}

TEST_CASE("pdf: the font is sound, and its glyph has an extent, without which PDFium drops words of one letter") {
    const std::string font = output::glyphless_font();
    const auto word = [&font](std::size_t at) {
        return static_cast<std::int16_t>(static_cast<unsigned char>(font[at]) << 8 |
                                         static_cast<unsigned char>(font[at + 1]));
    };
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < font.size(); i += 4) {
        sum += static_cast<std::uint32_t>(static_cast<std::uint16_t>(word(i))) << 16 |
               static_cast<std::uint16_t>(word(i + 2));
    }
    REQUIRE(sum == 0xB1B0AFBA);
    const auto entry = font.find("glyf");
    const auto glyph = static_cast<std::size_t>(word(entry + 10)); // the low half of the table's offset
    REQUIRE(word(glyph + 6) - word(glyph + 2) == output::glyph_advance);
    REQUIRE(word(glyph + 8) - word(glyph + 4) == output::glyph_em);
}

TEST_CASE("pdf: what may not be copied is still verified") {
    Protection protection = locked_with("rahasia");
    protection.may_copy = false;
    const text::Document document = test::sample_document();
    REQUIRE_NOTHROW(output::verify_pdf(output::write_pdf(document, protection), document, protection));
}

TEST_CASE("pdf: headings never skip a level, and become the outline") {
    const text::Document document = test::document_of({heading(3), heading(6), heading(1), heading(2), heading(0)});
    REQUIRE(output::heading_levels(document) == std::vector<int>{1, 2, 1, 2, 1});
    const FileBytes file = output::write_pdf(document, std::nullopt);
    const auto pdf = parsed(file);
    QPDFObjectHandle outline = pdf->getRoot().getKey("/Outlines");
    REQUIRE(outline.getKey("/Count").getIntValue() == 5);
    REQUIRE(outline.getKey("/First").getKey("/Title").getUTF8Value() == "Judul");
    REQUIRE(outline.getKey("/First").getKey("/Count").getIntValue() == 1);
}

TEST_CASE("pdf: a list goes on over the end of a page") {
    text::Document document = test::document_of({});
    Block item = paragraph("butir");
    item.kind = BlockKind::list_item;
    item.marker = "1.";
    document.pages = {test::document_of({item}).pages[0], test::document_of({item}).pages[0]};
    const FileBytes file = output::write_pdf(document, std::nullopt);
    const auto pdf = parsed(file);
    QPDFObjectHandle top = pdf->getRoot().getKey("/StructTreeRoot").getKey("/K");
    REQUIRE(top.getKey("/K").getArrayNItems() == 1);
    REQUIRE(top.getKey("/K").getArrayItem(0).getKey("/K").getArrayNItems() == 2);
}

TEST_CASE("pdf: a figure is content with a description and a place") {
    Block figure;
    figure.kind = BlockKind::figure;
    figure.box = {100, 100, 300, 200};
    figure.handwriting = true;
    const FileBytes file = output::write_pdf(test::document_of({figure}), std::nullopt);
    const auto pdf = parsed(file);
    QPDFObjectHandle element = pdf->getRoot().getKey("/StructTreeRoot").getKey("/K").getKey("/K").getArrayItem(0);
    REQUIRE(element.getKey("/S").getName() == "/Figure");
    REQUIRE(element.getKey("/Alt").getUTF8Value() == "Tulisan tangan");
    REQUIRE(element.getKey("/A").getKey("/BBox").getArrayItem(0).getNumericValue() == Approx(36));
}

TEST_CASE("pdf: odd words and boxes make a sound file") {
    std::vector<Block> blocks;
    const float infinite = std::numeric_limits<float>::infinity();
    for (const std::string text : {"\x01\x02", "a\tb", "\xFF\xFE", "\uFEFFx", "", "()\\<>", "\u202Eabc", "\uFFFF"}) {
        Block block = paragraph("x");
        block.lines[0].words[0].text = text;
        blocks.push_back(block);
    }
    for (const Box& box : {Box{}, Box{-1e9F, -1e9F, 1e9F, 1e9F}, Box{infinite, 0, 0, infinite}, Box{9, 9, 1, 1},
                           Box{NAN, NAN, NAN, NAN}}) {
        Block block = paragraph("kata");
        block.lines[0].words[0].box = box;
        block.lines[0].box = box;
        blocks.push_back(block);
        block.kind = BlockKind::figure;
        block.box = box;
        blocks.push_back(block);
    }
    Block table;
    table.kind = BlockKind::table;
    blocks.push_back(table);
    Block empty_item;
    empty_item.kind = BlockKind::list_item;
    blocks.push_back(empty_item);
    Block empty_heading;
    empty_heading.kind = BlockKind::heading;
    blocks.push_back(empty_heading);
    const text::Document document = test::document_of(blocks);
    const FileBytes file = output::write_pdf(document, std::nullopt);
    REQUIRE_NOTHROW(output::verify_pdf(file, document, std::nullopt));
}

TEST_CASE("pdf: pages without anything, and without a size, are pages still") {
    text::Document document = test::document_of({});
    document.pages.emplace_back();
    document.pages.back().dpi = 0;
    document.pages.emplace_back();
    document.pages.back().picture.width = 1'000'000;
    document.pages.back().picture.height = 1;
    document.title = "";
    document.language = "bahasa)";
    document.creation_date = "";
    const FileBytes file = output::write_pdf(document, std::nullopt);
    REQUIRE_NOTHROW(output::verify_pdf(file, document, std::nullopt));
}

TEST_CASE("pdf: a document without pages is refused") {
    REQUIRE(test::code_of([] { output::write_pdf({}, std::nullopt); }) == ErrorCode::write_failed);
}

TEST_CASE("pdf: the length of every stream is certain, whatever its last byte") {
    text::Document document = test::document_of({paragraph("isi")});
    for (int i = 0; i < 600; ++i) { // one in 256 would end its hint stream with a line end
        document.title = "Surat " + std::to_string(i);
        const FileBytes file = output::write_pdf(document, std::nullopt);
        const std::string text(file.begin(), file.end());
        std::size_t streams = 0;
        for (std::size_t at = text.find(">>\nstream\n"); at != text.npos; at = text.find(">>\nstream\n", at + 1)) {
            const std::size_t length = std::stoul(text.substr(text.rfind("/Length ", at) + 8));
            REQUIRE(text.compare(at + 10 + length, 10, "\nendstream") == 0);
            ++streams;
        }
        REQUIRE(streams > 3);
    }
}
