#include "support.hpp"
#include "text/line_reader.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::text;

namespace {

// Reads nothing, or always the same with the same confidence.
class FakeEngine : public OcrEngine {
public:
    explicit FakeEngine(std::string says = {}, float confidence = 0.3F)
        : says_(std::move(says)), confidence_(confidence) {}
    [[nodiscard]] std::string_view name() const override { return "fake"; }
    std::vector<Line> read(const cv::Mat& gray, Segmentation, Deadline, bool*) override {
        ++calls;
        if (says_.empty()) {
            return {};
        }
        Line line;
        const auto width = static_cast<float>(gray.cols);
        const auto height = static_cast<float>(gray.rows);
        line.words = {{says_, quad_of({0, 0, width, height}), confidence_, {}}};
        line.quad = line.words[0].quad;
        return {line};
    }
    int calls = 0;

private:
    std::string says_;
    float confidence_;
};

const std::vector<std::string>& terms() {
    static const std::vector<std::string> some{"rahasia", "confidential", "rapat tertutup"};
    return some;
}

LineRecogniser& recogniser() {
    static LineRecogniser one(test::models() / "line-recogniser.onnx", test::models() / "letter-model.bin");
    return one;
}

// A page with one line on it, and where it stands.
struct OneLine {
    image::View page;
    TextRegion region;
};

OneLine page_with(const std::string& text) {
    constexpr double size = 1.3;
    int baseline = 0;
    const cv::Size box = cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, size, 2, &baseline);
    OneLine out;
    out.page.mat = cv::Mat(300, box.width + 200, CV_8UC3, cv::Scalar::all(235));
    cv::putText(out.page.mat, text, {100, 150}, cv::FONT_HERSHEY_DUPLEX, size, cv::Scalar::all(30), 2, cv::LINE_AA);
    out.region.x_height = 20;
    out.region.quad = quad_of({92, 115, static_cast<float>(box.width) + 108, 160});
    out.region.confidence = 0.85F;
    return out;
}

// Blurred capitals, so much narrower, that lean by a tangent, located so that they fill the x-height; with another line
// so many pixels below, or none.
OneLine crowded(const std::string& capitals, double narrow, double lean, double blur, int below) {
    OneLine out = page_with(capitals);
    if (below > 0) {
        cv::putText(out.page.mat, "Agenda", {100, 150 + below}, cv::FONT_HERSHEY_DUPLEX, 1.3, cv::Scalar::all(30), 2,
                    cv::LINE_AA);
    }
    const cv::Mat shape = (cv::Mat_<double>(2, 3) << narrow, -lean, 150 * lean, 0, 1, 0);
    cv::warpAffine(out.page.mat, out.page.mat, shape, out.page.mat.size(), cv::INTER_AREA, cv::BORDER_REPLICATE);
    cv::GaussianBlur(out.page.mat, out.page.mat, {}, blur);
    const Box box = bounding_box(out.region.quad);
    const auto shrunk = static_cast<float>(narrow);
    out.region.quad = quad_of({shrunk * box.left, 95, shrunk * box.right + 15, 178});
    out.region.x_height = 36;
    return out;
}

bool hands_on(const LineOutcome& outcome, std::string_view text) {
    bool found = false;
    for (const auto* group : {&outcome.readings, &outcome.others}) {
        for (const std::vector<Line>& lines : *group) {
            for (const Line& line : lines) {
                found |= line.text.find(text) != std::string::npos;
            }
        }
    }
    return found;
}

LineOutcome read(OcrEngine& engine, const OneLine& one, Layer layer = Layer::page) {
    bool cut_short = false;
    return LineReader(engine, recogniser(), terms(), layer)
        .read(one.page, one.region, Clock::now() + std::chrono::seconds(60), &cut_short);
}

} // namespace

TEST_CASE("a line that two readers read alike is read, however unsure the engine is") {
    FakeEngine engine("Pengumuman libur", 0.1F);
    CHECK(read(engine, page_with("Pengumuman libur")).settled());
}

TEST_CASE("a line that only our recogniser reads is read when no term comes near") {
    FakeEngine engine;
    CHECK(read(engine, page_with("Jadwal piket bulan depan")).settled());
}

