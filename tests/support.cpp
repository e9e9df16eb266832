#include "support.hpp"

#include <exiv2/exiv2.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cstdlib>
#include <fstream>
#include <ostream>

namespace saring::test {

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "saring-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = path_ / name;
    std::ofstream(file, std::ios::binary) << content;
    return file;
}

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto span = std::as_bytes(std::span(text));
    return {span.begin(), span.end()};
}

std::vector<std::byte> file_bytes(const std::filesystem::path& file) { return image::read_file(file, {}); }

cv::Mat quarters() {
    cv::Mat mat(40, 60, CV_8UC3, cv::Scalar(255, 255, 255));
    mat(cv::Rect(0, 0, 30, 20)).setTo(cv::Scalar(0, 0, 255));
    mat(cv::Rect(30, 0, 30, 20)).setTo(cv::Scalar(0, 255, 0));
    mat(cv::Rect(0, 20, 30, 20)).setTo(cv::Scalar(255, 0, 0));
    return mat;
}

std::string colour_at(const cv::Mat& bgr, double across, double down) {
    const auto p = bgr.at<cv::Vec3b>(static_cast<int>(down * bgr.rows), static_cast<int>(across * bgr.cols));
    const auto is = [&](int blue, int green, int red) {
        return std::abs(p[0] - blue) < 60 && std::abs(p[1] - green) < 60 && std::abs(p[2] - red) < 60;
    };
    return is(0, 0, 255)       ? "red"
           : is(0, 255, 0)     ? "green"
           : is(255, 0, 0)     ? "blue"
           : is(255, 255, 255) ? "white"
           : is(0, 0, 0)       ? "black"
                               : "other";
}

std::vector<std::byte> encoded(const cv::Mat& mat, const std::string& extension) {
    std::vector<std::uint8_t> out;
    cv::imencode(extension, mat, out);
    const auto span = std::as_bytes(std::span(out));
    return {span.begin(), span.end()};
}

std::vector<std::byte> jpeg_with_orientation(const cv::Mat& mat, int orientation) {
    const std::vector<std::byte> plain = encoded(mat, ".jpg");
    auto file =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(plain.data()), static_cast<long>(plain.size()));
    file->readMetadata();
    file->exifData()["Exif.Image.Orientation"] = static_cast<std::uint16_t>(orientation);
    file->writeMetadata();
    Exiv2::BasicIo& io = file->io();
    io.open();
    std::vector<std::byte> out(io.size());
    io.read(reinterpret_cast<Exiv2::byte*>(out.data()), static_cast<long>(out.size()));
    return out;
}

ErrorCode code_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    FAIL("no Error was thrown");
    return ErrorCode::internal;
}

std::filesystem::path source() { return SARING_SOURCE_DIR; }

std::filesystem::path models() { return std::filesystem::path(SARING_SOURCE_DIR) / "models"; }

} // namespace saring::test

namespace saring {

std::ostream& operator<<(std::ostream& out, ErrorCode code) { return out << name_of(code); }
std::ostream& operator<<(std::ostream& out, Verdict verdict) { return out << name_of(verdict); }
std::ostream& operator<<(std::ostream& out, const Point& point) {
    return out << "(" << point.x << ", " << point.y << ")";
}

} // namespace saring
