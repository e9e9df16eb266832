// What several tests need: pictures made on the spot, temporary folders, expected errors.
#pragma once

#include "image/load.hpp"
#include "saring/saring.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace saring::test {

// A folder that vanishes with the test.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, std::string_view content) const;

private:
    std::filesystem::path path_;
};

std::vector<std::byte> bytes_of(std::string_view text);
std::vector<std::byte> file_bytes(const std::filesystem::path& file);

// A picture of 60 x 40 pixels with a different colour in each quarter: top left red, top right green, bottom left blue,
// bottom right white. Turns and flips show in it.
cv::Mat quarters();

// The name of the colour nearest to the pixel: "red", "green", "blue", "white", "black".
std::string colour_at(const cv::Mat& bgr, double across, double down);

// The picture in a format that OpenCV writes, by extension (".jpg", ".png" …).
std::vector<std::byte> encoded(const cv::Mat& mat, const std::string& extension);

// JPEG with an EXIF block that holds the orientation, and with `extra` entries of GPS where wanted.
std::vector<std::byte> jpeg_with_orientation(const cv::Mat& mat, int orientation);

// The code of the Error that `work` throws; fails the test when it throws none.
ErrorCode code_of(const std::function<void()>& work);

std::filesystem::path models();
std::filesystem::path source(); // the project's folder

} // namespace saring::test

// Catch2 prints the names of enumerations.
namespace saring {
std::ostream& operator<<(std::ostream& out, ErrorCode code);
std::ostream& operator<<(std::ostream& out, Verdict verdict);
std::ostream& operator<<(std::ostream& out, const Point& point);
} // namespace saring
