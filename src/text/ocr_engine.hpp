// The seam between pictures and words. An engine reads one grey picture; everything about passes, places and merging
// stands above it. Tests put a replaying, slow or failing engine in its place.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"
#include "saring/scan.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saring::text {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

// How an engine should look for lines.
enum class Segmentation : std::uint8_t {
    automatic, // columns and paragraphs
    sparse,    // as much text as possible, in no order
    single_block,
    single_line,
};

class OcrEngine {
public:
    virtual ~OcrEngine() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    // What its readings depend on: "tesseract 5.3.0 ind+eng".
    [[nodiscard]] virtual std::string version() const { return std::string(name()); }

    // Loads what otherwise waits for the first picture. Throws Error(missing_language).
    virtual void prepare() {}

    // Lines with words, quads in pixels of `gray` (8 bit, one channel). No text is an empty answer. At the deadline the
    // engine stops and gives what it has; `*cut_short` is then set. Throws saring::Error with stage "recognise".
    virtual std::vector<Line> read(const cv::Mat& gray, Segmentation segmentation, Deadline deadline,
                                   bool* cut_short) = 0;
};

// Makes an engine for one thread. Throws Error(missing_language), Error(bad_option) for an unknown name.
std::unique_ptr<OcrEngine> make_engine(std::string_view name, const ScanOptions& options);

// Languages whose data is installed, sorted.
std::vector<std::string> installed_languages(const ScanOptions& options);

} // namespace saring::text
