// The page is divided into targets: each surface that holds text, set flat, and the whole page for what stands outside.
// Over a target run full passes, the most fruitful first, until every located region is covered by words that the
// engine is sure of; what is still uncovered is then cut out of the original line by line, turned upright, brought to
// one height and read alone. What no pass covered is unread.
#include "text/read.hpp"

#include "image/enhance.hpp"
#include "text/layout.hpp"
#include "text/merge.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace saring::text {
namespace {

using image::View;

constexpr double most_pixels = 3.2e6;      // of a picture for a full pass; more pixels gained nothing on photos
constexpr double best_x_height = 21;       // pixels: where Tesseract reads best
constexpr double most_enlargement = 2.0;   // small pictures grow at most this much
constexpr float sure = 0.62F;              // trust from which a word counts as read
constexpr float least_trust = 0.22F;       // below this, a word is noise and not kept
constexpr float read_share = 0.65F;        // of a region's length that sure words must cover
constexpr float unread_x_height = 9.5F;    // pixels of the original: the promise of DESIGN.md begins at 10
constexpr float unread_confidence = 0.72F; // of the locator, for a region that nothing could read
constexpr float enough_read = 0.85F;       // of the located length, from which full passes end and single lines begin
constexpr std::size_t few_regions = 3;     // so few are read alone at once: a full pass would mostly see scenery
constexpr std::size_t most_single_lines = 90; // lines read alone on one target
constexpr double line_x_height = 26;          // pixels, of a line read alone
constexpr int widest_line = 2800;             // pixels, of a line read alone

cv::Mat raw(const cv::Mat& bgr) { return image::gray(bgr); }

cv::Mat flat(const cv::Mat& bgr) {
    const cv::Mat gray = image::gray(bgr);
    return image::is_dark_ground(gray) ? image::project_colours(bgr) : image::flatten(gray);
}

struct Pass {
    cv::Mat (*prepare)(const cv::Mat& bgr);
    Segmentation segmentation;
};

constexpr std::array passes{
    Pass{flat, Segmentation::sparse},
    Pass{flat, Segmentation::automatic},
    Pass{raw, Segmentation::automatic},
};

// A flat, upright picture with what is to be read on it.
struct Target {
    View view;
    std::vector<TextRegion> regions;      // in view pixels
    WordPool pool;                        // in view pixels
    std::vector<Line> turned;             // lines that do not run level in the view
    std::vector<std::vector<Line>> flows; // each pass's own lines, in view pixels
    int turn = 0;                         // by which the surface was turned clockwise
};

TextRegion to_view(const image::Mapping& page, const image::Mapping& view, const TextRegion& region) {
    const float height = reading_height(region.quad);
    TextRegion out = moved(
        region, [&](Point p) { return view.from_original(page.to_original(p)); }, 1);
    out.x_height = region.x_height * reading_height(out.quad) / std::max(1e-3F, height);
    return out;
}

// The turn, a multiple of 90 degrees clockwise, that sets most of the regions' length upright.
int upright_turn(const std::vector<TextRegion>& regions) {
    std::array<float, 4> votes{};
    for (const TextRegion& region : regions) {
        const float quarter = std::round(angle(region.quad) / 90);
        const auto index = static_cast<std::size_t>((static_cast<int>(quarter) + 8) % 4);
        const float length = reading_width(region.quad) / std::max(1.0F, region.x_height);
        votes[index] += std::min(length, 40.0F) * region.confidence;
    }
    const auto strongest = static_cast<int>(std::max_element(votes.begin(), votes.end()) - votes.begin());
    return (4 - strongest) % 4 * 90; // text that runs downwards (90) is set upright by three quarters of a turn
}

float median_x_height(const std::vector<TextRegion>& regions) {
    std::vector<float> heights;
    for (const TextRegion& region : regions) {
        heights.push_back(region.x_height);
    }
    if (heights.empty()) {
        return 0;
    }
    // A little below the median: small print must not drown when a headline is large.
    const auto at = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 2 / 5);
    std::nth_element(heights.begin(), at, heights.end());
    return *at;
}