TEST_CASE("a line in which the engine unsurely sees nearly a term is not read, whatever our recogniser makes of it") {
    const OneLine one = page_with("Jadwal piket bulan depan");
    FakeEngine near_one("Surat REWASIA", 0.45F); // two letters of seven
    CHECK_FALSE(read(near_one, one).settled());
    CHECK(read(near_one, one).suspect);
    FakeEngine far_from_all("Surat REWOSIE", 0.45F);
    CHECK(read(far_from_all, one).settled());
    CHECK_FALSE(read(far_from_all, one).suspect);
}

TEST_CASE(
    "what resembles a term is read when our recogniser surely sees other letters, of which the engine sees most") {
    const OneLine one = page_with("Tera husus biasa");
    FakeEngine nearly_alike("Tera husisx biaox", 0.45F); // "rahusis": two letters of seven
    CHECK(read(nearly_alike, one).settled());
    CHECK_FALSE(read(nearly_alike, one).suspect);
    FakeEngine alike_in_this_only("Surat bora husisx", 0.45F);
    CHECK(read(alike_in_this_only, one).suspect);
}

TEST_CASE("a line that our recogniser alone reads nearly as a term is not read") {
    FakeEngine engine;
    const LineOutcome outcome = read(engine, page_with("RAHAGUA")); // two letters of seven
    CHECK_FALSE(outcome.settled());
    CHECK(outcome.suspect);
    CHECK(read(engine, page_with("BAHAGUO")).settled());
}

TEST_CASE("on an overlay, of which some letters are hidden, a piece of a term is suspect") {
    FakeEngine engine;
    for (const char* word : {"TERTUTUP", "DENTIAL"}) {
        const OneLine one = page_with(word);
        CHECK_FALSE(read(engine, one).suspect);
        CHECK(read(engine, one, Layer::overlay).suspect);
    }
    for (const char* word : {"PENGUMUMAN", "RAPAT", "BAHAGUO"}) {
        CHECK_FALSE(read(engine, page_with(word), Layer::overlay).suspect);
    }
}

TEST_CASE("capitals that are read with middling certainty need more distance from every term, as marks are capitals") {
    FakeEngine engine;
    for (const char* word : {"RAMSTA", "KAMASU"}) {
        OneLine one = page_with(word);
        CHECK(read(engine, one).settled());
        cv::GaussianBlur(one.page.mat, one.page.mat, {}, 6);
        const LineOutcome blurred = read(engine, one);
        CHECK_FALSE(blurred.settled());
        CHECK(blurred.suspect);
    }
}

TEST_CASE("so do capitals of which one is taken for a small letter") {
    // Outlined letters that lean, read as "SUSI RAASe".
    const char* term = "SANGAT RAHASIA";
    OneLine one = page_with(term);
    one.page.mat.setTo(cv::Scalar::all(235));
    for (const auto& [level, pen] : {std::pair(60, 9), std::pair(235, 5)}) {
        cv::putText(one.page.mat, term, {100, 150}, cv::FONT_HERSHEY_SCRIPT_COMPLEX, 1.3, cv::Scalar::all(level), pen,
                    cv::LINE_AA);
    }
    const cv::Mat lean = (cv::Mat_<double>(2, 3) << 1, -0.4, 60, 0, 1, 0);
    cv::warpAffine(one.page.mat, one.page.mat, lean, one.page.mat.size(), cv::INTER_AREA, cv::BORDER_REPLICATE);
    cv::GaussianBlur(one.page.mat, one.page.mat, {}, 1);
    one.region.quad = quad_of({92, 95, bounding_box(one.region.quad).right, 178});
    one.region.x_height = 36;
    FakeEngine engine;
    const LineOutcome outcome = read(engine, one);
    CHECK_FALSE(outcome.settled());
    CHECK(outcome.suspect);
}

TEST_CASE("a line of an overlay that stands on its head is read from the end from which it makes more sense") {
    OneLine one = page_with("RAHASIA");
    cv::rotate(one.page.mat, one.page.mat, cv::ROTATE_180);
    const Box box = bounding_box(one.region.quad);
    const auto width = static_cast<float>(one.page.mat.cols);
    const auto height = static_cast<float>(one.page.mat.rows);
    one.region.quad = quad_of({width - box.right, height - box.bottom, width - box.left, height - box.top});
    FakeEngine engine;
    CHECK(hands_on(read(engine, one, Layer::overlay), "RAHASIA"));
}

TEST_CASE("a term that the engine misses is handed on for the rules to judge") {
    FakeEngine engine("Suraf bebas", 0.3F);
    const LineOutcome outcome = read(engine, page_with("Bersifat RAHASIA"));
    CHECK(hands_on(outcome, "RAHASIA"));
}

