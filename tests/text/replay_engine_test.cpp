#include "support.hpp"
#include "text/replay_engine.hpp"

using namespace saring;
using namespace saring::text;

TEST_CASE("a recording answers for the same picture and segmentation, and for nothing else") {
    const test::TemporaryFolder folder;
    const cv::Mat picture(20, 30, CV_8UC1, cv::Scalar(7));
    Line line;
    line.words = {{"RAHASIA", quad_of({1, 2, 3, 4}), 0.5F, {}}};
    line.quad = quad_of({1, 2, 3, 4});
    ReplayEngine engine;
    engine.set(ReplayEngine::key(picture, Segmentation::sparse), {line});
    engine.save(folder.path() / "recording.json");

    ReplayEngine replay(folder.path() / "recording.json");
    bool cut_short = false;
    const auto lines = replay.read(picture, Segmentation::sparse, Clock::now(), &cut_short);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].words[0].text == "RAHASIA");
    CHECK(lines[0].words[0].quad == quad_of({1, 2, 3, 4}));
    CHECK(replay.read(picture, Segmentation::single_line, Clock::now(), &cut_short).empty());
    CHECK(replay.read(picture.colRange(0, 29), Segmentation::sparse, Clock::now(), &cut_short).empty());
    CHECK_FALSE(cut_short);
}

TEST_CASE("what is no recording is refused") {
    const test::TemporaryFolder folder;
    CHECK(test::code_of([&] { ReplayEngine engine(folder.write("r.json", "[")); }) == ErrorCode::bad_option);
    CHECK(test::code_of([&] { ReplayEngine engine(folder.write("r.json", R"({"a": [{"words": 3}]})")); }) ==
          ErrorCode::bad_option);
}

TEST_CASE("engines are made by name; a language that is not installed is an error, not a thinner check") {
    ScanOptions options;
    CHECK(make_engine("replay", options)->name() == "replay");
    CHECK(test::code_of([&] { (void)make_engine("crystal ball", options); }) == ErrorCode::bad_option);
    options.ocr_languages = {"eng", "klingon"};
    CHECK(test::code_of([&] { (void)make_engine("tesseract", options); }) == ErrorCode::missing_language);
    options.ocr_languages = {};
    CHECK(test::code_of([&] { (void)make_engine("tesseract", options); }) == ErrorCode::bad_option);
}
