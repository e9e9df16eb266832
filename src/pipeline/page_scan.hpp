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
    text::LineRecogniser& recogniser;
    const std::vector<std::string>& terms; // of all rules, for spotting
};

// Loads and reads a page. `timings_ms` gathers the time of each stage. Throws saring::Error when the page cannot be
// opened.
Page read_page(image::Document& document, int index, const Tools& tools, const Limits& limits,
               std::map<std::string, double>& timings_ms);

} // namespace saring::pipeline
