#include "match/noise.hpp"
#include "support.hpp"

using namespace saring::match;

TEST_CASE("the same seed misreads alike, another one otherwise, and none leaves the text as it is") {
    const std::string text = "Rancangan Peraturan Menteri Keuangan tentang tarif cukai hasil tembakau";
    CHECK(with_noise(text, 0.1, 1) == with_noise(text, 0.1, 1));
    CHECK(with_noise(text, 0.1, 1) != with_noise(text, 0.1, 2));
    CHECK(with_noise(text, 0, 1) == text);
    CHECK(with_noise("é—漢", 1, 1) == "é—漢");
}

TEST_CASE("about the share that is asked for is misread") {
    const std::string text(20'000, 'o');
    const std::string misread = with_noise(text, 0.03, 5);
    REQUIRE(misread.size() == text.size());
    const auto wrong = std::count_if(misread.begin(), misread.end(), [](char c) { return c != 'o'; });
    CHECK(wrong > 480);
    CHECK(wrong < 720);
}
