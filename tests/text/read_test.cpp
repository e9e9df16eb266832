#include "support.hpp"
#include "text/read.hpp"

using namespace saring;
using namespace saring::text;

namespace {

// Five lines that fill a page, 40 pixels apart, each read as four sure words. The page may be enlarged to be read.
const cv::Size page_size(800, 270);
float top_of(std::size_t line) { return 40 + 40 * static_cast<float>(line); }

class FourWords : public OcrEngine {
public:
    explicit FourWords(Word more) : more_(std::move(more)) {}
    [[nodiscard]] std::string_view name() const override { return "fake"; }
    std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline, bool*) override {
        if (segmentation == Segmentation::single_line) {
            return {};
        }
        std::vector<Line> out(5);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const float top = top_of(i);
            for (int w = 0; w < 4; ++w) {
                const float left = 100 + 120 * static_cast<float>(w);
                out[i].words.push_back({"Kebun", quad_of({left, top, left + 100, top + 28}), 0.97F, {}});
            }
        }
        out[2].words.push_back(more_);
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
    Word more_;
};

bool keeps(const Word& more) {
    FourWords engine(more);
    LineRecogniser recogniser(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
    const std::vector<std::string> no_terms;
    std::vector<TextRegion> regions(5);
    for (std::size_t i = 0; i < regions.size(); ++i) {
        regions[i].quad = quad_of({30, top_of(i) - 5, 770, top_of(i) + 35});
        regions[i].x_height = 20;
        regions[i].confidence = 0.9F;
    }
    const image::View page{cv::Mat(page_size, CV_8UC3, cv::Scalar::all(235)), {}};
    const PageReading reading = Reader(engine, recogniser, no_terms).read(page, {}, regions, Deadline::max(), true);
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
