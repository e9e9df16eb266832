#include "image/coloured_ink.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

TEST_CASE("a red stamp is seen apart from the black print that it covers") {
    cv::Mat page(400, 600, CV_8UC3, cv::Scalar(225, 230, 232));
    cv::putText(page, "laporan tahunan", {40, 210}, cv::FONT_HERSHEY_DUPLEX, 1.8, cv::Scalar::all(30), 3, cv::LINE_AA);
    CHECK(ColouredInk(page).strong().empty()); // black ink has no colour
    cv::rectangle(page, {150, 150}, {450, 260}, cv::Scalar(45, 35, 205), 6);
    const cv::Mat ink = ColouredInk(page).strong();
    REQUIRE_FALSE(ink.empty());
    CHECK(ink.at<std::uint8_t>(150, 300) < 140); // on the stamp
    CHECK(ink.at<std::uint8_t>(205, 60) > 200);  // on a black letter
    CHECK(ink.at<std::uint8_t>(380, 300) > 230); // on paper
}

TEST_CASE("print that crosses the strokes of a stamp does not part them") {
    cv::Mat page(400, 600, CV_8UC3, cv::Scalar(225, 230, 232));
    cv::rectangle(page, {150, 150}, {450, 260}, cv::Scalar(75, 65, 215), 6);
    for (int x = 100; x < 500; x += 12) {
        cv::line(page, {x, 130}, {x, 280}, cv::Scalar::all(30), 2);
    }
    const cv::Mat ink = ColouredInk(page).strong();
    REQUIRE_FALSE(ink.empty());
    double palest = 0;
    cv::minMaxLoc(ink(cv::Rect(160, 150, 280, 1)), nullptr, &palest);
    CHECK(palest < 140);
    double darkest = 0;
    cv::minMaxLoc(ink(cv::Rect(170, 170, 260, 70)), &darkest, nullptr);
    CHECK(darkest > 200); // print where there is no stamp
}

TEST_CASE("pale stamp ink is as black on its picture as strong ink, and print with a tinge of colour is gone") {
    cv::Mat page(400, 600, CV_8UC3, cv::Scalar(225, 230, 232));
    cv::putText(page, "laporan tahunan", {40, 210}, cv::FONT_HERSHEY_DUPLEX, 1.8, cv::Scalar(48, 34, 30), 3,
                cv::LINE_AA);
    cv::rectangle(page, {150, 250}, {450, 350}, cv::Scalar(150, 150, 222), 6);
    const cv::Mat ink = ColouredInk(page).strong();
    REQUIRE_FALSE(ink.empty());
    CHECK(ink.at<std::uint8_t>(250, 300) < 60);
    double darkest = 0;
    cv::minMaxLoc(ink(cv::Rect(0, 100, 600, 140)), &darkest, nullptr);
    CHECK(darkest > 240); // all of the print
    cv::putText(page, "laporan tahunan", {40, 210}, cv::FONT_HERSHEY_DUPLEX, 1.8, cv::Scalar(58, 36, 30), 3,
                cv::LINE_AA);
    CHECK(ColouredInk(page).paler().empty()); // print with more of a tinge allows nothing paler
}

TEST_CASE("where print is quite black, ink with a third of a stamp's colour is seen too") {
    cv::Mat page(400, 600, CV_8UC3, cv::Scalar(225, 230, 232));
    cv::putText(page, "laporan tahunan", {40, 210}, cv::FONT_HERSHEY_DUPLEX, 1.8, cv::Scalar::all(30), 3, cv::LINE_AA);
    cv::rectangle(page, {150, 250}, {450, 350}, cv::Scalar(60, 50, 215), 6);
    cv::rectangle(page, {150, 30}, {450, 110}, cv::Scalar(158, 158, 225), 6); // faded
    const cv::Mat ink = ColouredInk(page).paler();
    REQUIRE_FALSE(ink.empty());
    CHECK(ink.at<std::uint8_t>(30, 300) < 240);
    CHECK(ColouredInk(page).strong().at<std::uint8_t>(30, 300) > 250);
    double darkest = 0;
    cv::minMaxLoc(ink(cv::Rect(0, 130, 600, 100)), &darkest, nullptr);
    CHECK(darkest > 240); // the print
}

