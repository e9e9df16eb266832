// Any bytes as plain text through folding, matching and masking: offsets must stay within the text.
#include "match/matcher.hpp"
#include "match/plain_text.hpp"
#include "match/verdict.hpp"
#include "output/mask.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace saring;
    static const match::Matcher matcher(match::load_rules({SARING_SOURCE_DIR "/models/rules"}));
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::vector<Line> lines = match::lines_of_text(text);
    ScanResult result;
    match::FindingMaker maker(lines, std::nullopt, true, Language::english);
    for (const match::Match& match : matcher.find(lines)) {
        for (const LineSpan& span : match.spans) {
            if (span.begin >= span.end || span.end > lines.at(static_cast<std::size_t>(span.line)).text.size()) {
                std::abort();
            }
        }
        result.findings.push_back(maker.make(match));
        if (result.findings.back().span->begin > result.findings.back().span->end ||
            result.findings.back().span->end > size) {
            std::abort();
        }
    }
    (void)output::masked(result);
    return 0;
}
