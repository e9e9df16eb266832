#include "output/mask.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

TEST_CASE("secrets are masked wholly, identifiers to their first four and last two signs, markers not at all") {
    CHECK(masked("Kppn#2026!", Category::secret) == "••••••••••");
    CHECK(masked("3171015708459998", Category::identifier) == "3171••••••••••98");
    CHECK(masked("1234 5678", Category::identifier) == "1234 ••78");
    CHECK(masked("12345", Category::identifier) == "•••••");
    CHECK(masked("SANGAT RAHASIA", Category::marker) == "SANGAT RAHASIA");
    CHECK(masked("kunci é", Category::secret) == "••••• •");
}

TEST_CASE("a report shows a secret neither in its finding, nor in another's context, nor in the page's lines") {
    ScanResult result;
    Page page;
    Line line;
    line.text = "password: Kppn#2026! RAHASIA";
    line.words = {{"password:", quad_of({0, 0, 90, 20}), 0.9F, {}},
                  {"Kppn#2026!", quad_of({100, 0, 200, 20}), 0.9F, {}},
                  {"RAHASIA", quad_of({210, 0, 280, 20}), 0.9F, {}}};
    Line other; // another reading of the same place, misread
    other.text = "Kppn#2O26!";
    other.words = {{"Kppn#2O26!", quad_of({102, 1, 198, 19}), 0.5F, {}}};
    page.lines = {line, other};
    result.pages.push_back(page);
    Finding secret;
    secret.category = Category::secret;
    secret.match = "Kppn#2026!";
    secret.context = line.text;
    secret.page = 0;
    secret.quads = {quad_of({100, 0, 200, 20})};
    Finding marker;
    marker.match = "RAHASIA";
    marker.context = line.text;
    marker.page = 0;
    marker.quads = {quad_of({210, 0, 280, 20})};
    result.findings = {secret, marker};

    const ScanResult shown = masked(result);
    CHECK(shown.findings[0].match == "••••••••••");
    CHECK(shown.findings[1].context == "password: •••••••••• RAHASIA");
    CHECK(shown.pages[0].lines[0].text == "password: •••••••••• RAHASIA");
    CHECK(shown.pages[0].lines[1].text == "••••••••••");
    CHECK(result.findings[0].match == "Kppn#2026!"); // the library's own answer stays whole
}
