// PDF by Poppler: every page is rendered as a picture *and* its text layer is read, since a photograph may stand behind
// the text and the text may differ from what is seen. Quads are pixels of a rendering at 200 dpi after /Rotate; a page
// too large for the pixel limit at 200 dpi is rendered smaller, and its quads still count 200 dpi.
#include "image/load_common.hpp"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr double dpi = 200;
constexpr double points_per_inch = 72;
constexpr double to_pixels = dpi / points_per_inch;

std::string utf8(const poppler::ustring& text) {
    const poppler::byte_array bytes = text.to_utf8();
    std::string out(bytes.begin(), bytes.end());
    std::erase(out, '\0');
    return out;
}

// Words on one height with small gaps between them form a line.
std::vector<Line> lines_of(const std::vector<Word>& words) {
    std::vector<Line> lines;
    for (const Word& word : words) {
        const Box box = bounding_box(word.quad);
        bool joined = false;
        if (!lines.empty()) {
            const Box last = bounding_box(lines.back().words.back().quad);
            const float height = std::max(box.height(), last.height());
            const float shared = std::min(box.bottom, last.bottom) - std::max(box.top, last.top);
            const float gap = box.left - last.right;
            joined = shared > 0.5F * std::min(box.height(), last.height()) && gap > -height && gap < 1.5F * height;
        }
        if (!joined) {
            lines.emplace_back();
            lines.back().engine = "pdf-text";
            lines.back().confidence = 1;
        }
        Line& line = lines.back();
        line.text += (line.words.empty() ? "" : " ") + word.text;
        line.words.push_back(word);
    }
    for (Line& line : lines) {
        Box whole = bounding_box(line.words.front().quad);
        for (const Word& word : line.words) {
            const Box box = bounding_box(word.quad);
            whole = {std::min(whole.left, box.left), std::min(whole.top, box.top), std::max(whole.right, box.right),
                     std::max(whole.bottom, box.bottom)};
        }
        line.quad = quad_of(whole);
        constexpr float x_height_share = 0.45F; // of the box that Poppler draws around a word
        line.x_height = whole.height() * x_height_share;
    }
    return lines;
}

class PdfDocument : public Document {
public:
    PdfDocument(Bytes bytes, const Limits& limits) : limits_(limits) {
        document_.reset(poppler::document::load_from_raw_data(reinterpret_cast<const char*>(bytes.data()),
                                                              static_cast<int>(bytes.size())));
        if (!document_) {
            throw Error(looks_cut_off(bytes) ? ErrorCode::truncated : ErrorCode::corrupt, "load");
        }
        if (document_->is_locked()) {
            throw Error(ErrorCode::password_needed, "load");
        }
        check_pages(document_->pages(), limits_);
    }

    [[nodiscard]] int page_count() const override { return document_->pages(); }

    [[nodiscard]] cv::Size page_size(int index) override {
        const poppler::rectf box = visible(*page(index));
        return {std::max(1, static_cast<int>(std::lround(box.width() * to_pixels))),
                std::max(1, static_cast<int>(std::lround(box.height() * to_pixels)))};
    }

    [[nodiscard]] Pixels load(int index, int enough) override {
        const auto page = this->page(index);
        const cv::Size full = page_size(index);
        const double most =
            std::sqrt(static_cast<double>(limits_.pixels) / (static_cast<double>(full.width) * full.height));
        double scale = std::min(1.0, most);
        if (enough > 0) {
            scale = std::min(scale, static_cast<double>(enough) / std::max(full.width, full.height));
        }
        poppler::page_renderer renderer;
        renderer.set_render_hint(poppler::page_renderer::antialiasing);
        renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
        renderer.set_image_format(poppler::image::format_bgr24);
        const poppler::image image = renderer.render_page(page.get(), dpi * scale, dpi * scale);
        if (!image.is_valid() || image.width() <= 0 || image.height() <= 0) {
            throw Error(ErrorCode::corrupt, "load", "Poppler cannot draw the page").at_page(index);
        }
        const cv::Mat drawn(image.height(), image.width(), CV_8UC3, const_cast<char*>(image.const_data()),
                            static_cast<std::size_t>(image.bytes_per_row()));
        return {drawn.clone(), static_cast<double>(image.width()) / full.width};
    }

    [[nodiscard]] std::vector<Line> text_layer(int index) override {
        const auto page = this->page(index);
        std::vector<Word> words;
        for (const poppler::text_box& box : page->text_list()) {
            Word word;
            word.text = utf8(box.text());
            if (word.text.empty()) {
                continue;
            }
            const poppler::rectf place = box.bbox();
            word.quad = quad_of(
                {static_cast<float>(place.left() * to_pixels), static_cast<float>(place.top() * to_pixels),
                 static_cast<float>(place.right() * to_pixels), static_cast<float>(place.bottom() * to_pixels)});
            word.confidence = 1;
            words.push_back(std::move(word));
        }
        return lines_of(words);
    }

private:
    static bool looks_cut_off(Bytes bytes) {
        constexpr std::size_t tail_bytes = 2048;
        const Bytes tail = bytes.last(std::min(bytes.size(), tail_bytes));
        const std::string_view text(reinterpret_cast<const char*>(tail.data()), tail.size());
        return text.find("%%EOF") == std::string_view::npos;
    }

    // The visible part of the page after /Rotate, in points.
    static poppler::rectf visible(const poppler::page& page) {
        poppler::rectf box = page.page_rect(poppler::crop_box);
        const auto turn = page.orientation();
        if (turn == poppler::page::landscape || turn == poppler::page::seascape) {
            return {0, 0, box.height(), box.width()};
        }
        return box;
    }

    [[nodiscard]] std::unique_ptr<poppler::page> page(int index) const {
        std::unique_ptr<poppler::page> page(document_->create_page(index));
        if (!page) {
            throw Error(ErrorCode::corrupt, "load", "the page cannot be opened").at_page(index);
        }
        return page;
    }

    Limits limits_;
    std::unique_ptr<poppler::document> document_;
};

} // namespace

std::unique_ptr<Document> open_pdf(Bytes bytes, const Limits& limits) {
    return std::make_unique<PdfDocument>(bytes, limits);
}

} // namespace saring::image