// Brings the view to the size at which its text is read best, within the limit on pixels.
void fit_size(Target& target) {
    const double pixels = static_cast<double>(target.view.mat.total());
    const double x_height = median_x_height(target.regions);
    double factor = x_height > 0 ? best_x_height / x_height : 1;
    factor = std::min({factor, most_enlargement, std::sqrt(most_pixels / pixels)});
    constexpr double least_factor = 0.35; // small print beside large letters must survive
    factor = std::max(factor, std::min(least_factor, std::sqrt(most_pixels / pixels)));
    if (std::abs(factor - 1) < 0.1) {
        return;
    }
    target.view = image::rescaled(target.view, factor);
    const auto grow = static_cast<float>(factor);
    for (TextRegion& region : target.regions) {
        region = moved(
            std::move(region),
            [&](Point p) {
                return Point{p.x * grow, p.y * grow};
            },
            grow);
    }
}

// The part of the view that holds the regions, with a margin: what lies beyond costs time and gives noise.
cv::Rect text_box(const Target& target) {
    const auto width = static_cast<float>(target.view.mat.cols);
    const auto height = static_cast<float>(target.view.mat.rows);
    Box box{width, height, 0, 0};
    for (const TextRegion& region : target.regions) {
        const Box b = bounding_box(region.quad);
        const float margin = 2 * region.x_height;
        box = {std::min(box.left, b.left - margin), std::min(box.top, b.top - margin),
               std::max(box.right, b.right + margin), std::max(box.bottom, b.bottom + margin)};
    }
    const float margin = 0.01F * std::max(width, height);
    box = {std::max(0.0F, box.left - margin), std::max(0.0F, box.top - margin), std::min(width, box.right + margin),
           std::min(height, box.bottom + margin)};
    return {cv::Point(static_cast<int>(box.left), static_cast<int>(box.top)),
            cv::Point(static_cast<int>(std::ceil(box.right)), static_cast<int>(std::ceil(box.bottom)))};
}

Target make_target(const View& page, const View& flat_view, const std::vector<TextRegion>& regions) {
    Target target;
    const auto look_at = [&](const View& view) {
        target.view = view;
        target.regions.clear();
        for (const TextRegion& region : regions) {
            target.regions.push_back(to_view(page.mapping, view.mapping, region));
        }
    };
    look_at(flat_view);
    look_at(image::cropped(target.view, text_box(target)));
    target.turn = upright_turn(target.regions);
    if (target.turn != 0) {
        look_at(image::turned_by(target.view, target.turn));
    }
    fit_size(target);
    return target;
}

// Surfaces worth straightening: they hold text, do not share it, and are not the picture itself.
std::vector<Target> targets_of(const View& page, const std::vector<Surface>& surfaces,
                               const std::vector<TextRegion>& regions) {
    std::vector<Target> targets;
    std::vector<bool> taken(regions.size(), false);
    const auto whole =
        static_cast<float>(page.mat.total()) * static_cast<float>(std::pow(page.mapping.magnification({0, 0}), 2));
    constexpr float least_confidence = 0.6F;
    constexpr float most_of_picture = 0.93F;
    for (const Surface& surface : surfaces) {
        const float share = area(surface.quad) / whole;
        if (surface.confidence < least_confidence || share > most_of_picture) {
            continue;
        }
        std::vector<TextRegion> inside;
        std::vector<std::size_t> which;
        for (std::size_t i = 0; i < regions.size(); ++i) {
            if (!taken[i] && contains(surface.quad, page.mapping.to_original(centre(regions[i].quad)))) {
                inside.push_back(regions[i]);
                which.push_back(i);
            }
        }
        constexpr std::size_t fewest = 2;
        if (inside.size() < fewest) {
            continue;
        }
        for (const std::size_t i : which) {
            taken[i] = true;
        }
        const Quad quad = page.mapping.from_original(surface.quad);
        const cv::Size size(std::max(16, static_cast<int>(reading_width(quad))),
                            std::max(16, static_cast<int>(reading_height(quad))));
        targets.push_back(make_target(page, image::warp(page, quad, size), inside));
    }
    std::vector<TextRegion> outside;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (!taken[i]) {
            outside.push_back(regions[i]);
        }
    }
    if (!outside.empty()) {
        targets.push_back(make_target(page, page, outside));
    }
    return targets;
}

Quad grown(const Quad& quad, float along, float across) {
    const auto& c = quad.corners;
    const float width = std::max(1e-3F, reading_width(quad));
    const float height = std::max(1e-3F, reading_height(quad));
    const Point u{((c[1].x - c[0].x) + (c[2].x - c[3].x)) / 2 / width,
                  ((c[1].y - c[0].y) + (c[2].y - c[3].y)) / 2 / width};
    const Point v{((c[3].x - c[0].x) + (c[2].x - c[1].x)) / 2 / height,
                  ((c[3].y - c[0].y) + (c[2].y - c[1].y)) / 2 / height};
    const auto moved = [&](Point p, float a, float b) {
        return Point{p.x + a * u.x + b * v.x, p.y + a * u.y + b * v.y};
    };
    return {{{moved(c[0], -along, -across), moved(c[1], along, -across), moved(c[2], along, across),
              moved(c[3], -along, across)}}};
}