TEST_CASE("of two terms that fit nearly alike the longer is told, which leaves no letters over") {
    const auto told = [](const OneLine& one) {
        FakeEngine engine;
        const std::vector<std::string> levels{"amat rahasia", "sangat rahasia"};
        bool cut_short = false;
        for (const std::vector<Line>& lines :
             LineReader(engine, recogniser(), levels).read(one.page, one.region, Deadline::max(), &cut_short).others) {
            for (const Line& line : lines) {
                if (line.engine == "saring-spotting") {
                    return line.text;
                }
            }
        }
        return std::string();
    };
    OneLine blurred = page_with("SANAT RAHASIA"); // the short term fits a little better
    constexpr float narrow = 0.8F;
    cv::resize(blurred.page.mat, blurred.page.mat, {}, narrow, 1, cv::INTER_AREA);
    cv::GaussianBlur(blurred.page.mat, blurred.page.mat, {}, 4);
    for (Point& p : blurred.region.quad.corners) {
        p.x *= narrow;
    }
    CHECK(told(blurred) == "SANGAT RAHASIA");
    CHECK(told(page_with("SAMAT RAHASIA")) == "AMAT RAHASIA");
}

TEST_CASE("a term of which only the middle was located is found around it") {
    FakeEngine engine;
    OneLine one = page_with("RAHASIA");
    const Box middle = bounding_box(one.region.quad);
    constexpr float cut_off = 50; // pixels, nearly two letters
    one.region.quad = quad_of({middle.left + cut_off, middle.top, middle.right - cut_off, middle.bottom});
    CHECK(hands_on(read(engine, one), "RAHASIA"));
    const SpottedLine spotted = LineReader(engine, recogniser(), terms()).spotted(one.page, one.region, {});
    REQUIRE(spotted.lines.size() == 1);
    CHECK(spotted.lines[0].text == "RAHASIA");
    one = page_with("BAHAGIA");
    one.region.quad = quad_of({middle.left + cut_off, middle.top, middle.right - cut_off, middle.bottom});
    CHECK_FALSE(hands_on(read(engine, one), "RAHASIA"));
}

TEST_CASE("a term is found of which only the end is left, where other lines were cut off") {
    FakeEngine engine;
    OneLine one = page_with("Agenda confidential");
    const Box whole = bounding_box(one.region.quad);
    const Quad uncut = one.region.quad;
    one.region.quad = quad_of({whole.left + 0.85F * (whole.right - whole.left), whole.top, whole.right, whole.bottom});
    CHECK_FALSE(hands_on(read(engine, one), "confidential"));
    one.region.uncut = uncut;
    CHECK(hands_on(read(engine, one), "confidential"));
}

TEST_CASE("a line that comes near to a term is suspect also where the engine was sure of it") {
    FakeEngine engine;
    const auto suspect = [&](const std::string& text, const std::string& by_engine) {
        const OneLine one = page_with(text);
        return LineReader(engine, recogniser(), terms()).spotted(one.page, one.region, by_engine).suspect;
    };
    CHECK(suspect("CONFIDERTIAL", {}));
    CHECK(suspect("RAPAT TETUTUP", {}));
    CHECK_FALSE(suspect("BAHAGUO", {}));
    CHECK_FALSE(suspect("Jadwal piket bulan depan", {}));
    CHECK(suspect("Jadwal piket bulan depan", "SURAT REWASIA")); // two letters of seven
    CHECK_FALSE(suspect("Jadwal piket bulan depan", "Surat rewasia"));
    CHECK_FALSE(suspect("Jadwal piket bulan depan", "SURAT REWOSIE"));
}

TEST_CASE("capitals that both readers read with the same letter wrong are suspect where the term may stand there") {
    OneLine blurred = page_with("RAHASTA");
    cv::GaussianBlur(blurred.page.mat, blurred.page.mat, {}, 3.2);
    const auto suspect = [](const OneLine& one, const std::string& by_engine) {
        FakeEngine engine(by_engine, 0.8F);
        return read(engine, one).suspect;
    };
    CHECK(suspect(blurred, "RAHASTA"));
    CHECK_FALSE(suspect(page_with("RANASIA"), "RANASIA")); // surely another word
    CHECK_FALSE(suspect(page_with("RAHASIA"), "RAHASIA")); // told as what it is
}

