// A page for tests of stage "structure": words of letters made of stems, as tall as real ones, and the lines that a
// reader would make of them.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"
#include "text/document.hpp"

#include <string>
#include <vector>

namespace saring::test {

class TextPage {
public:
    static constexpr float dpi = 150;
    static constexpr float size = 24; // pixels; letters are 0.55 of it wide, blanks 0.3

    explicit TextPage(int width = 1240, int height = 1754);

    // Draws words from `x` on and adds them as one line. Returns where they end.
    float line(float x, float baseline, const std::string& text, float letter_size = size, bool bold = false);
    // The same, centred on `x`, or ending there.
    void centred(float x, float baseline, const std::string& text, float letter_size = size, bool bold = false);
    void right(float x, float baseline, const std::string& text, float letter_size = size);
    // Lines of running text, `width` wide, justified but for the last. Returns the baseline that follows.
    float paragraph(float x, float baseline, float width, int lines, const std::string& word = "kata",
                    float indent = 0);

    void rule(float left, float top, float right, float bottom);
    // Makes one line of the last two, as readers do across a gap between columns.
    void merge_last_two();

    [[nodiscard]] std::vector<text::Block> blocks(const std::vector<Quad>& unread = {}) const;

    cv::Mat picture;
    std::vector<Line> lines;
};

} // namespace saring::test