TEST_CASE("a stamp on a sheet in the shade is seen, though most of the picture is a dark desk") {
    cv::Mat page(600, 800, CV_8UC3, cv::Scalar(20, 25, 45));
    const cv::Rect sheet(230, 80, 330, 440);
    cv::rectangle(page, sheet, cv::Scalar(120, 146, 150), cv::FILLED);
    cv::Mat stamp(page.size(), CV_8UC3, cv::Scalar::all(255));
    cv::rectangle(stamp, cv::Rect(300, 240, 180, 50), cv::Scalar(200, 128, 138), 5);
    cv::multiply(page, stamp, page, 1.0 / 255); // as ink does
    constexpr bool dark_print = true;
    const cv::Mat ink = ColouredInk(page, dark_print).strong();
    REQUIRE_FALSE(ink.empty());
    CHECK(ink.at<std::uint8_t>(240, 400) < 60);
    CHECK(ink.at<std::uint8_t>(265, 400) > 240);
    const cv::Mat less = ColouredInk(page).strong(); // the desk is taken for the ground
    CHECK((less.empty() || less.at<std::uint8_t>(240, 400) > 128));
}

TEST_CASE("a violet stamp is seen on yellowed paper and on a coloured note alike, and neither is") {
    const auto ground = GENERATE(cv::Scalar(120, 190, 225), cv::Scalar(190, 90, 150), cv::Scalar(80, 200, 120));
    cv::Mat page(600, 800, CV_8UC3, cv::Scalar(225, 230, 232));
    cv::rectangle(page, cv::Rect(100, 100, 600, 400), ground, cv::FILLED);
    cv::Mat stamp(page.size(), CV_8UC3, cv::Scalar::all(255));
    cv::rectangle(stamp, cv::Rect(250, 240, 300, 100), cv::Scalar(160, 60, 90), 7);
    cv::multiply(page, stamp, page, 1.0 / 255); // as ink does
    const cv::Mat ink = ColouredInk(page).strong();
    REQUIRE_FALSE(ink.empty());
    CHECK(ink.at<std::uint8_t>(240, 400) < 110);
    CHECK(ink.at<std::uint8_t>(290, 400) > 230); // the note
    CHECK(ink.at<std::uint8_t>(50, 400) > 230);  // the paper around it
}

TEST_CASE("among notes of many colours strokes are seen on their notes, and the notes are not") {
    cv::Mat page(800, 1000, CV_8UC3, cv::Scalar(225, 230, 232));
    CHECK(ColouredInk(page).among_colours().empty());
    cv::rectangle(page, cv::Rect(60, 60, 400, 300), cv::Scalar(40, 130, 240), cv::FILLED);    // orange
    cv::rectangle(page, cv::Rect(540, 60, 400, 300), cv::Scalar(200, 90, 120), cv::FILLED);   // purple
    cv::rectangle(page, cv::Rect(300, 440, 400, 300), cv::Scalar(150, 160, 245), cv::FILLED); // pink
    cv::Mat stamp(page.size(), CV_8UC3, cv::Scalar::all(255));
    cv::rectangle(stamp, cv::Rect(400, 560, 420, 60), cv::Scalar(60, 50, 215), 6); // pink note and white paper
    cv::multiply(page, stamp, page, 1.0 / 255);
    const cv::Mat ink = ColouredInk(page).among_colours();
    REQUIRE_FALSE(ink.empty());
    CHECK(ink.at<std::uint8_t>(560, 500) < 100); // on the note
    CHECK(ink.at<std::uint8_t>(560, 760) < 100); // beside it
    for (const cv::Point middle : {cv::Point(260, 210), cv::Point(740, 210), cv::Point(500, 680)}) {
        CHECK(ink.at<std::uint8_t>(middle) > 240);
    }
}
