#include "output/reading.hpp"

#include <catch2/catch.hpp>

using namespace saring;

namespace {

Quad box(float left, float top, float right, float bottom) {
    return {{Point{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
}

ScanResult full_result() {
    ScanResult result;
    result.sha256 = "abc";
    result.media_type = "image/jpeg";
    result.complete = false;
    result.metadata = {true, -6.2, 106.8, "Kamera 1", "2026-08-17 09:30:00", 6};
    Page page;
    page.index = 2;
    page.width = 4000;
    page.height = 3000;
    page.rotation = 90;
    page.likeness = 0xFEDCBA9876543210U;
    page.seconds = 1.5;
    page.surfaces = {{SurfaceKind::slide, box(1, 2, 3, 4), 0.5F}};
    Line line;
    line.text = "SANGAT \"RAHASIA\" ñ";
    line.quad = {{Point{10.12345F, 20.6F}, {99.9F, 21}, {98, 40}, {9, 39}}};
    line.confidence = 0.98765F;
    line.engine = "tesseract";
    line.words = {{"SANGAT", box(10, 20, 50, 40), 0.91234F, {}}, {"\"RAHASIA\"", box(55, 20, 99, 40), 0.9F, {}}};
    line.polarity = Polarity::light_on_dark;
    line.x_height = 12.34F;
    line.alone = true;
    line.ink = 0xCC1122;
    line.block = 7;
    line.style = LineStyle::stamp;
    line.boxed = true;
    page.lines = {line};
    page.other_readings = {{line, line}, {}};
    page.unread = {{box(5, 6, 7, 8), UnreadReason::unsupported_script, "Arabic"}};
    page.error = Error(ErrorCode::corrupt, "load", "half a page");
    output::settle(page);
    result.pages = {page};
    return result;
}

} // namespace

TEST_CASE("A reading comes back as it was kept") {
    const ScanResult result = full_result();
    const std::string kept = output::reading_of(result);
    const ScanResult back = output::reading_from(kept);
    CHECK(output::reading_of(back) == kept);
    CHECK(kept.find('\n') == std::string::npos);
    CHECK(back.sha256 == "abc");
    CHECK_FALSE(back.complete);
    CHECK(back.metadata.latitude == result.metadata.latitude);
    const Page& page = back.pages.at(0);
    const Page& was = result.pages.at(0);
    CHECK(page.index == 2);
    CHECK(page.likeness == was.likeness);
    CHECK(page.seconds == was.seconds);
    CHECK(page.unread.at(0).script == "Arabic");
    CHECK(page.surfaces.at(0).kind == SurfaceKind::slide);
    REQUIRE(page.error);
    CHECK(page.error->code() == ErrorCode::corrupt);
    const Line& line = page.other_readings.at(0).at(1);
    CHECK(line.text == was.lines[0].text);
    CHECK(line.confidence == was.lines[0].confidence);
    CHECK(line.quad.corners[0].x == was.lines[0].quad.corners[0].x);
    CHECK(line.words.at(1).quad.corners[2].x == 99);
    CHECK(line.polarity == Polarity::light_on_dark);
    CHECK(line.style == LineStyle::stamp);
    CHECK(line.alone);
    CHECK(line.boxed);
    CHECK(line.ink == 0xCC1122);
    CHECK(line.block == 7);
}

TEST_CASE("What is no reading is refused without being quoted") {
    for (const char* text : {"", "{}", "rahasia", R"({"v": 2})", R"({"v":1,"sha256":"rahasia","pages":[{"i":"x"}]})"}) {
        try {
            (void)output::reading_from(text);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::bad_request);
            CHECK(error.message(Language::english).find("rahasia") == std::string::npos);
        }
    }
}
