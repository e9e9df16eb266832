#include "text/ocr_engine.hpp"

#include "text/replay_engine.hpp"
#include "text/tesseract_engine.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace saring::text {
namespace {

using Make = std::unique_ptr<OcrEngine> (*)(const ScanOptions&);
constexpr std::array<std::pair<std::string_view, Make>, 2> engines{{
    {"tesseract", make_tesseract_engine},
    {"replay", make_replay_engine},
}};

} // namespace

std::unique_ptr<OcrEngine> make_engine(std::string_view name, const ScanOptions& options) {
    const auto* found =
        std::find_if(engines.begin(), engines.end(), [&](const auto& row) { return row.first == name; });
    if (found == engines.end()) {
        throw Error(ErrorCode::bad_option, "recognise", "no engine is called '" + std::string(name) + "'");
    }
    return found->second(options);
}

} // namespace saring::text