TEST_CASE("a term that our recogniser unsurely sees is told where the engine saw much of the same term") {
    FakeEngine engine;
    const std::string text = "RAPAT TERTUTUP";
    OneLine one = page_with(text);
    const cv::Scalar paper = cv::Scalar::all(235);
    one.page.mat.setTo(paper);
    for (const auto& [ink, thickness] : {std::pair{cv::Scalar::all(130), 5}, std::pair{paper, 2}}) { // outlined letters
        cv::putText(one.page.mat, text, {100, 150}, cv::FONT_HERSHEY_DUPLEX, 1.3, ink, thickness, cv::LINE_AA);
    }
    for (int x = 90; x < one.page.mat.cols; x += 15) { // … of which parts are missing
        cv::line(one.page.mat, {x, 110}, {x - 12, 160}, paper, 2, cv::LINE_AA);
    }
    constexpr float far = 0.29F;
    cv::resize(one.page.mat, one.page.mat, {}, far, far, cv::INTER_AREA);
    cv::Mat grain(one.page.mat.size(), CV_16SC3);
    cv::RNG(1).fill(grain, cv::RNG::NORMAL, 0, 12);
    cv::add(one.page.mat, grain, one.page.mat, cv::noArray(), CV_8UC3);
    cv::GaussianBlur(one.page.mat, one.page.mat, {}, 0.8);
    one.region = moved(
        one.region,
        [&](Point p) {
            return Point{p.x * far, p.y * far};
        },
        far);
    const auto told = [&](const std::string& by_engine) {
        return !LineReader(engine, recogniser(), terms()).spotted(one.page, one.region, by_engine).lines.empty();
    };
    CHECK_FALSE(told({}));
    CHECK(told("RAFAI TERTUIUF"));
    CHECK_FALSE(told("CONFIDENTIAL"));
}

TEST_CASE("letters that are surely there but none that the recogniser knows are not passed over") {
    FakeEngine engine;
    OneLine one = page_with("piket bulan");
    one.page.mat.setTo(cv::Scalar::all(235));
    const auto stroke = [&](int x1, int y1, int x2, int y2) {
        cv::line(one.page.mat, {x1, y1}, {x2, y2}, cv::Scalar::all(30), 3, cv::LINE_AA);
    };
    for (int i = 0, x = 100; x < 345; x += 29 + i % 2 * 3, ++i) { // Hangul syllables, roughly
        stroke(x, 122, x + 12, 122);
        stroke(x + 12, 122, x + (i % 3 == 0 ? 12 : 4), 138);
        stroke(x + 18, 118, x + 18, 140);
        if (i % 3 != 1) {
            stroke(x + 18, 129, x + 24, 129);
        }
        if (i % 4 != 2) {
            cv::rectangle(one.page.mat, {x + 6, 144}, {x + 18, 154}, cv::Scalar::all(30), 3, cv::LINE_AA);
        }
    }
    one.region.quad = quad_of({92, 110, 375, 162});
    one.region.foreign = 0.12F; // the locator sees no other script
    one.region.confidence = 0.58F;
    CHECK(read(engine, one).suspect);
}

TEST_CASE("a long term whose beginning was not located is found, though both readers agree on the rest") {
    FakeEngine engine("FIDENTIAL", 0.9F);
    OneLine one = page_with("CONFIDENTIAL");
    const Box whole = bounding_box(one.region.quad);
    constexpr float cut_off = 110; // pixels, three letters
    one.region.quad = quad_of({whole.left + cut_off, whole.top, whole.right, whole.bottom});
    CHECK(hands_on(read(engine, one), "CONFIDENTIAL"));
    constexpr float wider = 1.6F; // letters: three of them are wider than two heights of the line
    cv::resize(one.page.mat, one.page.mat, {}, wider, 1);
    for (Point& p : one.region.quad.corners) {
        p.x *= wider;
    }
    CHECK(hands_on(read(engine, one), "CONFIDENTIAL"));
    one = page_with("PROVIDENTIAL");
    one.region.quad = quad_of({whole.left + cut_off, whole.top, whole.right, whole.bottom});
    FakeEngine other("VIDENTIAL", 0.9F);
    CHECK_FALSE(hands_on(read(other, one), "CONFIDENTIAL"));
}

