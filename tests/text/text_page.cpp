#include "text/text_page.hpp"

#include "text/structure.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string_view>

namespace saring::test {
namespace {

constexpr float letter_width = 0.55F; // of the size
constexpr float blank = 0.3F;

float width_of(const std::string& word, float size) { return letter_width * size * static_cast<float>(word.size()); }

float width_of_text(const std::string& text, float size) {
    float out = 0;
    for (const char c : text) {
        out += (c == ' ' ? blank : letter_width) * size;
    }
    return out;
}

bool is_one_of(char c, std::string_view letters) { return letters.find(c) != letters.npos; }

} // namespace

TextPage::TextPage(int width, int height) : picture(height, width, CV_8UC3, cv::Scalar(255, 255, 255)) {}

float TextPage::line(float x, float baseline, const std::string& text, float letter_size, bool bold) {
    Line& line = lines.emplace_back();
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        float top = baseline;
        float bottom = baseline;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const bool low = is_one_of(word[i], "acegmnopqrsuvwxyz");
            const bool deep = is_one_of(word[i], "gpqyj");
            const bool dot = is_one_of(word[i], ".:");
            const bool dash = word[i] == '-';
            const float up = baseline - (dot ? 0.1F : dash ? 0.3F : low ? 0.5F : 0.71F) * letter_size;
            const float down = baseline + (deep ? 0.21F : dash ? -0.2F : 0.0F) * letter_size;
            const float stem = (bold ? 0.15F : 0.08F) * letter_size;
            const float left = x + (static_cast<float>(i) * letter_width + 0.05F) * letter_size;
            const float right = left + 0.4F * letter_size;
            for (const float at : dash ? std::vector<float>{left, left + stem, left + 2 * stem}
                                       : std::vector<float>{left, right - stem}) {
                cv::rectangle(picture,
                              {cv::Point(cvRound(at), cvRound(up)), cv::Point(cvRound(at + stem), cvRound(down))},
                              cv::Scalar(20, 20, 20), cv::FILLED);
            }
            top = std::min(top, up);
            bottom = std::max(bottom, down);
        }
        const Box box{x, top - 1, x + width_of(word, letter_size), bottom + 1};
        line.words.push_back({word, quad_of(box), 0.95F, {}});
        x = box.right + blank * letter_size;
        begin = end + 1;
    }
    line.text = text;
    line.confidence = 0.95F;
    return x - blank * letter_size;
}

void TextPage::centred(float x, float baseline, const std::string& text, float letter_size, bool bold) {
    line(x - width_of_text(text, letter_size) / 2, baseline, text, letter_size, bold);
}

void TextPage::right(float x, float baseline, const std::string& text, float letter_size) {
    line(x - width_of_text(text, letter_size), baseline, text, letter_size);
}

float TextPage::paragraph(float x, float baseline, float width, int count, const std::string& word, float indent) {
    for (int i = 0; i < count; ++i) {
        const float left = x + (i == 0 ? indent : 0);
        const float room = width - (left - x);
        const auto words = static_cast<int>((room + blank * size) / (width_of(word, size) + blank * size));
        const bool last = i + 1 == count;
        const int here = last ? std::max(1, words / 2) : words;
        const float space = (room - static_cast<float>(words) * width_of(word, size)) / static_cast<float>(words - 1);
        std::vector<Word> gathered;
        float at = left;
        for (int j = 0; j < here; ++j) {
            line(at, baseline, word);
            at += width_of(word, size) + (last ? blank * size : space);
            gathered.push_back(lines.back().words.front());
            lines.pop_back();
        }
        lines.emplace_back().words = gathered;
        baseline += 1.25F * size;
    }
    return baseline;
}

void TextPage::rule(float left, float top, float right, float bottom) {
    cv::line(picture, cv::Point(cvRound(left), cvRound(top)), cv::Point(cvRound(right), cvRound(bottom)),
             cv::Scalar(0, 0, 0), 2);
}

void TextPage::merge_last_two() {
    const std::vector<Word> words = lines.back().words;
    lines.pop_back();
    lines.back().words.insert(lines.back().words.end(), words.begin(), words.end());
}

std::vector<text::Block> TextPage::blocks(const std::vector<Quad>& unread) const {
    return text::structure(picture, lines, unread, dpi);
}

} // namespace saring::test
