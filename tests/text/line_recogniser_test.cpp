#include "support.hpp"
#include "text/line_recogniser.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::text;

namespace {

LineRecogniser& recogniser() {
    static LineRecogniser one(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
    return one;
}

// One line in a plotter's hand; an x-height of about 20 pixels, shown as the locator cuts it.
cv::Mat line(const std::string& text, int ground = 240, int ink = 30) {
    constexpr double size = 1.3;
    int baseline = 0;
    const cv::Size box = cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, size, 2, &baseline);
    cv::Mat gray(58, box.width + 40, CV_8UC1, cv::Scalar::all(ground));
    cv::putText(gray, text, {20, 42}, cv::FONT_HERSHEY_DUPLEX, size, cv::Scalar::all(ink), 2, cv::LINE_AA);
    return gray;
}

} // namespace

TEST_CASE("a plain line is read, dark on light and light on dark") {
    for (const bool dark : {true, false}) {
        const LineReading reading = recogniser().read(dark ? line("Hasil rapat") : line("Hasil rapat", 20, 230));
        CHECK(reading.line.text == "Hasil rapat");
        CHECK(reading.confidence > 0.7F);
        CHECK(reading.path > 0.5F);
        CHECK(reading.path <= reading.confidence);
        CHECK(reading.foreign == 0);
        CHECK(reading.line.engine == "saring");
    }
}

TEST_CASE("words stand where they were written") {
    const cv::Mat gray = line("Hasil rapat");
    const LineReading reading = recogniser().read(gray);
    REQUIRE(reading.line.words.size() == 2);
    const Box first = bounding_box(reading.line.words[0].quad);
    const Box second = bounding_box(reading.line.words[1].quad);
    CHECK(first.left == Approx(20).margin(15));
    CHECK(first.right < second.left);
    CHECK(second.right == Approx(gray.cols - 20).margin(15));
}

TEST_CASE("empty paper has no words, and a sliver of a picture is no error") {
    const LineReading reading = recogniser().read(cv::Mat(58, 300, CV_8UC1, cv::Scalar::all(230)));
    CHECK(reading.line.words.empty());
    CHECK(reading.path == 0);
    CHECK(recogniser().read(cv::Mat(2, 3, CV_8UC1, cv::Scalar::all(0))).line.words.empty());
}

TEST_CASE("a term is spotted where it stands, in any case, and not where it does not") {
    const LineReading reading = recogniser().read(line("Surat RAHASIA negara"));
    const Spotting there = spot(reading, "rahasia");
    CHECK(there.score > -0.3F);
    const float middle = (there.begin + there.end) / 2;
    const float width = static_cast<float>(line("Surat RAHASIA negara").cols);
    CHECK(middle > 0.3F * width);
    CHECK(middle < 0.7F * width);
    CHECK(spot(reading, "confidential").score < -1.3F);
    CHECK(spot(reading, "terbatas").score < -1.3F);
}

TEST_CASE("a term is spotted in spite of a blank that the writer left out") {
    CHECK(spot(recogniser().read(line("TOPSECRET")), "top secret").score > -0.6F);
}

TEST_CASE("a term that cannot be written, or is longer than the line, is spotted nowhere") {
    const LineReading reading = recogniser().read(line("Ya"));
    CHECK(spot(reading, "\xE7\xA7\x98\xE5\xAF\x86").score < -1000);
    CHECK(spot(reading, "").score < -1000);
    CHECK(spot(reading, "tidak untuk disebarluaskan kepada siapa pun").score < -1.3F);
    CHECK(spot(LineReading{}, "rahasia").score < -1000);
}

TEST_CASE("a network that does not exist is an error") {
    const std::filesystem::path network = test::models() / "line-recogniser.onnx";
    const std::filesystem::path letters = test::models() / "letter-model.bin";
    CHECK(test::code_of([&] { LineRecogniser("/nonexistent.onnx", letters).prepare(); }) == ErrorCode::missing_model);
    CHECK(test::code_of([&] { LineRecogniser(network, "/nonexistent.bin").prepare(); }) == ErrorCode::missing_model);
}
