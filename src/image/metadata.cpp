// EXIF facts by exiv2. The library has no reader for HEIF that Debian enables, so its EXIF block comes through libheif.
#include "image/metadata.hpp"

#include "image/heif_exif.hpp"

#include <exiv2/exiv2.hpp>
#include <exiv2/webpimage.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace saring::image {
namespace {

std::string trimmed(std::string text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\0' || c == '\n'; };
    while (!text.empty() && is_blank(text.back())) {
        text.pop_back();
    }
    while (!text.empty() && is_blank(text.front())) {
        text.erase(text.begin());
    }
    return text;
}

std::string text_of(const Exiv2::ExifData& exif, const char* key) {
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    return found == exif.end() ? std::string() : trimmed(found->toString());
}

// Three rationals (degrees, minutes, seconds) and a letter for the hemisphere.
std::optional<double> coordinate(const Exiv2::ExifData& exif, const char* key, const char* reference_key,
                                 char negative) {
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    if (found == exif.end() || found->count() < 1) {
        return std::nullopt;
    }
    double value = 0;
    double unit = 1;
    for (long i = 0; i < std::min<long>(3, found->count()); ++i, unit /= 60) {
        const Exiv2::Rational part = found->toRational(i);
        if (part.second == 0) {
            return std::nullopt;
        }
        value += unit * part.first / part.second;
    }
    if (!std::isfinite(value) || std::abs(value) > 180) {
        return std::nullopt;
    }
    const std::string reference = text_of(exif, reference_key);
    return !reference.empty() && reference.front() == negative ? -value : value;
}

Metadata metadata_of(const Exiv2::ExifData& exif) {
    Metadata out;
    out.latitude = coordinate(exif, "Exif.GPSInfo.GPSLatitude", "Exif.GPSInfo.GPSLatitudeRef", 'S');
    out.longitude = coordinate(exif, "Exif.GPSInfo.GPSLongitude", "Exif.GPSInfo.GPSLongitudeRef", 'W');
    out.gps = out.latitude && out.longitude;
    const std::string maker = text_of(exif, "Exif.Image.Make");
    const std::string model = text_of(exif, "Exif.Image.Model");
    const bool model_names_maker = model.compare(0, maker.size(), maker) == 0;
    out.camera = maker.empty() || model_names_maker ? model : trimmed(maker + " " + model);
    out.taken = text_of(exif, "Exif.Photo.DateTimeOriginal");
    if (out.taken.size() >= 10 && out.taken[4] == ':' && out.taken[7] == ':') {
        out.taken[4] = out.taken[7] = '-';
    }
    const auto orientation = exif.findKey(Exiv2::ExifKey("Exif.Image.Orientation"));
    if (orientation != exif.end() && orientation->count() > 0) {
        const long value = orientation->toLong();
        out.orientation = value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return out;
}

Exiv2::ExifData exif_of(Bytes bytes) {
    const std::string_view type = sniff(bytes);
    Exiv2::ExifData exif;
    if (type == "image/heic" || type == "image/avif") {
        const std::vector<std::uint8_t> block = heif_exif(bytes);
        if (!block.empty()) {
            Exiv2::ExifParser::decode(exif, block.data(), static_cast<std::uint32_t>(block.size()));
        }
        return exif;
    }
    if (type == "application/pdf" || type.empty() || type.starts_with("video/")) {
        return exif;
    }
    const auto file =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), static_cast<long>(bytes.size()));
    // Exiv2 guesses the format by itself, and takes some of our pictures for films, which it may read for minutes.
    constexpr std::array readable{Exiv2::ImageType::jpeg, Exiv2::ImageType::png, Exiv2::ImageType::tiff,
                                  Exiv2::ImageType::webp, Exiv2::ImageType::gif, Exiv2::ImageType::bmp};
    if (std::find(readable.begin(), readable.end(), file->imageType()) == readable.end()) {
        return exif;
    }
    file->readMetadata();
    return file->exifData();
}

} // namespace

Metadata read_metadata(Bytes bytes) {
    try {
        return metadata_of(exif_of(bytes));
    } catch (const std::exception&) { // broken metadata says nothing about the picture itself
        return {};
    }
}

} // namespace saring::image
