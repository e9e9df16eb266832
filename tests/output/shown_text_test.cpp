#include "output/shown_text.hpp"
#include "support.hpp"

using namespace saring::output;

TEST_CASE("a name is shown on one line, whatever bytes it has") {
    CHECK(shown_name("rapat é 文.jpg") == "rapat é 文.jpg");
    CHECK(shown_name("a\nb\tc\x7F\x1b[0m") == "a\\x0Ab\\x09c\\x7F\\x1B[0m");
    CHECK(shown_name("\xC2\x9B"
                     "31m") == "\\x9B31m"); // the eight-bit form of ESC [
    CHECK(shown_name("\xFF\xC0\xAF") == "\\xFF\\xC0\\xAF");
    CHECK(shown_name("\xE2\x80\xAE"
                     "gpj\xE2\x81\xA6\xE2\x80\xA8\xEF\xBB\xBF") == "\\u202Egpj\\u2066\\u2028\\uFEFF");
    CHECK(shown_name("\xF0\x9F\x93\xB7") == "\xF0\x9F\x93\xB7");
}

TEST_CASE("line ends within words are blanks") {
    CHECK(shown_words("SANGAT\r\nRAHASIA\tx\x01") == "SANGAT  RAHASIA x\\x01");
}
