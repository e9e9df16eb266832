// What a page of a converted document comes to, once its pixels are gone.
#pragma once

#include "image/flat_page.hpp"
#include "saring/convert.hpp"
#include "saring/page.hpp"
#include "text/document.hpp"
#include "text/signature_care.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace saring::pipeline {

// Everything that a finished page leaves behind; its pixels are gone.
struct FinishedPage {
    text::DocumentPage page;
    ConvertedPage facts;
    std::vector<text::SignatureNote> signatures;
    std::uint64_t likeness = 0;
};

// Turns the page by what reading it told of its direction, and what was read with it: the look before was at a few
// lines only.
void set_upright(image::FlatPage& flat, Page& read);

// Stages "structure" and "layers" for a flat page and what was read on it. `timings_ms` gathers the time of each stage.
FinishedPage finished(const image::FlatPage& flat, const Page& read, std::string_view source, int source_page,
                      std::map<std::string, double>& timings_ms);

} // namespace saring::pipeline
