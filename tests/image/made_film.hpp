// Small films made on the spot.
#pragma once

#include <opencv2/core.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saring::test {

struct FilmForm {
    std::string container = "mp4"; // FFmpeg's name: mp4, mov, 3gp, matroska, webm, avi
    std::string codec = "mpeg4";   // FFmpeg's name of an encoder
    int per_second = 10;
    int turn = 0; // clockwise degrees that a player turns the film by
};

// BGR frames of one size, its sides even.
std::vector<std::byte> film_of(const std::vector<cv::Mat>& frames, const FilmForm& form = {});

} // namespace saring::test
