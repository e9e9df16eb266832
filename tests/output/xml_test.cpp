#include "output/xml.hpp"

#include "support.hpp"

#include <pugixml.hpp>

using namespace saring;
using namespace saring::output;

TEST_CASE("text for XML loses what XML forbids and keeps everything else") {
    CHECK(xml_text("a\x01\x08\x0B\x1F"
                   "b") == "ab");
    CHECK(xml_text(std::string_view("a\0b", 3)) == "ab");
    CHECK(xml_text("a\tb\nc") == "a\tb\nc");
    CHECK(xml_text("\xEF\xBF\xBE|\xEF\xBF\xBF") == "|"); // U+FFFE, U+FFFF
    CHECK(xml_text("𝛑 שלום é") == "𝛑 שלום é");
    CHECK(xml_text("a\xFF") == "a\uFFFD");                             // no UTF-8
    CHECK(xml_text("\xED\xA0\x80").find('\xED') == std::string::npos); // a lone surrogate
}

TEST_CASE("attributes and texts come back as they were given") {
    pugi::xml_document document;
    add_text(document, "node", "a < b & \"c\"", {{"name", "<&\">\x02"}, {"number", 42}});
    pugi::xml_document back;
    parse_xml(back, xml_bytes(document), "part");
    CHECK(std::string(back.child("node").text().get()) == "a < b & \"c\"");
    CHECK(std::string(back.child("node").attribute("name").value()) == "<&\">");
    CHECK(back.child("node").attribute("number").as_int() == 42);
}

TEST_CASE("numbers in XML have a point and no idle zeros") {
    CHECK(decimal(12.5) == "12.5");
    CHECK(decimal(3) == "3");
    CHECK(decimal(0.126) == "0.13");
    CHECK(decimal(-0.001) == "0");
    CHECK(hex_colour(0x0A1BFF) == "0A1BFF");
    CHECK(with_single_blanks("  a \n\t b ") == "a b");
}
