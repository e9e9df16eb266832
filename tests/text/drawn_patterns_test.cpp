#include "support.hpp"
#include "text/drawn_patterns.hpp"

#include <opencv2/imgproc.hpp>

#include <string>

using namespace saring::text;

namespace {

cv::Mat paper(int width = 600) { return {64, width, CV_8UC3, cv::Scalar::all(225)}; }

void write(cv::Mat& line, const std::string& text, int x, int level) {
    cv::putText(line, text, {x, 44}, cv::FONT_HERSHEY_SCRIPT_SIMPLEX, 1.1, cv::Scalar::all(level), 2, cv::LINE_AA);
}

// Open rings that are not all alike, on ruled paper with other steps.
cv::Mat rings() {
    cv::Mat out = paper();
    for (int i = 0; i < 29; ++i) {
        cv::ellipse(out, {15 + 20 * i, 30 + i % 2}, {5, 20}, 8, 0, 290 + 5 * (i % 3), cv::Scalar::all(60), 3,
                    cv::LINE_AA);
        cv::line(out, {27 * i, 40}, {27 * i, 64}, cv::Scalar::all(190), 1, cv::LINE_AA);
    }
    return out;
}

cv::Mat holes() {
    cv::Mat out = paper();
    for (int x = 20; x < 590; x += 40) {
        cv::rectangle(out, cv::Rect(x, 22, 18, 22), cv::Scalar::all(40), cv::FILLED);
    }
    return out;
}

void rule(cv::Mat& line, int level) {
    cv::line(line, {0, 33}, {line.cols, 35}, cv::Scalar::all(level), 2, cv::LINE_AA);
}

} // namespace

TEST_CASE("rings of a binding and holes are patterns") {
    CHECK(is_periodic(rings()));
    CHECK(is_periodic(holes()));
}

TEST_CASE("writing is no pattern, be it as even as it may") {
    for (const char* text :
         {"minimum minimum summe", "SANGAT RAHASIA jangan", "ululu elelele mumumu", "lilililil RAHASIA"}) {
        CAPTURE(text);
        cv::Mat line = paper();
        write(line, text, 10, 50);
        CHECK_FALSE(is_periodic(line));
    }
    CHECK_FALSE(is_periodic(paper()));
}

TEST_CASE("a word within a pattern is not taken for a part of it") {
    cv::Mat line = rings();
    line.colRange(220, 400).setTo(cv::Scalar::all(225));
    write(line, "RAHASIA", 225, 60);
    CHECK_FALSE(is_periodic(line));
}

TEST_CASE("a row of one sign is a pattern: it can hold no term") {
    cv::Mat letters = paper();
    cv::Mat dots = paper();
    for (int x = 10; x < 590; x += 16) {
        cv::putText(letters, "I", {x, 44}, cv::FONT_HERSHEY_DUPLEX, 1.1, cv::Scalar::all(50), 2, cv::LINE_AA);
        cv::circle(dots, {x, 42}, 3, cv::Scalar::all(50), cv::FILLED, cv::LINE_AA);
    }
    CHECK(is_periodic(letters));
    CHECK(is_periodic(dots));
}

TEST_CASE("a ruled line is faint, the same with writing on it is not, be the pencil as pale as the rule") {
    cv::Mat line = paper();
    CHECK(is_faint(line));
    rule(line, 180);
    CHECK(is_faint(line));
    write(line, "jangan disebar dulu", 20, 195);
    CHECK_FALSE(is_faint(line));
}

TEST_CASE("a smudge is fainter than a tenth of the paper's light, and writing is not") {
    constexpr double tenth = 0.1;
    cv::Mat line = paper();
    write(line, "bekas tulisan yang lama sekali", 20, 205);
    CHECK_FALSE(is_faint(line));
    CHECK(is_faint(line, tenth));
    write(line, "bekas tulisan yang lama sekali", 20, 150);
    CHECK_FALSE(is_faint(line, tenth));
}

TEST_CASE("one word is enough for a ruled line not to be faint") {
    cv::Mat line = paper();
    rule(line, 120);
    write(line, "rahasia", 240, 195);
    CHECK_FALSE(is_faint(line));
}
