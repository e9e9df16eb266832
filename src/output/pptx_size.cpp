// The size of slides, and where a page stands on one.
#include "output/pptx_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::output {

SlideSize slide_size(const text::Document& document) {
    constexpr std::array<SlideSize, 2> usual{{{960, 540}, {720, 540}}}; // 16:9 and 4:3
    constexpr double tolerance = 0.03;
    constexpr double least = 72; // an inch and 56 inches: what PowerPoint takes (19.2.1.39)
    constexpr double most = 4032;
    std::vector<double> aspects;
    for (const text::DocumentPage& page : document.pages) {
        aspects.push_back(std::max(1, page.picture.width) / static_cast<double>(std::max(1, page.picture.height)));
    }
    if (aspects.empty()) {
        return usual.front();
    }
    std::vector<double> sorted = aspects;
    std::ranges::sort(sorted);
    const double aspect = sorted[sorted.size() / 2]; // of a page that is there
    for (const SlideSize& size : usual) {
        if (std::abs(aspect * size.height / size.width - 1) < tolerance) {
            return size;
        }
    }
    const auto page = static_cast<std::size_t>(std::ranges::find(aspects, aspect) - aspects.begin());
    const PageShape shape = page_shapes(document)[page];
    return {std::clamp(shape.width, least, most), std::clamp(shape.height, least, most)};
}

SlideFit fit_of(const text::DocumentPage& page, const SlideSize& size) {
    const double width = std::max(1, page.picture.width);
    const double height = std::max(1, page.picture.height);
    SlideFit fit;
    fit.scale = std::min(size.width / width, size.height / height);
    fit.left = (size.width - width * fit.scale) / 2;
    fit.top = (size.height - height * fit.scale) / 2;
    return fit;
}

} // namespace saring::output