TEST_CASE("large words of a term that were located one by one are found together") {
    FakeEngine engine("RAPA", 0.9F);
    OneLine one = page_with("RAPAT TERTUTUP");
    const Box whole = bounding_box(one.region.quad);
    constexpr float first_letters = 118; // pixels, four of them
    one.region.quad = quad_of({whole.left, whole.top, whole.left + first_letters, whole.bottom});
    CHECK(hands_on(read(engine, one), "RAPAT TERTUTUP"));
    one = page_with("RAPAT TERAKHIR");
    one.region.quad = quad_of({whole.left, whole.top, whole.left + first_letters, whole.bottom});
    CHECK_FALSE(hands_on(read(engine, one), "TERTUTUP"));
}

TEST_CASE("two short lines that were located as one, too high for a term, are read each") {
    FakeEngine engine;
    OneLine one = page_with("RAHASIA");
    cv::putText(one.page.mat, "Agenda", {100, 195}, cv::FONT_HERSHEY_DUPLEX, 1.3, cv::Scalar::all(30), 2, cv::LINE_AA);
    Box both = bounding_box(one.region.quad);
    both.bottom = 205;
    one.region.quad = quad_of(both);
    one.region.x_height = 52;
    one.region.confidence = 0.74F;
    const LineOutcome outcome = read(engine, one);
    CHECK(hands_on(outcome, "RAHASIA"));
    CHECK(hands_on(outcome, "Agenda"));
    one.region.confidence = 0.6F; // of the locator: perhaps no writing
    CHECK_FALSE(hands_on(read(engine, one), "Agenda"));
}

TEST_CASE("an unsure line is looked at closer, and the lines that it was located with are not lost to its middle") {
    FakeEngine engine;
    const auto outcome = [&](int pitch) {
        OneLine one = page_with("Jadwal piket bulan depan");
        for (const int y : {150 - pitch, 150 + pitch}) {
            cv::putText(one.page.mat, "Daftar hadir peserta ini", {100, y}, cv::FONT_HERSHEY_DUPLEX, 1.3,
                        cv::Scalar::all(30), 2, cv::LINE_AA);
        }
        Box box = bounding_box(one.region.quad);
        box.top = 100;
        box.bottom = 177;
        one.region.quad = quad_of(box);
        one.region.x_height = 34;
        return read(engine, one);
    };
    CHECK(hands_on(outcome(42), "piket"));
    CHECK(outcome(42).ground == Ground::surely_read);
    CHECK(hands_on(outcome(30), "hadir"));
}

TEST_CASE("crowded capitals that lean are read, though they fill a small part of their line's height") {
    FakeEngine engine;
    for (const int below : {0, 45, 52}) {
        INFO(below);
        CHECK(hands_on(read(engine, crowded("MAHASISWA", 0.65, 0.35, 3, below)), "MAHASISWA"));
    }
}

TEST_CASE("a term in capitals that lean very much is found") {
    FakeEngine engine;
    for (const int below : {0, 45}) {
        INFO(below);
        CHECK(hands_on(read(engine, crowded("RAHASIA", 0.55, 0.6, 2.5, below)), "RAHASIA"));
    }
    CHECK_FALSE(hands_on(read(engine, crowded("BAHAGIA", 0.55, 0.6, 2.5, 0)), "RAHASIA"));
}