// The share of a region's marks over which sure words lie.
float coverage(const TextRegion& region, const std::vector<Word>& words, const std::vector<Line>& turned) {
    std::vector<Quad> near;
    const Box box = bounding_box(region.quad);
    const auto consider = [&](const Word& word) {
        if (trust(word) >= sure && intersection_area(bounding_box(word.quad), box) > 0) {
            const float height = reading_height(word.quad);
            near.push_back(grown(word.quad, 0.45F * height, 0.25F * height)); // over the gaps between words
        }
    };
    for (const Word& word : words) {
        consider(word);
    }
    for (const Line& line : turned) {
        for (const Word& word : line.words) {
            consider(word);
        }
    }
    const auto covered = std::count_if(region.marks.begin(), region.marks.end(), [&](Point p) {
        return std::any_of(near.begin(), near.end(), [&](const Quad& quad) { return contains(quad, p); });
    });
    return region.marks.empty() ? 0 : static_cast<float>(covered) / static_cast<float>(region.marks.size());
}

// Words that lie on located text; Tesseract also reads leaves and bricks.
std::vector<Line> on_text(std::vector<Line> lines, const std::vector<TextRegion>& regions) {
    std::vector<Box> boxes;
    for (const TextRegion& region : regions) {
        boxes.push_back(bounding_box(grown(region.quad, region.x_height, 0.3F * region.x_height)));
    }
    for (Line& line : lines) {
        std::erase_if(line.words, [&](const Word& word) {
            if (trust(word) < least_trust) {
                return true;
            }
            const Box box = bounding_box(word.quad);
            const float share = 0.35F * box.area();
            return std::none_of(boxes.begin(), boxes.end(),
                                [&](const Box& text) { return intersection_area(box, text) > share; });
        });
        complete(line);
    }
    std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
    return lines;
}

// The share of all located length that is read.
float share_read(const Target& target) {
    float all = 0;
    float read = 0;
    for (const TextRegion& region : target.regions) {
        const float length = reading_width(region.quad) / std::max(1.0F, region.x_height);
        all += length;
        read += length * std::min(1.0F, coverage(region, target.pool.words(), target.turned) / read_share);
    }
    return all > 0 ? read / all : 1;
}

// Cuts one line out of the page, upright and of one height.
View line_view(const View& page, const Quad& in_page, float x_height) {
    const Quad quad = grown(in_page, 0.6F * x_height, 0.35F * x_height);
    const double scale = line_x_height / std::max(1.0F, x_height);
    const int width = std::clamp(static_cast<int>(reading_width(quad) * scale), 24, widest_line);
    const int height = std::clamp(static_cast<int>(reading_height(quad) * scale), 24, 160);
    return image::warp(page, quad, {width, height});
}

float mean_trust(const std::vector<Line>& lines) {
    float sum = 0;
    float weight = 0;
    for (const Line& line : lines) {
        for (const Word& word : line.words) {
            const auto length = static_cast<float>(length_of(word.text));
            sum += trust(word) * length;
            weight += length;
        }
    }
    return weight > 0 ? sum / weight : 0;
}

std::vector<Line> moved(std::vector<Line> lines, const image::Mapping& from, const image::Mapping& to) {
    for (Line& line : lines) {
        line.quad = to.from_original(from.to_original(line.quad));
        for (Word& word : line.words) {
            word.quad = to.from_original(from.to_original(word.quad));
        }
    }
    return lines;
}

// Reads the page in passes for one target.
class TargetReader {
public:
    TargetReader(OcrEngine& engine, const View& page, Target& target, Deadline deadline, bool& cut_short)
        : engine_(engine), page_(page), target_(target), deadline_(deadline), cut_short_(cut_short) {}

    void full_passes() {
        if (target_.regions.size() <= few_regions) {
            return;
        }
        for (const Pass& pass : passes) {
            std::vector<Line> lines =
                engine_.read(pass.prepare(target_.view.mat), pass.segmentation, deadline_, &cut_short_);
            lines = on_text(std::move(lines), target_.regions);
            target_.pool.add(lines);
            target_.flows.push_back(std::move(lines));
            if (cut_short_ || share_read(target_) >= enough_read) {
                return;
            }
        }
    }

