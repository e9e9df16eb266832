#include "drawn_page.hpp"
#include "image/page_boundary.hpp"
#include "image/page_split.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::image;
using saring::test::facts_with;
using saring::test::read_line;

namespace {

const cv::Size photo_size(1200, 1600);

cv::Mat desk() {
    cv::Mat photo(photo_size, CV_8UC3, cv::Scalar(40, 70, 100));
    cv::theRNG().state = 11;
    cv::Mat noise(photo_size, CV_8UC3);
    cv::randu(noise, 0, 40);
    return photo + noise;
}

Surface sheet(const Box& box, float confidence = 0.8F) { return {SurfaceKind::paper, quad_of(box), confidence}; }

bool holds(const Quad& quad, const Line& line) {
    return std::all_of(line.quad.corners.begin(), line.quad.corners.end(), [&](Point p) { return contains(quad, p); });
}

} // namespace

TEST_CASE("a side that cuts through text is moved outwards, so nothing is cropped") {
    const Line inside = read_line({300, 400, 900, 430});
    const Line cut = read_line({700, 700, 1050, 730});
    const auto regions =
        page_regions(desk(), facts_with(photo_size, {sheet({200, 200, 1000, 1400})}, {inside, cut}), {});
    REQUIRE(regions.size() == 1);
    CHECK(regions[0].found);
    CHECK(holds(regions[0].quad, inside));
    CHECK(holds(regions[0].quad, cut));
}

TEST_CASE("a frame inside the page that holds only some of the text is not taken for the page") {
    const std::vector<Line> lines{read_line({300, 250, 900, 280}), read_line({300, 350, 900, 380}),
                                  read_line({300, 800, 900, 830}), read_line({300, 1200, 900, 1230})};
    const auto facts =
        facts_with(photo_size, {sheet({280, 700, 920, 900}, 0.9F), sheet({200, 200, 1000, 1400}, 0.7F)}, lines);
    const auto regions = page_regions(desk(), facts, {});
    REQUIRE(regions.size() == 1);
    CHECK(jaccard(regions[0].quad, quad_of({200, 200, 1000, 1400})) > 0.98F);
}

TEST_CASE("where much text lies beside every surface, and where there is none, the whole photo is the page") {
    const std::vector<Line> lines{read_line({300, 250, 600, 280}), read_line({300, 1200, 900, 1230})};
    for (const Page& facts :
         {facts_with(photo_size, {sheet({200, 200, 1000, 700})}, lines), facts_with(photo_size, {}, lines)}) {
        const auto regions = page_regions(desk(), facts, {});
        REQUIRE(regions.size() == 1);
        CHECK_FALSE(regions[0].found);
        CHECK(area(regions[0].quad) == Approx(photo_size.area()));
    }
    FlatOptions keep;
    keep.crop = false;
    CHECK_FALSE(page_regions(desk(), facts_with(photo_size, {sheet({200, 200, 1000, 1400})}, {}), keep)[0].found);
}

TEST_CASE("a page's corners are counted in its reading direction") {
    Line down = read_line({0, 0, 1, 1});
    down.quad = {{{{640, 300}, {640, 1200}, {600, 1200}, {600, 300}}}}; // reads downwards
    const auto regions = page_regions(desk(), facts_with(photo_size, {sheet({200, 200, 1000, 1400})}, {down}), {});
    CHECK(regions[0].quad.corners[0] == Point{1000, 200});
    CHECK(regions[0].quad.corners[1] == Point{1000, 1400});

    Page facts = facts_with(photo_size, {});
    facts.rotation = 90; // the scan says that a quarter turn clockwise sets it upright
    CHECK(page_regions(desk(), facts, {})[0].quad.corners[0] == Point{0, 1600});
}

TEST_CASE("sheets beside one another become pages in reading order") {
    const std::vector<Line> lines{read_line({120, 400, 500, 430}), read_line({700, 400, 1100, 430})};
    const auto facts = facts_with(photo_size, {sheet({640, 200, 1150, 900}), sheet({60, 220, 560, 920}, 0.7F)}, lines);
    const auto regions = page_regions(desk(), facts, {});
    REQUIRE(regions.size() == 2);
    CHECK(centre(regions[0].quad).x < centre(regions[1].quad).x);
}

TEST_CASE("an open book is split at its gutter; a sheet of two columns is not") {
    const cv::Size size(1600, 1200);
    cv::Mat photo(size, CV_8UC3, cv::Scalar::all(235));
    std::vector<Line> lines;
    for (int y = 100; y < 1000; y += 100) {
        const auto top = static_cast<float>(y);
        lines.push_back(read_line({100, top, 700, top + 30}));
        lines.push_back(read_line({900, top, 1500, top + 30}));
    }
    PageRegion spread;
    spread.quad = quad_of({0, 0, 1600, 1200});
    CHECK(split_spread(photo, spread, facts_with(size, {}, lines)).size() == 1);

    for (int x = 760; x < 841; ++x) {
        photo.col(x).setTo(cv::Scalar::all(235 - 2 * (40 - std::abs(x - 800))));
    }
    const auto pages = split_spread(photo, spread, facts_with(size, {}, lines));
    REQUIRE(pages.size() == 2);
    CHECK(pages[0].quad.corners[1].x == Approx(800).margin(12));
    CHECK(pages[1].quad.corners[0].x == Approx(800).margin(12));

    lines.push_back(read_line({500, 1050, 1100, 1080})); // a line across: a fold, no gutter
    CHECK(split_spread(photo, spread, facts_with(size, {}, lines)).size() == 1);
}
