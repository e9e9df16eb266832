#include "output/write_file.hpp"
#include "support.hpp"

#include <sys/stat.h>

using namespace saring;

TEST_CASE("output is written whole, readable by its owner only, and leaves nothing beside it") {
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "out.png";
    output::write_file(file, test::bytes_of("first"));
    output::write_file(file, test::bytes_of("second"));
    CHECK(test::file_bytes(file) == test::bytes_of("second"));
    struct stat facts {};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    const auto entries = std::filesystem::directory_iterator(folder.path());
    CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("a target that cannot be written is an error with its path, and nothing is left behind") {
    const test::TemporaryFolder folder;
    CHECK(test::code_of([&] { output::write_file(folder.path() / "none" / "out.png", test::bytes_of("x")); }) ==
          ErrorCode::write_failed);
    std::filesystem::create_directory(folder.path() / "taken");
    CHECK(test::code_of([&] { output::write_file(folder.path() / "taken", test::bytes_of("x")); }) ==
          ErrorCode::write_failed);
    const auto entries = std::filesystem::directory_iterator(folder.path());
    CHECK(std::distance(begin(entries), end(entries)) == 1);
}
