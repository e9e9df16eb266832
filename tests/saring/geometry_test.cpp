#include "support.hpp"

using namespace saring;

TEST_CASE("the area of a quad does not depend on its winding") {
    const Quad square = quad_of({0, 0, 10, 10});
    Quad reversed = square;
    std::swap(reversed.corners[1], reversed.corners[3]);
    CHECK(area(square) == Approx(100));
    CHECK(area(reversed) == Approx(100));
    CHECK(area(Quad{}) == 0);
}

TEST_CASE("Jaccard is 1 for the same quad, 0 for quads apart, and a third for half-overlapping squares") {
    const Quad a = quad_of({0, 0, 10, 10});
    CHECK(jaccard(a, a) == Approx(1));
    CHECK(jaccard(a, quad_of({20, 0, 30, 10})) == 0);
    CHECK(jaccard(a, quad_of({5, 0, 15, 10})) == Approx(1.0 / 3).margin(1e-5));
    CHECK(share_within(quad_of({5, 0, 15, 10}), a) == Approx(0.5).margin(1e-5));
    CHECK(jaccard(Quad{}, Quad{}) == 0);
}

TEST_CASE("the angle of a quad is its reading direction, clockwise") {
    const Quad level = quad_of({0, 0, 30, 10});
    CHECK(angle(level) == Approx(0));
    Quad downwards = level;
    std::rotate(downwards.corners.begin(), downwards.corners.begin() + 1, downwards.corners.end());
    CHECK(angle(downwards) == Approx(90));
    CHECK(reading_width(downwards) == Approx(10));
    CHECK(reading_height(downwards) == Approx(30));
}

TEST_CASE("a point on the edge of a quad counts as inside, whichever way the corners run") {
    Quad quad = quad_of({0, 0, 10, 10});
    CHECK(contains(quad, {5, 5}));
    CHECK(contains(quad, {10, 5}));
    CHECK_FALSE(contains(quad, {10.5F, 5}));
    std::reverse(quad.corners.begin(), quad.corners.end());
    CHECK(contains(quad, {5, 5}));
    CHECK_FALSE(contains(quad, {-1, 5}));
}
