#include "support.hpp"
#include "text/layout.hpp"
#include "text/merge.hpp"

#include <algorithm>

using namespace saring;
using namespace saring::text;

namespace {

Line reading(std::vector<std::pair<std::string, float>> words, float left = 0, float top = 0) {
    Line line;
    for (const auto& [text, confidence] : words) {
        const auto width = static_cast<float>(10 * text.size());
        line.words.push_back({text, quad_of({left, top, left + width, top + 20}), confidence, {}});
        left += width + 8;
    }
    complete(line);
    return line;
}

std::string joined(const WordPool& pool) {
    std::vector<Word> words = pool.words();
    std::sort(words.begin(), words.end(),
              [](const Word& a, const Word& b) { return a.quad.corners[0].x < b.quad.corners[0].x; });
    std::string out;
    for (const Word& word : words) {
        out += (out.empty() ? "" : " ") + word.text;
    }
    return out;
}

} // namespace

TEST_CASE("words of a further pass fill gaps and replace what they read more surely") {
    WordPool pool;
    pool.add({reading({{"RAHASTA", 0.4F}, {"negara", 0.9F}})});
    pool.add({reading({{"RAHASIA", 0.9F}, {"negarz", 0.5F}, {"baru", 0.8F}})});
    CHECK(joined(pool) == "RAHASIA negara baru");
}

TEST_CASE("where a pass splits a word differently, the surer side wins as a whole") {
    WordPool pool;
    pool.add({reading({{"SANGATRAHASIA", 0.5F}})});
    pool.add({reading({{"SANGA", 0.9F}, {"RAHASIA", 0.92F}})});
    CHECK(joined(pool) == "SANGA RAHASIA");
}

TEST_CASE("Tesseract's middling words give way to a reader that is right as often as it says") {
    const auto winner = [](float of_tesseract, float of_other) {
        WordPool pool;
        Line tesseract = reading({{"RAHASTA", of_tesseract}});
        tesseract.engine = "tesseract";
        pool.add({tesseract});
        pool.add({reading({{"RAHASIA", of_other}})});
        return joined(pool);
    };
    CHECK(winner(0.65F, 0.6F) == "RAHASIA");
    CHECK(winner(0.95F, 0.9F) == "RAHASTA");
    CHECK(winner(0.95F, 0.98F) == "RAHASIA");
}

TEST_CASE("signs without letters are trusted little") {
    const Word dashes{"--—", {}, 0.9F, {}};
    const Word word{"rapat", {}, 0.9F, {}};
    CHECK(trust(dashes) < 0.3F);
    CHECK(trust(word) == Approx(0.9F));
    CHECK(length_of("é—x") == 3);
}