    void single_lines() {
        std::vector<const TextRegion*> waiting;
        for (const TextRegion& region : target_.regions) {
            if (coverage(region, target_.pool.words(), target_.turned) < read_share) {
                waiting.push_back(&region);
            }
        }
        // The largest first: a marker is seldom the smallest print.
        std::sort(waiting.begin(), waiting.end(),
                  [](const TextRegion* a, const TextRegion* b) { return a->x_height > b->x_height; });
        waiting.resize(std::min(waiting.size(), most_single_lines));
        for (const TextRegion* region : waiting) {
            if (cut_short_) {
                return;
            }
            add_line(*region);
        }
    }

private:
    void add_line(const TextRegion& region) {
        // In the page's own pixels, which may be finer than the target's.
        const Quad in_page = page_.mapping.from_original(target_.view.mapping.to_original(region.quad));
        const float x_height = region.x_height * reading_height(in_page) / std::max(1e-3F, reading_height(region.quad));
        const View line = line_view(page_, in_page, x_height);
        cv::Mat gray = image::project_colours(line.mat);
        std::vector<Line> best = moved(engine_.read(gray, Segmentation::single_line, deadline_, &cut_short_),
                                       line.mapping, target_.view.mapping);
        constexpr float doubtful = 0.5F;
        const float off_level = std::abs(std::remainder(angle(region.quad), 360.0F));
        if (mean_trust(best) < doubtful && off_level > 12) { // turned text may also stand on its head
            cv::rotate(gray, gray, cv::ROTATE_180);
            const View over = image::turned_by(line, 180);
            std::vector<Line> other = moved(engine_.read(gray, Segmentation::single_line, deadline_, &cut_short_),
                                            over.mapping, target_.view.mapping);
            if (mean_trust(other) > mean_trust(best)) {
                best = std::move(other);
            }
        }
        for (Line& l : best) {
            std::erase_if(l.words, [](const Word& word) { return trust(word) < least_trust; });
        }
        std::erase_if(best, [](const Line& l) { return l.words.empty(); });
        target_.flows.push_back(best);
        constexpr float level = 12; // degrees: words of a steeper line do not mix with the others'
        if (std::abs(angle(region.quad)) <= level) {
            target_.pool.add(best);
        } else {
            for (Line& l : best) {
                const Quad quad = l.quad;
                complete(l);
                l.quad = quad;
                target_.turned.push_back(std::move(l));
            }
        }
    }

    OcrEngine& engine_;
    const View& page_;
    Target& target_;
    Deadline deadline_;
    bool& cut_short_;
};

void add_unread(const Target& target, bool cut_short, PageReading& out) {
    for (const TextRegion& region : target.regions) {
        const double magnification = target.view.mapping.magnification(centre(region.quad));
        const auto x_height = static_cast<float>(region.x_height * magnification);
        constexpr float foreign_sure = 0.75F;
        const bool read = coverage(region, target.pool.words(), target.turned) >= read_share;
        if (read || x_height < unread_x_height || region.confidence < unread_confidence) {
            continue;
        }
        UnreadRegion unread;
        unread.quad = target.view.mapping.to_original(region.quad);
        unread.reason = cut_short                       ? UnreadReason::time_limit
                        : region.foreign > foreign_sure ? UnreadReason::unsupported_script
                                                        : UnreadReason::low_confidence;
        out.unread.push_back(std::move(unread));
    }
}

} // namespace

PageReading Reader::read(const View& page, const std::vector<Surface>& surfaces, const std::vector<TextRegion>& regions,
                         Deadline deadline) {
    PageReading out;
    bool cut_short = false;
    std::size_t most_regions = 0;
    for (Target& target : targets_of(page, surfaces, regions)) {
        TargetReader reader(engine_, page, target, deadline, cut_short);
        reader.full_passes();
        reader.single_lines();
        add_unread(target, cut_short, out);
        std::vector<Line> lines = lines_of_words(target.pool.words(), engine_.name());
        order(lines);
        lines.insert(lines.end(), target.turned.begin(), target.turned.end());
        const image::Mapping identity;
        lines = moved(std::move(lines), target.view.mapping, identity);
        out.lines.insert(out.lines.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
        for (std::vector<Line>& flow : target.flows) {
            out.other_readings.push_back(moved(std::move(flow), target.view.mapping, identity));
        }
        if (target.regions.size() > most_regions) {
            most_regions = target.regions.size();
            out.rotation = target.turn;
        }
    }
    return out;
}

} // namespace saring::text