TEST_CASE("two slanting lines that were located as one are read each") {
    FakeEngine engine;
    OneLine one;
    one.page.mat = cv::Mat(400, 1000, CV_8UC3, cv::Scalar::all(235));
    cv::putText(one.page.mat, "Jadwal piket bulan depan", {60, 170}, cv::FONT_HERSHEY_DUPLEX, 1.3, cv::Scalar::all(30),
                2, cv::LINE_AA);
    cv::putText(one.page.mat, "Daftar hadir peserta ini", {60, 222}, cv::FONT_HERSHEY_DUPLEX, 1.3, cv::Scalar::all(30),
                2, cv::LINE_AA);
    const cv::Mat slant = (cv::Mat_<double>(2, 3) << 1, 0, 0, 0.055, 1, -18);
    cv::warpAffine(one.page.mat, one.page.mat, slant, one.page.mat.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    one.region.x_height = 34;
    one.region.quad = quad_of({50, 135, 620, 245});
    one.region.confidence = 0.85F;
    const LineOutcome outcome = read(engine, one);
    CHECK(hands_on(outcome, "piket"));
    CHECK(hands_on(outcome, "hadir"));
    CHECK(outcome.ground == Ground::surely_read);
    CHECK_FALSE(outcome.suspect);
}

TEST_CASE("a row of asterisks is no writing, however little the engine makes of it") {
    FakeEngine engine("KKKKK", 0.4F);
    OneLine one = page_with("piket");
    one.page.mat.setTo(cv::Scalar::all(235));
    for (int x = 120; x < 320; x += 42) {
        for (const double turn : {0.0, 60.0, 120.0}) {
            const cv::Point arm(cvRound(13 * std::cos(turn * CV_PI / 180)), cvRound(13 * std::sin(turn * CV_PI / 180)));
            cv::line(one.page.mat, cv::Point(x, 138) - arm, cv::Point(x, 138) + arm, cv::Scalar(60, 120, 40), 5,
                     cv::LINE_AA);
        }
    }
    one.region.quad = quad_of({95, 115, 315, 160});
    one.region.confidence = 0.82F;
    CHECK(read(engine, one).ground == Ground::empty);
    one.region.foreign = 0.6F; // the locator sees another script: then it may be writing
    CHECK_FALSE(read(engine, one).settled());
}

TEST_CASE("a line whose scribble says nothing stays unread") {
    FakeEngine engine;
    OneLine one = page_with("Rapat");
    cv::RNG random(7);
    cv::Mat scribble = one.page.mat(cv::Rect(95, 115, 150, 45));
    for (int i = 0; i < 60; ++i) {
        cv::line(scribble, {random.uniform(0, 150), random.uniform(0, 45)},
                 {random.uniform(0, 150), random.uniform(0, 45)}, cv::Scalar::all(30), 2, cv::LINE_AA);
    }
    one.region.quad = quad_of({92, 115, 248, 160});
    CHECK_FALSE(read(engine, one).settled());
}

TEST_CASE("empty paper that the locator doubted itself costs no reading by the engine") {
    FakeEngine engine;
    OneLine one = page_with("x");
    one.page.mat.setTo(cv::Scalar::all(235));
    one.region.quad = quad_of({60, 115, 260, 160});
    one.region.confidence = 0.55F;
    CHECK(read(engine, one).settled());
    CHECK(engine.calls == 0);
}

TEST_CASE("the engine tries a line twice that it reads badly, but no scrawl") {
    const auto calls_for = [](float handwriting) {
        FakeEngine engine;
        OneLine one = page_with("Rapat");
        cv::GaussianBlur(one.page.mat, one.page.mat, {}, 6);
        one.region.handwriting = handwriting;
        read(engine, one);
        return engine.calls;
    };
    CHECK(calls_for(0.4F) == 2);
    CHECK(calls_for(0.6F) == 1);
}

TEST_CASE("the engine tries no line twice that it reads as our recogniser does, however little it trusts itself") {
    OneLine one = page_with("Pengumuman libur");
    cv::GaussianBlur(one.page.mat, one.page.mat, {}, 5);
    const auto calls_of = [&](const std::string& says) {
        FakeEngine engine(says);
        read(engine, one);
        return engine.calls;
    };
    CHECK(calls_of("Pengumuman libur") == 1);
    CHECK(calls_of("Ponqu nnan") == 2);
}

TEST_CASE("after the deadline nothing is settled") {
    FakeEngine engine;
    bool cut_short = false;
    const OneLine one = page_with("Pengumuman libur");
    const LineOutcome outcome =
        LineReader(engine, recogniser(), terms()).read(one.page, one.region, Clock::now(), &cut_short);
    CHECK(cut_short);
    CHECK_FALSE(outcome.settled());
}

TEST_CASE("lines that stand on their heads are told from upright ones") {
    FakeEngine engine;
    LineReader reader(engine, recogniser(), terms());
    OneLine one = page_with("Pengumuman libur bersama");
    CHECK(reader.stands_on_its_head(one.page, {one.region}).share < 0.4F);
    CHECK(reader.stands_on_its_head(one.page, {one.region, one.region}).sure);
    cv::rotate(one.page.mat, one.page.mat, cv::ROTATE_180);
    const auto width = static_cast<float>(one.page.mat.cols);
    one.region.quad = quad_of({92, 140, width - 92, 185});
    CHECK(reader.stands_on_its_head(one.page, {one.region}).share > 0.6F);
    CHECK(reader.stands_on_its_head(one.page, {one.region, one.region}).sure);
    CHECK(reader.stands_on_its_head(one.page, {}).share == 0.5F);
    CHECK_FALSE(reader.stands_on_its_head(one.page, {}).sure);
    one.page.mat.setTo(cv::Scalar::all(235));
    CHECK_FALSE(reader.stands_on_its_head(one.page, {one.region, one.region}).sure);
}
