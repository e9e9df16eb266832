// Maximal empty rectangles by branch and bound (Breuel, "Two geometric algorithms for layout analysis", DAS 2002,
// section 2): take the most promising rectangle; if a box lies in it, what is left, right, above and below of that box
// are four smaller ones; if none does, it is the largest empty one. Rectangles already found count as boxes from then
// on. Work is bounded: a page that needs more keeps what was found.
#include "text/whitespace.hpp"

#include "text/boxes.hpp"

#include <queue>

namespace saring::text {
namespace {

constexpr std::size_t most_found = 16;
constexpr std::size_t most_work = 3'000'000; // boxes looked at, some 20 ms

struct Candidate {
    float quality = 0;
    Box box;
    std::vector<int> inside; // boxes that overlap it
    std::size_t known = 0;   // how many found rectangles it has been cut at

    bool operator<(const Candidate& other) const { return quality < other.quality; }
};

bool overlap(const Box& a, const Box& b) { return shared_width(a, b) > 0 && shared_height(a, b) > 0; }

class Search {
public:
    Search(const std::vector<Box>& boxes, float least_width, float least_height)
        : boxes_(boxes), least_width_(least_width), least_height_(least_height) {}

    std::vector<Box> run() {
        Candidate all;
        all.box = boxes_.front();
        for (std::size_t i = 0; i < boxes_.size(); ++i) {
            all.box = united(all.box, boxes_[i]);
            all.inside.push_back(static_cast<int>(i));
        }
        push(std::move(all));
        std::vector<Box> found;
        while (!queue_.empty() && found.size() < most_found && work_ < most_work) {
            Candidate best = queue_.top();
            queue_.pop();
            for (; best.known < found.size(); ++best.known) {
                if (overlap(found[best.known], best.box)) {
                    boxes_.push_back(found[best.known]);
                    best.inside.push_back(static_cast<int>(boxes_.size()) - 1);
                }
            }
            if (best.inside.empty()) {
                found.push_back(best.box);
            } else {
                branch(best);
            }
        }
        return found;
    }

private:
    void push(Candidate candidate) {
        const Box& box = candidate.box;
        if (box.width() >= least_width_ && box.height() >= least_height_) {
            // Height decides; beyond a column's gap more width is nothing better: where one line reaches into a gap,
            // the narrower rest of it is a gutter all the same, not two wider ones above and below that line.
            constexpr float wide_enough = 1.5F;
            candidate.quality = box.height() * std::min(box.width(), wide_enough * least_width_);
            queue_.push(std::move(candidate));
        }
    }

    // The box nearest to the middle parts the candidate best.
    Box pivot(const Candidate& candidate) {
        const float x = middle_x(candidate.box);
        const float y = middle_y(candidate.box);
        const auto distance = [&](int i) {
            const Box& box = boxes_[static_cast<std::size_t>(i)];
            return std::abs(middle_x(box) - x) + std::abs(middle_y(box) - y);
        };
        return boxes_[static_cast<std::size_t>(
            *std::min_element(candidate.inside.begin(), candidate.inside.end(),
                              [&](int a, int b) { return distance(a) < distance(b); }))];
    }

    void branch(const Candidate& candidate) {
        const Box at = pivot(candidate);
        const Box& box = candidate.box;
        for (const Box& part :
             {Box{box.left, box.top, at.left, box.bottom}, Box{at.right, box.top, box.right, box.bottom},
              Box{box.left, box.top, box.right, at.top}, Box{box.left, at.bottom, box.right, box.bottom}}) {
            if (part.width() < least_width_ || part.height() < least_height_) {
                continue;
            }
            Candidate next;
            next.box = part;
            next.known = candidate.known;
            work_ += candidate.inside.size();
            std::copy_if(candidate.inside.begin(), candidate.inside.end(), std::back_inserter(next.inside),
                         [&](int i) { return overlap(boxes_[static_cast<std::size_t>(i)], part); });
            push(std::move(next));
        }
    }

    std::vector<Box> boxes_;
    float least_width_;
    float least_height_;
    std::priority_queue<Candidate> queue_;
    std::size_t work_ = 0;
};

} // namespace

std::vector<Box> white_columns(const std::vector<Box>& boxes, float least_width, float least_height) {
    if (boxes.empty()) {
        return {};
    }
    return Search(boxes, least_width, least_height).run();
}

} // namespace saring::text
