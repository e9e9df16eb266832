// What a file is by its first bytes, and what its name promises.
#include "audit/file_walk.hpp"
#include "audit/open_file.hpp"
#include "image/load.hpp"

#include <algorithm>
#include <array>

namespace saring::audit {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t head_bytes = 2048; // a PDF may begin within the first kilobyte

// Also of formats that Saring does not read: a raw photo that nobody looked at must be told.
constexpr std::array extensions{
    "jpg"sv,  "jpeg"sv, "jpe"sv, "jfif"sv, "png"sv,  "apng"sv, "webp"sv, "tif"sv, "tiff"sv, "bmp"sv,  "dib"sv,  "gif"sv,
    "heic"sv, "heif"sv, "hif"sv, "avif"sv, "pdf"sv,  "mp4"sv,  "m4v"sv,  "mov"sv, "qt"sv,   "3gp"sv,  "3gpp"sv, "3g2"sv,
    "webm"sv, "mkv"sv,  "avi"sv, "mpg"sv,  "mpeg"sv, "mts"sv,  "m2ts"sv, "wmv"sv, "flv"sv,  "jxl"sv,  "jp2"sv,  "j2k"sv,
    "psd"sv,  "dng"sv,  "cr2"sv, "cr3"sv,  "nef"sv,  "arw"sv,  "orf"sv,  "rw2"sv, "raf"sv,  "djvu"sv, "xps"sv,  "tga"sv,
};

} // namespace

std::string media_type_of(const std::filesystem::path& file) {
    return std::string(image::sniff(first_bytes(file, head_bytes)));
}

bool promises_picture(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) {
        return false;
    }
    std::string extension(name.substr(dot + 1));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

} // namespace saring::audit
