#include "support.hpp"
#include "text/read.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

using namespace saring;
using namespace saring::text;

namespace {

// Five lines that fill a page, 40 pixels apart. The page may be enlarged to be read.
const cv::Size page_size(800, 270);
float top_of(std::size_t line) { return 40 + 40 * static_cast<float>(line); }

std::vector<Word> four_words(std::size_t line) {
    const float top = top_of(line);
    std::vector<Word> out;
    for (int w = 0; w < 4; ++w) {
        const float left = 100 + 120 * static_cast<float>(w);
        out.push_back({"Kebun", quad_of({left, top, left + 100, top + 28}), 0.97F, {}});
    }
    return out;
}

// Reads four sure words in each line but the middle one, for which it is told.
class FakeEngine : public OcrEngine {
public:
    explicit FakeEngine(std::vector<Word> middle) : middle_(std::move(middle)) {}
    [[nodiscard]] std::string_view name() const override { return "fake"; }
    std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline, bool*) override {
        if (segmentation == Segmentation::single_line) {
            return {};
        }
        std::vector<Line> out(5);
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i].words = i == 2 ? middle_ : four_words(i);
        }
        const float scale = static_cast<float>(gray.cols) / static_cast<float>(page_size.width);
        for (Line& line : out) {
            for (Word& word : line.words) {
                for (Point& p : word.quad.corners) {
                    p = {p.x * scale, p.y * scale};
                }
            }
        }
        return out;
    }

private:
    std::vector<Word> middle_;
};

PageReading read(const cv::Mat& page, const std::vector<Word>& middle, const std::vector<std::string>& terms) {
    FakeEngine engine(middle);
    LineRecogniser recogniser(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
    std::vector<TextRegion> regions(5);
    for (std::size_t i = 0; i < regions.size(); ++i) {
        regions[i].quad = quad_of({30, top_of(i) - 5, 770, top_of(i) + 35});
        regions[i].x_height = 20;
        regions[i].confidence = 0.9F;
        for (int x = 100; x < 680; x += 16) {
            regions[i].marks.push_back({static_cast<float>(x), top_of(i) + 14});
        }
    }
    return Reader(engine, recogniser, terms).read({page, {}}, {}, regions, Deadline::max(), true);
}

cv::Mat paper() { return {page_size, CV_8UC3, cv::Scalar::all(235)}; }

bool keeps(const Word& more) {
    std::vector<Word> middle = four_words(2);
    middle.push_back(more);
    const PageReading reading = read(paper(), middle, {});
    bool found = false;
    for (const Line& line : reading.lines) {
        for (const Word& word : line.words) {
            found |= word.text == more.text;
        }
    }
    return found;
}

} // namespace

TEST_CASE("an unsure word that is lower than its signs need is none") {
    const Quad low = quad_of({600, 136, 640, 149});
    const Quad high = quad_of({600, 120, 640, 148});
    CHECK_FALSE(keeps({"S5?", low, 0.4F, {}}));
    CHECK(keeps({"S5?", high, 0.6F, {}}));
    CHECK(keeps({"S52", low, 0.9F, {}})); // a sure one, such as a footnote's number
    CHECK(keeps({"ear", low, 0.6F, {}})); // needs no more
}

TEST_CASE("the letters that the engine passed over in a line that it surely read are looked at once more") {
    cv::Mat page = paper();
    const auto top = static_cast<int>(top_of(2));
    cv::putText(page, "TIDAK UNTUK DISEBARLUASKAN", {100, top + 28}, cv::FONT_HERSHEY_DUPLEX, 1.1, cv::Scalar::all(30),
                2, cv::LINE_AA);
    const auto word = [&](const std::string& text, float left, float right) {
        return Word{text, quad_of({left, top_of(2), right, top_of(2) + 28}), 0.95F, {}};
    };
    const auto finds_term = [&](const Word& first) {
        const std::vector<Word> middle{first, word("UNTUK", 233, 353), word("DISEBARLUASKAN", 377, 690)};
        const PageReading reading = read(page, middle, {"tidak untuk disebarluaskan"});
        CHECK(reading.unread.empty());
        return std::any_of(
            reading.other_readings.begin(), reading.other_readings.end(), [](const std::vector<Line>& lines) {
                return std::any_of(lines.begin(), lines.end(),
                                   [](const Line& line) { return line.text == "TIDAK UNTUK DISEBARLUASKAN"; });
            });
    };
    CHECK(finds_term(word("AK", 165, 210)));
    CHECK_FALSE(finds_term(word("BIJAK", 100, 210))); // nothing passed over: the engine is believed
}
