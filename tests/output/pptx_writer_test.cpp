#include "output/document_samples.hpp"
#include "output/office_pictures.hpp"
#include "output/xml.hpp"
#include "support.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <utility>

using namespace saring;
using namespace saring::output;
using test::Part;

namespace {

constexpr const char* slide = "ppt/slides/slide1.xml";

// A slide of 16:9 with white words on a blue ground.
text::Document slide_document() {
    text::Document document;
    document.language = "id";
    text::DocumentPage page;
    page.dpi = 144;
    page.picture.width = 1920;
    page.picture.height = 1080;
    cv::Mat picture(1080, 1920, CV_8UC3, cv::Scalar(120, 60, 20));
    text::Block title = test::block(text::BlockKind::heading, {"Rencana Kerja"}, 200, 300, 100);
    for (const text::DocumentWord& word : title.lines.front().words) {
        cv::rectangle(picture, cv::Point2f(word.box.left + 10, word.box.top),
                      cv::Point2f(word.box.left + 30, word.box.bottom), cv::Scalar::all(255), cv::FILLED);
    }
    title.lines.front().ink = 0xFFFFFF;
    for (const std::byte byte : test::encoded(picture, ".jpg")) {
        page.picture.background_jpeg.push_back(static_cast<std::uint8_t>(byte));
    }
    page.blocks = {title, test::item("•", "butir", 200, 600), test::item("§2", "pasal", 200, 700)};
    document.pages.push_back(page);
    return document;
}

} // namespace

TEST_CASE("a slide carries its words as text where they stood, its heading as the title, and notes") {
    const text::Document document = slide_document();
    const FileBytes file = write_pptx(document, {});
    const Part part(file, slide);
    CHECK(part.text("//p:sp[p:nvSpPr/p:nvPr/p:ph/@type='title']//a:t") == "Rencana Kerja");
    CHECK(part.value("//p:sp[1]//a:off/@x") == "1270000"); // 200 pixels of 1920, on 13.33 inches
    CHECK(part.value("//p:sp[1]//a:srgbClr/@val") == "FFFFFF");
    CHECK(part.value("//a:buChar/@char") == "•");
    CHECK(part.text("//p:sp[2]//a:t") == "butir|§2 |pasal");
    CHECK(Part(file, "ppt/presentation.xml").value("//p:sldSz/@cx") == "12192000");
    CHECK(Part(file, "ppt/notesSlides/notesSlide1.xml").text("//a:t").find("Rencana Kerja") == 0);
    CHECK_NOTHROW(verify_pptx(file, document, {}));
}

TEST_CASE("words are erased from what lies behind them, so that nothing shows twice") {
    const text::Document document = slide_document();
    const Backdrop backdrop = pictures_of(document.pages.front()).backdrop;
    REQUIRE_FALSE(backdrop.picture.bytes.empty());
    const cv::Mat ground = cv::imdecode(backdrop.picture.bytes, cv::IMREAD_COLOR);
    REQUIRE(ground.cols == 1920);
    cv::Mat light;
    cv::inRange(ground, cv::Scalar::all(170), cv::Scalar::all(255), light);
    CHECK(cv::countNonZero(light) == 0);
    const auto pixel = ground.at<cv::Vec3b>(340, 220); // in the first letter
    CHECK(std::abs(pixel[0] - 120) < 12);
    CHECK(std::abs(pixel[2] - 20) < 12);
}

TEST_CASE("a figure or a frame over the whole slide is its ground, and words that were taken for dark stay readable") {
    text::Document document = slide_document();
    text::DocumentPage& page = document.pages.front();
    text::Block figure;
    figure.kind = text::BlockKind::figure;
    figure.box = {0, 0, 1920, 1080};
    page.blocks.push_back(figure);
    page.blocks.front().lines.front().ink = 0x143C78; // that of the ground
    const Part part(write_pptx(document, {}), slide);
    CHECK(part.count("//p:pic") == 0);
    const std::string colour = part.value("//p:sp[1]//a:srgbClr/@val");
    CHECK(std::stoul(colour, nullptr, 16) > 0xE00000);

    text::Block frame;
    frame.kind = text::BlockKind::table;
    frame.rows = 1;
    frame.columns = 1;
    frame.box = figure.box;
    frame.cells = {{0, 0, 1, 1, figure.box, false, page.blocks.front().lines}};
    page.blocks = {frame};
    const FileBytes framed = write_pptx(document, {});
    CHECK(Part(framed, slide).count("//a:tbl") == 0);
    CHECK(Part(framed, slide).text("//a:t") == "Rencana Kerja");
    CHECK_NOTHROW(verify_pptx(framed, document, {}));
}

