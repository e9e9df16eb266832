// The order of the stages for one page, and nothing else.
#pragma once

#include "image/load.hpp"
#include "saring/scan.hpp"
#include "text/line_recogniser.hpp"
#include "text/locate.hpp"
#include "text/ocr_engine.hpp"

#include <map>
#include <string>
#include <vector>

namespace saring::pipeline {

// The tools of a scanner, made once and kept.
struct Tools {
    text::OcrEngine& engine;
    text::TextLocator& locator;
    text::TextLocator& mark_locator; // of stamps and watermarks
    text::LineRecogniser& recogniser;
    const std::vector<std::string>& terms; // of all rules, for spotting
};

// Whether the surfaces on a page are to be found and set straight, or it is flat already.
enum class Straighten : std::uint8_t { surfaces, nothing };

// What a first look at a photo tells, without reading it.
struct FirstLook {
    Page page;                 // surfaces, which way is up (`rotation`), and where lines of text stand (`lines` without
                               // words, their confidence that of the locator)
    bool is_turn_sure = false; // of `page.rotation`
};

// Loads and reads a page; `is_upright` when that is known. `timings_ms` gathers the time of each stage. Throws
// saring::Error when the page cannot be opened.
Page read_page(image::Document& document, int index, const Tools& tools, const Limits& limits,
               std::map<std::string, double>& timings_ms, Straighten straighten = Straighten::surfaces,
               bool is_upright = false);

FirstLook look_at(const cv::Mat& photo, const Tools& tools, std::map<std::string, double>& timings_ms);

} // namespace saring::pipeline
