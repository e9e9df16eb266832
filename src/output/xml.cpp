#include "output/xml.hpp"

#include "saring/error.hpp"

#include <pugixml.hpp>
#include <unicode/utf8.h>

#include <array>
#include <charconv>

namespace saring::output {
namespace {

constexpr UChar32 replacement = 0xFFFD;

bool allowed(UChar32 c) { return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF); }

// Appends what pugixml prints.
class StringWriter : public pugi::xml_writer {
public:
    void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
    std::string out;
};

} // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        c = c < 0 ? replacement : c;
        if (allowed(c)) {
            std::array<char, U8_MAX_LENGTH> encoded{};
            std::int32_t length = 0;
            U8_APPEND_UNSAFE(encoded, length, c);
            out.append(encoded.data(), static_cast<std::size_t>(length));
        }
    }
    return out;
}

std::string with_single_blanks(std::string_view text) {
    std::string out;
    bool blank = false;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            blank = !out.empty();
        } else {
            out += blank ? " " : "";
            out += c;
            blank = false;
        }
    }
    return out;
}

pugi::xml_node add(pugi::xml_node parent, const char* name, XmlAttributes attributes) {
    pugi::xml_node node = parent.append_child(name);
    for (const XmlAttribute& attribute : attributes) {
        node.append_attribute(attribute.name).set_value(attribute.value.c_str());
    }
    return node;
}

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text, XmlAttributes attributes) {
    pugi::xml_node node = add(parent, name, attributes);
    append_text(node, text);
    return node;
}

void append_text(pugi::xml_node parent, std::string_view text) {
    parent.append_child(pugi::node_pcdata).set_value(xml_text(text).c_str());
}

FileBytes xml_bytes(const pugi::xml_document& document) {
    StringWriter writer;
    writer.out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return bytes_of(writer.out);
}

std::string xml_string(const pugi::xml_node& node) {
    StringWriter writer;
    node.print(writer, "", pugi::format_raw, pugi::encoding_utf8);
    return writer.out;
}

void parse_xml(pugi::xml_document& document, const FileBytes& bytes, std::string_view name) {
    // White space between runs is text that a reader sees.
    const pugi::xml_parse_result result = document.load_buffer(
        bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!result) {
        throw Error(ErrorCode::write_failed, "verify", std::string(name) + " is no XML: " + result.description());
    }
}

FileBytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

std::string decimal(double number, int digits) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.begin(), buffer.end(), number, std::chars_format::fixed, digits).ptr;
    std::string out(buffer.begin(), end);
    if (out.find('.') != std::string::npos) {
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.') {
            out.pop_back();
        }
    }
    return out == "-0" ? "0" : out;
}

std::string hex_colour(std::uint32_t rgb) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (int shift = 20; shift >= 0; shift -= 4) {
        out += digits[(rgb >> static_cast<unsigned>(shift)) & 0xFU];
    }
    return out;
}

} // namespace saring::output
