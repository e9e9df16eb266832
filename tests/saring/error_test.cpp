#include "support.hpp"

#include <set>

using namespace saring;

TEST_CASE("every error has a name of its own, a message and advice in both languages") {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        CHECK(names.insert(name_of(code)).second);
        const Error error(code, "load");
        for (const Language language : {Language::indonesian, Language::english}) {
            CHECK_FALSE(error.message(language).empty());
            CHECK_FALSE(error.advice(language).empty());
        }
        CHECK(error.message(Language::indonesian) != error.message(Language::english));
    }
}

TEST_CASE("an error keeps the first place that was filled in") {
    const Error error =
        Error(ErrorCode::corrupt, "load", "bad Huffman code").at_page(3).at_path("a.jpg").at_path("b.jpg").at_page(4);
    CHECK(error.path() == "a.jpg");
    CHECK(error.page() == 3);
    CHECK(error.message(Language::english) == "the file is damaged: bad Huffman code");
    CHECK(std::string(error.what()).find("corrupt (load)") == 0);
}
