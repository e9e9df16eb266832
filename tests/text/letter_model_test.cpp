#include "support.hpp"
#include "text/letter_model.hpp"

#include <cmath>

using namespace saring;
using namespace saring::text;

namespace {

const std::filesystem::path& file() {
    static const std::filesystem::path path = test::models() / "letter-model.bin";
    return path;
}

const LetterModel& letters() {
    static const LetterModel model(file());
    return model;
}

// Natural logarithm of the probability of all signs, each after those before it.
float likelihood(std::string_view text) {
    LetterModel::Context context;
    (void)letters().advance(context, ' ');
    float sum = 0;
    for (const char sign : text) {
        sum += letters().advance(context, sign);
    }
    return sum;
}

} // namespace

TEST_CASE("words of both languages are likelier than the same letters in disorder") {
    for (const auto& [word, disordered] : {std::pair{"anggaran ", "agnagnra "},
                                           {"menteri ", "mntreei "},
                                           {"meeting ", "mteinge "},
                                           {"the minutes ", "the mintues "}}) {
        CHECK(likelihood(word) > likelihood(disordered) + 3);
    }
}

TEST_CASE("case, which digit and which mark make no difference") {
    CHECK(likelihood("Rapat 12,") == likelihood("rAPAT 98;"));
}

TEST_CASE("after any context the probabilities of all signs add up to about one") {
    for (const std::string_view before : {"", "r", "rapat", "the meeting", "xqzvkw", "123"}) {
        double sum = 0;
        for (const char sign : std::string_view(" abcdefghijklmnopqrstuvwxyz0.")) {
            LetterModel::Context context;
            (void)letters().advance(context, ' ');
            for (const char c : before) {
                (void)letters().advance(context, c);
            }
            sum += std::exp(letters().advance(context, sign));
        }
        CHECK(sum == Approx(1).margin(0.12)); // steps of a sixteenth
    }
}

TEST_CASE("any byte is a sign, and a context of any length is none too long") {
    LetterModel::Context context;
    for (int i = 0; i < 1000; ++i) {
        CHECK(std::isfinite(letters().advance(context, static_cast<char>(i))));
    }
}

TEST_CASE("a file that is missing, of another kind or cut off is refused") {
    const test::TemporaryFolder folder;
    const auto code = [](const std::filesystem::path& path) { return test::code_of([&] { (void)LetterModel(path); }); };
    CHECK(code(folder.path() / "none.bin") == ErrorCode::missing_model);
    CHECK(code(folder.write("empty.bin", "")) == ErrorCode::missing_model);
    CHECK(code(folder.write("other.bin", "GIF89a and more")) == ErrorCode::missing_model);
    const auto bytes = test::file_bytes(file());
    const std::string_view whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (const std::size_t size : {std::size_t{7}, std::size_t{11}, whole.size() / 2, whole.size() - 1}) {
        CHECK(code(folder.write("cut.bin", whole.substr(0, size))) == ErrorCode::missing_model);
    }
    std::string longest(whole);
    longest[5] = 9; // n-grams whose keys would not fit
    CHECK(code(folder.write("long.bin", longest)) == ErrorCode::missing_model);
}
