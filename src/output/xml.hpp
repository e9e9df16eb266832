// Small words over pugixml for writers that build XML parts: every text that enters a part passes xml_text().
#pragma once

#include "output/document_writer.hpp"

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
class xml_node;
} // namespace pugi

namespace saring::output {

// The text without what XML 1.0 forbids (section 2.2: control characters, U+FFFE, U+FFFF, unpaired surrogates), as
// valid UTF-8; malformed bytes become U+FFFD.
std::string xml_text(std::string_view text);

// The text with every run of white space as one blank and none at its ends: how two texts are compared.
std::string with_single_blanks(std::string_view text);

struct XmlAttribute {
    XmlAttribute(const char* key, std::string_view text) : name(key), value(xml_text(text)) {}
    XmlAttribute(const char* key, const char* text) : XmlAttribute(key, std::string_view(text)) {}
    XmlAttribute(const char* key, std::integral auto number) : name(key), value(std::to_string(number)) {}

    const char* name;
    std::string value;
};
using XmlAttributes = std::initializer_list<XmlAttribute>;

// A new last child.
pugi::xml_node add(pugi::xml_node parent, const char* name, XmlAttributes attributes = {});
pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text, XmlAttributes attributes = {});
void append_text(pugi::xml_node parent, std::string_view text);

// The bytes with an XML declaration. The node alone, without one, for documents that are written page by page.
FileBytes xml_bytes(const pugi::xml_document& document);
std::string xml_string(const pugi::xml_node& node);

// Parses a part; throws Error(write_failed) with its name.
void parse_xml(pugi::xml_document& document, const FileBytes& bytes, std::string_view name);

FileBytes bytes_of(std::string_view text);

// A number as XML likes it: at most `digits` after the point, no trailing zeros, a point in every locale.
std::string decimal(double number, int digits = 2);

// Six hexadecimal digits, "1F4E79".
std::string hex_colour(std::uint32_t rgb);

} // namespace saring::output
