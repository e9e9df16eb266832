#include "support.hpp"
#include "text/read.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <utility>

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

// Reads four sure words in each line but the middle one, for which it is told; and nothing in lines alone, but in the
// first of them what it is told, in pixels of that picture.
class FakeEngine : public OcrEngine {
public:
    explicit FakeEngine(std::vector<Word> middle, std::vector<Word> alone = {})
        : middle_(std::move(middle)), alone_(std::move(alone)) {}
    [[nodiscard]] std::string_view name() const override { return "fake"; }
    std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline, bool*) override {
        if (segmentation == Segmentation::single_line) {
            Line line;
            line.words = std::exchange(alone_, {});
            return {line};
        }
        ++full_passes;
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
    int full_passes = 0;

private:
    std::vector<Word> middle_;
    std::vector<Word> alone_;
};

PageReading read(const cv::Mat& page, FakeEngine& engine, const std::vector<std::string>& terms,
                 float handwriting = 0) {
    LineRecogniser recogniser(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
    std::vector<TextRegion> regions(5);
    for (std::size_t i = 0; i < regions.size(); ++i) {
        regions[i].quad = quad_of({30, top_of(i) - 5, 770, top_of(i) + 35});
        regions[i].x_height = 20;
        regions[i].confidence = 0.9F;
        regions[i].handwriting = handwriting;
        for (int x = 100; x < 560; x += 16) {
            regions[i].marks.push_back({static_cast<float>(x), top_of(i) + 14});
        }
    }
    return Reader(engine, recogniser, terms).read({page, {}}, {}, regions, Deadline::max(), true);
}

PageReading read(const cv::Mat& page, FakeEngine&& engine, const std::vector<std::string>& terms) {
    return read(page, engine, terms);
}

cv::Mat paper() { return {page_size, CV_8UC3, cv::Scalar::all(235)}; }

template <typename Is> bool is_searched(const PageReading& reading, Is is) {
    return std::any_of(reading.other_readings.begin(), reading.other_readings.end(),
                       [&](const std::vector<Line>& lines) { return std::any_of(lines.begin(), lines.end(), is); });
}

bool keeps(const Word& more) {
    std::vector<Word> middle = four_words(2);
    middle.push_back(more);
    const PageReading reading = read(paper(), FakeEngine(middle), {});
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

TEST_CASE("a long word that the engine is sure of is searched where no text was located, and nothing else is") {
    const auto word_is_searched = [](const std::string& text, float confidence) {
        std::vector<Word> middle = four_words(2);
        middle.push_back({text, quad_of({650, 2, 760, 22}), confidence, {}});
        const PageReading reading = read(paper(), FakeEngine(middle), {});
        return is_searched(reading, [&](const Line& line) { return line.text.find(text) != std::string::npos; });
    };
    CHECK(word_is_searched("Terima", 0.95F));
    CHECK_FALSE(word_is_searched("Terima", 0.8F));
    CHECK_FALSE(word_is_searched("dan", 0.95F));
    CHECK_FALSE(word_is_searched("1945", 0.95F));
    CHECK_FALSE(keeps({"Terima", quad_of({650, 2, 760, 22}), 0.95F, {}}));
}

TEST_CASE("a page of handwriting gets no full pass of the engine, whose lines are read one by one") {
    const auto passes_for = [](float handwriting) {
        FakeEngine engine(four_words(2));
        read(paper(), engine, {}, handwriting);
        return engine.full_passes;
    };
    CHECK(passes_for(0.6F) == 1); // italics look like that
    CHECK(passes_for(0.8F) == 0);
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
        const PageReading reading = read(page, FakeEngine(middle), {"tidak untuk disebarluaskan"});
        CHECK(reading.unread.empty());
        return is_searched(reading, [](const Line& line) { return line.text == "TIDAK UNTUK DISEBARLUASKAN"; });
    };
    CHECK(finds_term(word("AK", 165, 210)));
    CHECK_FALSE(finds_term(word("Bijak", 100, 210))); // nothing passed over: the engine is believed
}

TEST_CASE("a term of which the engine surely read all but one letter is found") {
    cv::Mat page = paper();
    cv::putText(page, "TLP:RED", {280, static_cast<int>(top_of(2)) + 28}, cv::FONT_HERSHEY_DUPLEX, 1.1,
                cv::Scalar::all(30), 2, cv::LINE_AA);
    const auto finds_term = [&](const std::string& seen) {
        const Word word{seen, quad_of({90, top_of(2), 580, top_of(2) + 28}), 0.95F, {}};
        const PageReading reading = read(page, FakeEngine({word}), {"tlp:red"});
        return is_searched(reading,
                           [](const Line& line) { return line.engine == "saring-spotting" && line.text == "TLP:RED"; });
    };
    CHECK(finds_term("LP:RED"));
    CHECK_FALSE(finds_term("Alfred")); // a word that the engine is sure of
}

TEST_CASE("a line in whose capitals the engine half saw a term is unread, unless it was sure of them") {
    cv::Mat page = paper();
    cv::putText(page, "JADWAL PIKET BULAN DEPAN", {100, static_cast<int>(top_of(2)) + 28}, cv::FONT_HERSHEY_DUPLEX, 1.1,
                cv::Scalar::all(30), 2, cv::LINE_AA);
    const auto unread = [&](const std::string& seen, float confidence) {
        std::vector<Word> middle = four_words(2);
        for (Word& word : middle) {
            word.text = "KEBUN";
            word.confidence = confidence;
        }
        middle[1].text = seen;
        return read(page, FakeEngine(middle), {"rahasia"}).unread.size();
    };
    CHECK(unread("REWASIA", 0.8F) == 1); // two letters of seven
    CHECK(unread("REWASIA", 0.95F) == 0);
    CHECK(unread("REWOSIE", 0.8F) == 0);
}

TEST_CASE("lines of a block are looked at alone where the engine read unsure capitals on them") {
    cv::Mat page = paper();
    cv::putText(page, "RAPAT TERTUTUP", {100, static_cast<int>(top_of(2)) + 28}, cv::FONT_HERSHEY_DUPLEX, 1.1,
                cv::Scalar::all(30), 2, cv::LINE_AA);
    std::vector<TextRegion> lines(1);
    lines[0].quad = quad_of({90, top_of(2) - 5, 420, top_of(2) + 35});
    lines[0].x_height = 20;
    lines[0].confidence = 0.9F;
    const auto spotted = [&](const std::string& seen, float confidence, const std::string& term) {
        PageReading reading;
        Line line;
        line.words = {{seen, quad_of({100, top_of(2), 410, top_of(2) + 28}), confidence, {}}};
        reading.lines.push_back(line);
        FakeEngine engine({});
        LineRecogniser recogniser(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
        const std::vector<std::string> terms{term};
        Reader(engine, recogniser, terms).spot({page, {}}, lines, Deadline::max(), reading);
        return std::pair(reading.other_readings.size(), reading.unread.size());
    };
    using Found = std::pair<std::size_t, std::size_t>; // readings with a term, and lines to be looked at
    CHECK(spotted("RAPA1 TEBTUTLP", 0.8F, "rapat tertutup") == Found{1, 0});
    CHECK(spotted("RAPA1 TEBTUTLP", 0.95F, "rapat tertutup") == Found{0, 0});   // the engine is believed
    CHECK(spotted("rapa1 tebtutlp", 0.8F, "rapat tertutup") == Found{0, 0});    // no mark
    CHECK(spotted("PERATUBAN DAERA", 0.8F, "peraturan daerah") == Found{0, 1}); // hidden, perhaps
    CHECK(spotted("RAPAT TERTUTUP", 0.8F, "peraturan daerah") == Found{0, 0});

    page = paper(); // everyday words, one over the other, of which too little is read
    const int baseline = static_cast<int>(top_of(2)) + 28;
    const auto print = [&](const std::string& text, int y, int pen) {
        cv::putText(page, text, {95, y}, cv::FONT_HERSHEY_DUPLEX, 1, cv::Scalar::all(30), pen, cv::LINE_AA);
    };
    print("jadwal piket bulanan", baseline, 2);
    print("susunan acara harian", baseline - 16, 3);
    CHECK(spotted("RAPA1 TEBTUTLP", 0.8F, "draf").first == 0);
}

TEST_CASE("a line whose words another line's reading displaced is read anew") {
    cv::Mat page = paper();
    constexpr std::size_t below = 3; // … the middle line, 2, which is located but blank
    cv::putText(page, "LAPORAN KEGIATAN RUTIN", {100, static_cast<int>(top_of(below)) + 28}, cv::FONT_HERSHEY_DUPLEX,
                1.1, cv::Scalar::all(30), 2, cv::LINE_AA);
    // Specks of which the engine is surer than of the words in whose places they stand.
    std::vector<Word> specks;
    for (const Word& word : four_words(below)) {
        const auto in_picture_of_middle = [](Point p) { // 26 pixels for an x-height of 20, from 12 before the line on
            constexpr float scale = 1.3F;
            constexpr float border = 10;
            return Point{(p.x - 18) * scale + border, (p.y - (top_of(2) - 5)) * scale + border};
        };
        const Point middle = centre(word.quad);
        const Point from = in_picture_of_middle({middle.x - 8, middle.y - 7});
        const Point to = in_picture_of_middle({middle.x + 8, middle.y + 7});
        specks.push_back({"Lada", quad_of({from.x, from.y, to.x, to.y}), 0.995F, {}});
    }
    const PageReading reading = read(page, FakeEngine({}, specks), {});
    CHECK(std::none_of(reading.unread.begin(), reading.unread.end(), [&](const UnreadRegion& unread) {
        return contains(unread.quad, {400, top_of(below) + 14});
    }));
    bool found = false;
    for (const std::vector<Line>& lines : reading.other_readings) {
        for (const Line& line : lines) {
            found |= line.text == "LAPORAN KEGIATAN RUTIN";
        }
    }
    CHECK(found);
}

TEST_CASE("another script is told as unread only where the locator believes that there is writing") {
    LineRecogniser recogniser(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
    cv::Mat page = paper();
    for (int i = 0, x = 64; x < 396; x += 19 + i * i % 7 * 3, ++i) { // Han signs, roughly
        for (const int y : {96, 105, 114 + i % 2 * 4, 129}) {
            cv::line(page, {x, y}, {x + 15 - y % 4, y + i % 3}, cv::Scalar::all(30), 3, cv::LINE_AA);
        }
        cv::line(page, {x + 7 + i % 4, 94}, {x + 7 - i % 2 * 5, 130}, cv::Scalar::all(30), 3, cv::LINE_AA);
    }
    const auto unread = [&](float confidence) {
        TextRegion region;
        region.quad = quad_of({60, 90, 400, 135});
        region.x_height = 20;
        region.foreign = 0.9F;
        region.confidence = confidence;
        for (int x = 80; x < 380; x += 16) {
            region.marks.push_back({static_cast<float>(x), 112});
        }
        FakeEngine engine({});
        const std::vector<std::string> terms;
        return Reader(engine, recogniser, terms).read({page, {}}, {}, {region}, Deadline::max(), true).unread;
    };
    CHECK(unread(0.5F).empty());
    REQUIRE(unread(0.6F).size() == 1);
    CHECK(unread(0.6F)[0].reason == UnreadReason::unsupported_script);
}
