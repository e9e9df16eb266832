// Films: MP4 and its kin (QuickTime, 3GP), Matroska and WebM, AVI. Containers first, then frames one after the other.
#pragma once

#include "image/load.hpp"

#include <memory>
#include <string_view>

struct AVFrame; // FFmpeg's, reference counted

namespace saring::image {

// The media type of a film by its first bytes ("video/mp4" …), empty for anything else, sound without pictures
// included.
std::string_view sniff_film(Bytes bytes);

// Whether the container states more bytes than there are. A film that was cut at a border of its parts passes.
bool is_cut_off(Bytes film);

// A frame as the decoder made it, a fraction of the size of its pixels in BGR.
using Frame = std::shared_ptr<AVFrame>;

// Decodes the first stream of pictures. Borrows the bytes; opens nothing beside them. Throws saring::Error.
class FilmDecoder {
public:
    FilmDecoder(Bytes film, const Limits& limits);
    ~FilmDecoder();
    FilmDecoder(const FilmDecoder&) = delete;
    FilmDecoder& operator=(const FilmDecoder&) = delete;

    // The next frame in the order of showing; null at the end. Frames that did not decode cleanly are left out.
    [[nodiscard]] Frame next();

    // Seconds from the begin of the film at which the frame is shown.
    [[nodiscard]] double seconds(const Frame& frame) const;

    // Goes on shortly before the end. False where the film cannot do that.
    bool go_to_end();

    // Whether something could not be decoded so far.
    [[nodiscard]] bool damaged() const;

    // The turn that sets frames upright, in EXIF's numbers.
    [[nodiscard]] int orientation() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

cv::Size size_of(const Frame& frame);
cv::Mat bgr_of(const Frame& frame);

// Grey, by area averaging, `width` pixels wide or as wide as the frame.
cv::Mat grey_of(const Frame& frame, int width);

// How much of the frame changed between two greys, 0 to 1, whatever the camera moved in between.
double change_between(const cv::Mat& before, const cv::Mat& after);

// FFmpeg prints to stderr otherwise.
void silence_film_library();

} // namespace saring::image
