// Containers of films by their own structure: ISO/IEC 14496-12 (boxes: 4.2, ftyp: 4.3), QuickTime File Format (atoms),
// Matroska (RFC 9559, EBML in RFC 8794), RIFF.
#include "image/film.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace saring::image {
namespace {

using namespace std::string_view_literals;

std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
}

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) {
        value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
    }
    return value;
}

// By the major brand; others say which readers may try, which is no news about pictures in it.
std::string_view type_of_brand(std::string_view brand) {
    if (brand == "qt  ") {
        return "video/quicktime";
    }
    if (brand.starts_with("3gp") || brand.starts_with("3g2")) {
        return "video/3gpp";
    }
    constexpr std::array mp4{"isom"sv, "iso2"sv, "iso3"sv, "iso4"sv, "iso5"sv, "iso6"sv, "iso7"sv, "iso8"sv,
                             "iso9"sv, "mp41"sv, "mp42"sv, "mp71"sv, "avc1"sv, "hvc1"sv, "M4V "sv, "M4VH"sv,
                             "M4VP"sv, "MSNV"sv, "mmp4"sv, "dash"sv, "msdh"sv, "cmfc"sv, "f4v "sv, "XAVC"sv};
    return std::find(mp4.begin(), mp4.end(), brand) != mp4.end() ? "video/mp4"sv : ""sv;
}

bool is_quicktime_atom(std::string_view type) { // of films older than "ftyp"
    constexpr std::array types{"moov"sv, "mdat"sv, "wide"sv, "free"sv, "skip"sv, "pnot"sv};
    return std::find(types.begin(), types.end(), type) != types.end();
}

constexpr std::string_view ebml = "\x1A\x45\xDF\xA3"sv;
constexpr std::string_view segment = "\x18\x53\x80\x67"sv;

std::string_view sniff_matroska(std::string_view text) {
    constexpr std::size_t header_bytes = 64; // its DocType stands within
    const std::string_view header = text.substr(0, header_bytes);
    return header.find("webm") != std::string_view::npos       ? "video/webm"sv
           : header.find("matroska") != std::string_view::npos ? "video/x-matroska"sv
                                                               : ""sv;
}

constexpr std::size_t box_header = 8;

bool boxes_are_cut_off(std::string_view film) {
    bool has_index = false;
    std::size_t at = 0;
    while (film.size() - at >= box_header) {
        const std::string_view type = film.substr(at + 4, 4);
        std::uint64_t size = big_endian(film.substr(at, 4));
        if (size == 1 && film.size() - at >= 2 * box_header) {
            size = big_endian(film.substr(at + box_header, 8));
        }
        if (size == 0) { // to the end of the file
            size = film.size() - at;
        }
        has_index = has_index || type == "moov";
        const bool named = std::all_of(type.begin(), type.end(), [](char c) { return c >= ' ' && c <= '~'; });
        if (size < box_header || !named) {
            break; // what phones append is no box
        }
        if (size > film.size() - at) {
            return true;
        }
        at += static_cast<std::size_t>(size);
    }
    return !has_index; // the index is written last: a recording was interrupted
}

// The size of a Segment: as many bytes as its first has leading zeros, and one; all ones mean unknown (RFC 8794, 4).
std::optional<std::uint64_t> element_size(std::string_view bytes, std::size_t& length) {
    const auto first = bytes.empty() ? 0U : static_cast<unsigned char>(bytes.front());
    length = 1;
    while (length <= 8 && (first & (0x80U >> (length - 1))) == 0) {
        ++length;
    }
    if (length > 8 || bytes.size() < length) {
        return {};
    }
    const std::uint64_t mask = (std::uint64_t{1} << (7 * length)) - 1;
    const std::uint64_t size = big_endian(bytes.substr(0, length)) & mask;
    return size == mask ? std::nullopt : std::optional(size);
}

bool segment_is_cut_off(std::string_view film) {
    constexpr std::size_t search = 4096; // the header before it is small
    const std::size_t at = film.substr(0, search).find(segment);
    if (at == std::string_view::npos) {
        return film.size() < search;
    }
    std::size_t length = 0;
    const std::size_t begin = at + segment.size();
    const auto size = element_size(film.substr(begin), length);
    return size && *size > film.size() - begin - length;
}

bool riff_is_cut_off(std::string_view film) {
    const std::uint64_t size = little_endian(film.substr(4, 4));
    constexpr std::uint64_t unknown = 0xFFFFFFFF; // and 0: written by cameras that could not go back
    return size != 0 && size != unknown && size > film.size() - box_header;
}

} // namespace

std::string_view sniff_film(Bytes bytes) {
    const std::string_view text = text_of(bytes);
    if (text.size() < 12) {
        return {};
    }
    if (text.substr(4, 4) == "ftyp") {
        return type_of_brand(text.substr(8, 4));
    }
    if (text.starts_with(ebml)) {
        return sniff_matroska(text);
    }
    if (text.starts_with("RIFF") && text.substr(8, 4) == "AVI ") {
        return "video/x-msvideo";
    }
    return is_quicktime_atom(text.substr(4, 4)) && text[0] == 0 ? "video/quicktime"sv : ""sv;
}

bool is_cut_off(Bytes film) {
    const std::string_view text = text_of(film);
    const std::string_view type = sniff_film(film);
    return type == "video/x-msvideo"                            ? riff_is_cut_off(text)
           : type == "video/webm" || type == "video/x-matroska" ? segment_is_cut_off(text)
                                                                : boxes_are_cut_off(text);
}

} // namespace saring::image
