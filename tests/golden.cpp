#include "golden.hpp"

#include "support.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace saring::test {

void check_golden(const std::string& name, std::string_view text) {
    const std::filesystem::path file = source() / "tests" / "golden" / name;
    if (std::getenv("SARING_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(file, std::ios::binary) << text;
    }
    std::ifstream in(file, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(in), {}};
    std::istringstream want(expected);
    std::istringstream have{std::string(text)};
    std::string wanted;
    std::string got;
    for (int line = 1; std::getline(want, wanted); ++line) {
        REQUIRE(std::getline(have, got));
        INFO(name << ", line " << line);
        REQUIRE(got == wanted);
    }
    CHECK(expected == text);
}

} // namespace saring::test
