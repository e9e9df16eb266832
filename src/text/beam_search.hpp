// The most likely text of a line, by what a network saw and by which letters follow one another.
#pragma once

#include "image/opencv_bridge.hpp"
#include "text/letter_model.hpp"

#include <string_view>
#include <vector>

namespace saring::text {

struct DecodedSign {
    int sign = 0;       // class of the network: 1 + place in the alphabet
    int frame = 0;      // where it stands out most
    float language = 0; // natural logarithm of its probability after the signs before it
};

// `scores`: frames x classes, log-likelihood minus that of the frame's best class; class 0 is CTC's blank, class k the
// sign k - 1 of `alphabet`, classes beyond it stand for any other mark. Prefix beam search (Graves and Jaitly, "Towards
// end-to-end speech recognition with recurrent neural networks", 2014, section 3.4).
std::vector<DecodedSign> decode(const cv::Mat& scores, std::string_view alphabet, const LetterModel& letters);

} // namespace saring::text
