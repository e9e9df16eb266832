#include "output/zip_archive.hpp"

#include "output/xml.hpp"
#include "support.hpp"

#include <string>

using namespace saring;
using namespace saring::output;

namespace {

const std::vector<ZipEntry> entries{{"mimetype", bytes_of("application/test"), true},
                                    {"folder/part.xml", bytes_of(std::string(5000, 'a')), false},
                                    {"empty", {}, false}};

} // namespace

TEST_CASE("an archive gives back what was put in, in its order") {
    const std::vector<ZipEntry> back = unzip(zip(entries));
    REQUIRE(back.size() == 3);
    CHECK(back[0].name == "mimetype");
    CHECK(back[0].stored);
    CHECK(back[1].bytes == entries[1].bytes);
    CHECK_FALSE(back[1].stored);
    CHECK(back[2].bytes.empty());
    CHECK(find_entry(back, "folder/part.xml") == &back[1]);
    CHECK(find_entry(back, "part.xml") == nullptr);
}

TEST_CASE("the same entries make the same bytes, whatever the clock says") {
    CHECK(zip(entries) == zip(entries));
    const FileBytes archive = zip(entries);
    // Local header (APPNOTE 4.3.7): time and date at 10, length of the extra field at 28, then the name and the bytes.
    CHECK(archive[10] == 0);
    CHECK(archive[12] == 34);
    CHECK(archive[28] == 0);
    CHECK(std::string(archive.begin() + 30, archive.begin() + 54) == "mimetypeapplication/test");
}

TEST_CASE("a damaged archive is told, not believed") {
    FileBytes archive = zip(entries);
    archive[80] ^= 0xFFU;
    CHECK(test::code_of([&] { unzip(archive); }) == ErrorCode::write_failed);
    CHECK(test::code_of([&] { unzip(FileBytes(archive.begin(), archive.end() - 10)); }) == ErrorCode::write_failed);
    CHECK(test::code_of([&] { unzip({}); }) == ErrorCode::write_failed);
}
