#include "support.hpp"
#include "text/layout.hpp"

using namespace saring;
using namespace saring::text;

namespace {

Word word(const std::string& text, float left, float top, float height = 20) {
    return {text, quad_of({left, top, left + 0.5F * height * static_cast<float>(text.size()), top + height}), 0.9F, {}};
}

std::vector<std::string> ordered(const std::vector<Word>& words) {
    std::vector<Line> lines = lines_of_words(words, "test");
    order(lines);
    std::vector<std::string> out;
    for (const Line& line : lines) {
        out.push_back(line.text);
    }
    return out;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("words beside each other on one height form a line, also when it runs aslant") {
    CHECK(ordered({word("tiga", 130, 4), word("satu", 0, 0), word("dua", 55, 2)}) == Texts{"satu dua", "tiga"});
    std::vector<Word> aslant;
    for (int i = 0; i < 12; ++i) {
        aslant.push_back(word("kata", static_cast<float>(50 * i), static_cast<float>(5 * i)));
    }
    CHECK(lines_of_words(aslant, "test").size() == 1);
}

TEST_CASE("two columns are read one after the other") {
    std::vector<Word> words;
    for (int i = 0; i < 4; ++i) {
        words.push_back(word("kiri" + std::to_string(i), 0, static_cast<float>(30 * i)));
        words.push_back(word("kanan" + std::to_string(i), 200, static_cast<float>(30 * i + 3)));
    }
    CHECK(ordered(words) == Texts{"kiri0", "kiri1", "kiri2", "kiri3", "kanan0", "kanan1", "kanan2", "kanan3"});
}

TEST_CASE("a heading over two columns comes before both") {
    std::vector<Word> words{word("JUDUL", 60, 0), word("BESAR", 120, 0), word("SEKALI", 180, 0)};
    for (int i = 0; i < 3; ++i) {
        words.push_back(word("kiri" + std::to_string(i), 0, static_cast<float>(80 + 28 * i)));
        words.push_back(word("kanan" + std::to_string(i), 240, static_cast<float>(80 + 28 * i)));
    }
    CHECK(ordered(words) == Texts{"JUDUL BESAR SEKALI", "kiri0", "kiri1", "kiri2", "kanan0", "kanan1", "kanan2"});
}

TEST_CASE("a line knows whether it stands alone on its height") {
    std::vector<Line> lines =
        lines_of_words({word("RAHASIA", 0, 0), word("kiri", 0, 60), word("kanan", 300, 60)}, "test");
    order(lines);
    for (const Line& line : lines) {
        CHECK(line.alone == (line.text == "RAHASIA"));
    }
}

TEST_CASE("the confidence of a line is that of its words, by their length") {
    Line line;
    line.words = {{"ab", quad_of({0, 0, 1, 1}), 0.2F, {}}, {"abcdef", quad_of({2, 0, 3, 1}), 1.0F, {}}};
    complete(line);
    CHECK(line.text == "ab abcdef");
    CHECK(line.confidence == Approx(0.8F));
    CHECK(bounding_box(line.quad) == Box{0, 0, 3, 1});
}
