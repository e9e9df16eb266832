// Our own reader of single lines: print, handwriting and marker strokes, in Latin letters and digits.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

namespace saring::text {

struct LineReading {
    Line line;             // quads in pixels of the picture; no words where nothing was read
    float confidence = 0;  // mean probability of the signs read, 0 to 1; of the blanks where nothing was read
    float path = 0;        // the same of all frames, blanks included: low where signs were passed over; 0 without any
    std::size_t signs = 0; // letters, digits and marks read, those of other scripts too
    float foreign = 0;     // share of the signs that belong to another script; they are not in the words
    cv::Size size;         // of the picture
    float frame_width = 0; // pixels of the picture to one frame
    cv::Mat scores; // frames x classes, log-likelihood minus that of the frame's best class; class 0 is the blank
};

class LetterModel;

// The network of models/line-recogniser.onnx and the language model of models/letter-model.bin. Not safe for use from
// two threads at the same time.
class LineRecogniser {
public:
    // The models are loaded with the first picture.
    LineRecogniser(const std::filesystem::path& model, const std::filesystem::path& letters);
    ~LineRecogniser();
    LineRecogniser(LineRecogniser&&) noexcept;
    LineRecogniser& operator=(LineRecogniser&&) noexcept;

    // Reads one level line, 8 bit grey, dark on bright or the reverse. The picture should show about two and a half
    // x-heights: 0.85 above the band of small letters, 0.6 below.
    [[nodiscard]] LineReading read(const cv::Mat& gray);

    // The line as the language makes it likely, which is closer to what was written where the picture leaves doubt. A
    // word's confidence is the probability that it is right.
    [[nodiscard]] Line likely(const LineReading& reading);

    // Loads the models now. Throws Error(missing_model), as the first picture does otherwise.
    void prepare();

private:
    class Network; // keeps the network's library out of this header
    std::filesystem::path model_;
    std::filesystem::path letters_file_;
    std::unique_ptr<Network> network_; // null until it is needed, as the next
    std::unique_ptr<LetterModel> letters_;
};

// Where a term fits best in a line.
struct Spotting {
    float score = 0; // mean log-likelihood per sign against the free reading, at most 0
    float begin = 0; // pixels along the picture
    float end = 0;
};

// How well `term` (letters of any case, digits, blanks) fits somewhere in the line; the blanks between its words may be
// missing. Keyword spotting by the best path with free ends (Viterbi). A term that the alphabet cannot write, or for
// which the line is too short, scores below -1000.
Spotting spot(const LineReading& reading, std::string_view term);

} // namespace saring::text
