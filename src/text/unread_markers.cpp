#include "text/unread_markers.hpp"

#include "text/boxes.hpp"
#include "text/list_markers.hpp"

#include <opencv2/imgproc.hpp>

#include <optional>
#include <string>

namespace saring::text {
namespace {

// In font sizes.
constexpr float furthest = 2.6F; // of a marker from its text
constexpr float nearest = 0.22F; // narrower is a letter of the text
constexpr float widest = 1.3F;   // of a marker
constexpr float tallest_bullet = 0.52F;
constexpr float smallest = 0.1F;
constexpr float same_place = 0.35F;
constexpr std::size_t most_lines = 2000; // of a column; bounds the work on hostile pages

// Ink in the strip on the left of a line, if it stands alone there.
std::optional<Box> ink_before(const TextLine& line, const std::vector<TextLine>& lines, const PageInk& ink) {
    const float size = line.line.font_size;
    const Box& text = line.line.box;
    Box strip{text.left - furthest * size, line.line.baseline - 0.85F * size, text.left - nearest * size / 2,
              line.line.baseline + 0.2F * size};
    for (const TextLine& other : lines) {
        if (other.line.box.right <= text.left && shared_height(other.line.box, strip) > 0) {
            strip.left = std::max(strip.left, other.line.box.right);
        }
    }
    const cv::Rect all(0, 0, ink.strokes.cols, ink.strokes.rows);
    const cv::Rect pixels = cv::Rect(cv::Point(static_cast<int>(strip.left), static_cast<int>(strip.top)),
                                     cv::Point(static_cast<int>(strip.right), static_cast<int>(strip.bottom))) &
                            all;
    if (pixels.width < 3 || pixels.height < 3 || strip.right <= strip.left) {
        return std::nullopt;
    }
    const cv::Rect found = cv::boundingRect(ink.strokes(pixels)) + pixels.tl();
    const Box box{static_cast<float>(found.x), static_cast<float>(found.y), static_cast<float>(found.x + found.width),
                  static_cast<float>(found.y + found.height)};
    const bool sized = box.width() > smallest * size && box.height() > 0.05F * size && box.width() < widest * size;
    const bool apart = text.left - box.right > nearest * size;
    const bool whole = box.left > strip.left + 1 || pixels.x == 0; // no end of a rule or word
    return sized && apart && whole ? std::optional<Box>(box) : std::nullopt;
}

// "•" or "–" by its shape; empty for what is as tall as a letter.
std::string bullet_of(const Box& box, const TextLine& line) {
    const float size = line.line.font_size;
    const bool low = box.height() < tallest_bullet * size && middle_y(box) < line.line.baseline - 0.05F * size;
    if (!low) {
        return {};
    }
    return box.width() > 2.2F * box.height() ? "–" : "•";
}

struct Found {
    std::size_t line = 0;
    Box box;
};

bool is_supported(const Found& found, const std::vector<Found>& all, const std::vector<TextLine>& lines) {
    const TextLine& line = lines[found.line];
    const float same = same_place * line.line.font_size;
    const bool fellows = std::any_of(all.begin(), all.end(), [&](const Found& other) {
        return other.line != found.line && std::abs(other.box.left - found.box.left) < same &&
               std::abs(lines[other.line].line.box.left - line.line.box.left) < same;
    });
    const bool hangs = found.line + 1 < lines.size() &&
                       std::abs(lines[found.line + 1].line.box.left - line.line.box.left) < same / 2 &&
                       lines[found.line + 1].line.baseline - line.line.baseline < 2 * line.line.font_size;
    const bool read = std::any_of(lines.begin(), lines.end(), [&](const TextLine& other) {
        return other.line.words.size() > 1 && marker_of(other.line.words[0].text).kind != ListMarker::Kind::none &&
               std::abs(other.line.words[1].box.left - line.line.box.left) < same;
    });
    return fellows || hangs || read;
}

// The number between or after read ones, for a marker as tall as a digit: "1.", ?, "3." can only be "2.".
std::string number_of(std::size_t which, const std::vector<TextLine>& lines) {
    const float left = lines[which].line.box.left;
    const float same = same_place * lines[which].line.font_size;
    constexpr std::size_t near = 30; // lines
    for (std::size_t i = which; i-- > (which > near ? which - near : 0);) {
        const auto& words = lines[i].line.words;
        const ListMarker marker = marker_of(words[0].text);
        if (words.size() > 1 && marker.kind == ListMarker::Kind::number && std::abs(words[1].box.left - left) < same) {
            return std::to_string(marker.value + 1) + marker.close;
        }
    }
    return {};
}

} // namespace

void add_unread_markers(std::vector<TextLine>& lines, const PageInk& ink) {
    if (lines.size() > most_lines) {
        return;
    }
    std::vector<Found> all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (marker_of(lines[i].line.words[0].text).kind == ListMarker::Kind::none) {
            if (const std::optional<Box> box = ink_before(lines[i], lines, ink)) {
                all.push_back({i, *box});
            }
        }
    }
    std::vector<std::string> texts(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (is_supported(all[i], all, lines)) {
            texts[i] = bullet_of(all[i].box, lines[all[i].line]);
            texts[i] = texts[i].empty() ? number_of(all[i].line, lines) : texts[i];
        }
        if (!texts[i].empty()) {
            constexpr float guessed = 0.5F; // confidence of what nobody read
            DocumentLine& line = lines[all[i].line].line;
            line.words.insert(line.words.begin(), {texts[i], all[i].box, guessed});
            line.box = united(line.box, all[i].box);
        }
    }
}

} // namespace saring::text
