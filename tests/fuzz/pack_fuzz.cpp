// Any bytes as a rule pack: it loads, or is refused with saring::Error; what loads finds something in a text or not.
#include "match/matcher.hpp"
#include "match/plain_text.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace saring;
    static const std::filesystem::path file = "/dev/shm/saring-pack-" + std::to_string(::getpid()) + ".toml";
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    try {
        const match::Matcher matcher(match::load_rules({file}));
        (void)matcher.find(match::lines_of_text("RAHASIA\nproyek merapi 3171015708459998\npassword: Kppn#2026!"));
    } catch (const Error&) {
    }
    return 0;
}
