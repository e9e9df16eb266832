#include "output/document_writer.hpp"

#include "output/document_samples.hpp"
#include "output/xml.hpp"
#include "support.hpp"

#include <opencv2/imgcodecs.hpp>

using namespace saring;
using namespace saring::output;

namespace {

// Formats of this table that can be written without another library's help.
std::vector<const DocumentFormat*> formats() {
    std::vector<const DocumentFormat*> out;
    for (const DocumentFormat& format : document_formats()) {
        if (format.name != "pdf") {
            out.push_back(&format);
        }
    }
    return out;
}

text::Document odd_document() {
    text::Document document = test::two_column_document();
    document.title = "Judul \x01 <&> \xFF";
    text::DocumentPage& page = document.pages.front();
    page.blocks[2].lines.front().words.front().text = std::string("Ke\x02gi\x0B") + "atan";
    page.blocks[3].lines.front().words.back().text = "אבג\U0001F600";
    page.blocks[4].marker = "\x03§";
    document.pages.insert(document.pages.begin() + 1, test::page()); // nothing stands on it
    return document;
}

} // namespace

TEST_CASE("formats are known by the extension of a file name, in any case") {
    CHECK(format_of(".docx")->name == "docx");
    CHECK(format_of(".DOCX")->name == "docx");
    CHECK(format_of(".jpeg")->name == "jpeg");
    CHECK(format_of(".html")->name == "hocr");
    CHECK(format_of(".xml")->name == "alto");
    CHECK(format_of(".pdf")->can_encrypt);
    CHECK(format_of(".png")->one_page_a_file);
    CHECK(format_of(".doc") == nullptr);
    CHECK(format_of("") == nullptr);
}

TEST_CASE("the same document makes the same bytes, in every format") {
    const text::Document document = test::two_column_document();
    for (const DocumentFormat* format : formats()) {
        INFO(format->name);
        CHECK(format->write(document, {}) == format->write(document, {}));
    }
}

TEST_CASE("control characters, broken UTF-8, signs beyond the first plane and empty pages harm no format") {
    const text::Document document = odd_document();
    for (const DocumentFormat* format : formats()) {
        INFO(format->name);
        CHECK_NOTHROW(format->verify(format->write(document, {}), document, {}));
    }
}

TEST_CASE("a document without pages is a file without pages, and no picture") {
    const text::Document document;
    for (const DocumentFormat* format : formats()) {
        INFO(format->name);
        if (format->one_page_a_file) {
            CHECK(test::code_of([&] { format->write(document, {}); }) == ErrorCode::write_failed);
        } else {
            CHECK_NOTHROW(format->verify(format->write(document, {}), document, {}));
        }
    }
}

TEST_CASE("a format that cannot be locked refuses a password") {
    const text::Document document = test::two_column_document();
    for (const DocumentFormat* format : formats()) {
        if (!format->can_encrypt) {
            INFO(format->name);
            CHECK(test::code_of([&] {
                      format->write(document, Protection{"rahasia", "", true, true, false});
                  }) == ErrorCode::bad_password);
        }
    }
}

TEST_CASE("a flat picture has the size and the resolution of its page") {
    const text::Document document = test::two_column_document();
    const FileBytes png = write_png(document, {});
    const std::string text(png.begin(), png.begin() + 60);
    const std::size_t place = text.find("pHYs");
    REQUIRE(place != std::string::npos);
    const std::size_t per_metre = (std::size_t{png[place + 6]} << 8U) | png[place + 7];
    CHECK(per_metre == 11811); // 300 dpi
    const FileBytes jpeg = write_jpeg(document, {});
    CHECK(jpeg[13] == 1);
    CHECK(((jpeg[14] << 8) | jpeg[15]) == 300);
    for (const FileBytes* file : {&png, &jpeg}) {
        const cv::Mat picture = cv::imdecode(*file, cv::IMREAD_COLOR);
        REQUIRE(picture.cols == 2480);
        CHECK(test::colour_at(picture, 600.0 / 2480, 2500.0 / 3508) != "white");
    }
}