TEST_CASE("a picture on which text stands stays in the ground; beside text it is one of its own, behind all text") {
    text::Document document = slide_document();
    text::DocumentPage& page = document.pages.front();
    text::Block figure;
    figure.kind = text::BlockKind::figure;
    figure.box = {150, 200, 900, 400}; // around the title
    page.blocks.push_back(figure);
    CHECK(Part(write_pptx(document, {}), slide).count("//p:pic") == 0);
    text::Block table = page.blocks.front();
    table.kind = text::BlockKind::table;
    table.rows = table.columns = 1;
    table.cells = {{0, 0, 1, 1, table.box, false, table.lines}};
    table.lines.clear();
    const text::Block title = std::exchange(page.blocks.front(), table);
    CHECK(Part(write_pptx(document, {}), slide).count("//p:pic") == 0);
    page.blocks.front() = title;
    page.blocks.back().box = {1200, 200, 1700, 700};
    const Part beside(write_pptx(document, {}), slide);
    CHECK(beside.count("//p:pic") == 1);
    CHECK(beside.count("//p:pic/following-sibling::p:sp") == beside.count("//p:sp"));
}

TEST_CASE("a table without rules stands on the slide's own ground, in a colour that can be read there") {
    text::Document document = slide_document();
    text::DocumentPage& page = document.pages.front();
    text::Block table;
    table.kind = text::BlockKind::table;
    table.rows = 1;
    table.columns = 2;
    table.box = {200, 250, 1200, 350};
    std::vector<text::DocumentLine> lines = page.blocks.front().lines;
    lines.front().ink = 0x640A28; // another colour than the ground's, but as dark
    table.cells = {{0, 0, 1, 1, {200, 250, 700, 350}, false, lines}, {0, 1, 1, 1, {700, 250, 1200, 350}, false, {}}};
    page.blocks = {table};
    const FileBytes bare = write_pptx(document, {});
    CHECK(Part(bare, slide).count("//a:tcPr/a:solidFill") == 0);
    CHECK(std::stoul(Part(bare, slide).value("//a:tc//a:rPr//a:srgbClr/@val"), nullptr, 16) > 0xE00000);
    const auto ground_at = [&](int x, int y) {
        const Backdrop backdrop = pictures_of(page).backdrop;
        return cv::imdecode(backdrop.picture.bytes, cv::IMREAD_COLOR).at<cv::Vec3b>(y, x);
    };
    cv::Mat spotted(1080, 1920, CV_8UC3, cv::Scalar(120, 60, 20)); // a mark in the empty cell
    cv::rectangle(spotted, cv::Rect(900, 280, 60, 40), cv::Scalar(40, 200, 40), cv::FILLED);
    page.picture.background_jpeg.clear();
    for (const std::byte byte : test::encoded(spotted, ".jpg")) {
        page.picture.background_jpeg.push_back(static_cast<std::uint8_t>(byte));
    }
    CHECK(ground_at(930, 300)[1] > 150);
    page.blocks.front().ruled = true; // drawn as a table, ground and all
    CHECK(ground_at(930, 300)[1] < 100);
    CHECK(Part(write_pptx(document, {}), slide).count("//a:tcPr/a:solidFill") == 2);
}

TEST_CASE("white paper needs no picture behind its text, and figures stand as pictures of their own") {
    const text::Document document = test::two_column_document();
    const FileBytes file = write_pptx(document, {});
    const Part part(file, slide);
    CHECK(part.count("//p:bg") == 0);
    CHECK(part.value("//p:pic//p:cNvPr/@descr") == "Foto ruang kerja");
    CHECK(part.value("//a:tc[.//a:t='Jumlah berkas']/@gridSpan") == "2");
    CHECK(part.value("//a:tc[.//a:t='Keuangan']/@rowSpan") == "2");
    CHECK(part.value("//a:buAutoNum/@startAt") == "3");
    CHECK_NOTHROW(verify_pptx(file, document, {}));
}

TEST_CASE("verification of a PPTX fails when a word, a slide or the notes are not as they should be") {
    const text::Document document = test::two_column_document();
    const FileBytes file = write_pptx(document, {});
    const auto fails = [&](const std::string& name, const std::string& from, const std::string& to) {
        const FileBytes bad = test::tampered(file, name, from, to);
        return test::code_of([&] { verify_pptx(bad, document, {}); }) == ErrorCode::write_failed;
    };
    CHECK(fails(slide, "Sasaran", "Sasar"));
    CHECK(fails("ppt/notesSlides/notesSlide2.xml", "Demikian", ""));
    text::Document other = document;
    other.pages.push_back(document.pages.front());
    CHECK(test::code_of([&] { verify_pptx(file, other, {}); }) == ErrorCode::write_failed);
}
