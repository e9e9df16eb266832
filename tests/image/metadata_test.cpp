#include "image/metadata.hpp"
#include "support.hpp"

#include <exiv2/exiv2.hpp>

#include <span>
#include <string>

using namespace saring;

namespace {

std::vector<std::byte> with_exif(const std::function<void(Exiv2::ExifData&)>& fill) {
    const std::vector<std::byte> plain = test::encoded(test::quarters(), ".jpg");
    auto file =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(plain.data()), static_cast<long>(plain.size()));
    file->readMetadata();
    fill(file->exifData());
    file->writeMetadata();
    file->io().open();
    std::vector<std::byte> out(file->io().size());
    file->io().read(reinterpret_cast<Exiv2::byte*>(out.data()), static_cast<long>(out.size()));
    return out;
}

} // namespace

TEST_CASE("camera, time and GPS position are read, south and west as negative degrees") {
    const auto bytes = with_exif([](Exiv2::ExifData& exif) {
        exif["Exif.Image.Make"] = "Contoh";
        exif["Exif.Image.Model"] = "Kamera 1";
        exif["Exif.Photo.DateTimeOriginal"] = "2026:08:17 09:30:00";
        exif["Exif.GPSInfo.GPSLatitudeRef"] = "S";
        exif["Exif.GPSInfo.GPSLatitude"] = "6/1 10/1 30/1";
        exif["Exif.GPSInfo.GPSLongitudeRef"] = "E";
        exif["Exif.GPSInfo.GPSLongitude"] = "106/1 49/1 1200/100";
    });
    const Metadata metadata = image::read_metadata(bytes);
    CHECK(metadata.gps);
    CHECK(*metadata.latitude == Approx(-6.175));
    CHECK(*metadata.longitude == Approx(106.82));
    CHECK(metadata.camera == "Contoh Kamera 1");
    CHECK(metadata.taken == "2026-08-17 09:30:00");
}

TEST_CASE("broken or missing metadata gives the defaults, never an error") {
    CHECK_FALSE(image::read_metadata(test::encoded(test::quarters(), ".png")).gps);
    CHECK(image::read_metadata(test::bytes_of("no picture")).camera.empty());
    const auto zero = with_exif([](Exiv2::ExifData& exif) {
        exif["Exif.GPSInfo.GPSLatitudeRef"] = "S";
        exif["Exif.GPSInfo.GPSLatitude"] = "6/0 10/0 30/0";
        exif["Exif.GPSInfo.GPSLongitude"] = "1/0 0/0 0/0";
        exif["Exif.Image.Orientation"] = std::uint16_t{77};
    });
    CHECK_FALSE(image::read_metadata(zero).gps);
    CHECK(image::read_metadata(zero).orientation == 1);
    std::vector<std::byte> cut = test::jpeg_with_orientation(test::quarters(), 6);
    cut.resize(40);
    CHECK(image::read_metadata(cut).orientation >= 1);
}

TEST_CASE("a picture that exiv2 takes for a film has no metadata, and costs no time") {
    std::string film = std::string("II+", 4) + "ftyp" + std::string(14, 'x') + "`endstream" + std::string(300, '\x08');
    const Metadata found = image::read_metadata(std::as_bytes(std::span(film)));
    CHECK(found.camera.empty());
    CHECK_FALSE(found.gps);
}
