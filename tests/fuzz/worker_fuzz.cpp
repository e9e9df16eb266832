// Any line as a request to the worker: it must be answered with valid JSON lines, the last of which is a result, a
// crop or an error, and never throw. A replay engine without a recording keeps reading out of the way.
#include "cli/worker_protocol.hpp"
#include "image/load.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

saring::Scanner& scanner() {
    static saring::Scanner one([] {
        saring::ScanOptions options;
        options.models = SARING_SOURCE_DIR "/models";
        options.engine = "replay";
        options.limits.file_bytes = 1 << 20;
        options.limits.pixels = 250'000;
        options.limits.pages = 4;
        return options;
    }());
    return one;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    if (line.find("\"path\"") != std::string_view::npos) {
        return 0; // files of this machine are none of the fuzzer's business
    }
    nlohmann::json last;
    saring::cli::answer(scanner(), line, [&](const std::string& text) { last = nlohmann::json::parse(text); });
    if (last.contains("result") + last.contains("crop") + last.contains("error") != 1) {
        std::abort();
    }
    return 0;
}
