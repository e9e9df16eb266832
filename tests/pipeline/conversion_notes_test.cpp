#include "pipeline/conversion_notes.hpp"

#include <catch2/catch.hpp>

using namespace saring;

TEST_CASE("conversion notes: pages that look alike are told in one sentence") {
    std::vector<ConvertedPage> pages(4);
    pages[1].looks_like = 0;
    pages[3].looks_like = 0;
    const std::vector<std::string> notes = pipeline::notes_on(pages, {}, Language::english);
    REQUIRE(notes.size() == 1);
    CHECK(notes[0] == "These look the same as page 1: page 2, 4.");
}

TEST_CASE("conversion notes: what concerns several pages is told once, with their numbers") {
    std::vector<ConvertedPage> pages(3);
    pages[0].found = false;
    pages[2].found = false;
    pages[1].handwriting = 2;
    const std::vector<std::string> notes = pipeline::notes_on(pages, {}, Language::english);
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].find("page 1, 3:") != std::string::npos);
    CHECK(notes[1].find("page 2 stays a picture") != std::string::npos);
}

TEST_CASE("conversion notes: a plain document has none") {
    CHECK(pipeline::notes_on(std::vector<ConvertedPage>(2), {}, Language::indonesian).empty());
}
