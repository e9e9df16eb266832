#include "support.hpp"

#include <opencv2/imgcodecs.hpp>

#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

using namespace saring;
using namespace saring::image;
using test::code_of;

namespace {

void open_and_load(const std::vector<std::byte>& bytes, const Limits& limits = {}) {
    const auto document = open_document(bytes, limits);
    for (int page = 0; page < document->page_count(); ++page) {
        (void)document->load(page);
    }
}

cv::Mat noise(int side) {
    cv::Mat mat(side, side, CV_8UC3);
    cv::randu(mat, 0, 255);
    return mat;
}

} // namespace

TEST_CASE("a picture that is cut off at any place is an error, never a half-grey picture") {
    const std::string extension = GENERATE(".jpg", ".png", ".webp", ".tiff", ".bmp");
    const std::vector<std::byte> whole = test::encoded(noise(64), extension);
    for (const double share : {0.1, 0.3, 0.5, 0.7, 0.9, 0.97}) {
        CAPTURE(extension, share);
        const std::vector<std::byte> cut(
            whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(whole.size())));
        const ErrorCode code = code_of([&] { open_and_load(cut); });
        CHECK((code == ErrorCode::truncated || code == ErrorCode::corrupt || code == ErrorCode::unknown_format));
    }
}

TEST_CASE("a cut-off JPEG is called cut off") {
    std::vector<std::byte> bytes = test::encoded(noise(64), ".jpg");
    bytes.resize(bytes.size() / 2);
    CHECK(code_of([&] { open_and_load(bytes); }) == ErrorCode::truncated);
}

TEST_CASE("a JPEG with stray bytes between its segments is read all the same") {
    std::vector<std::byte> bytes = test::encoded(test::quarters(), ".jpg");
    const auto stray = test::bytes_of("stray");
    bytes.insert(bytes.end() - 2, stray.begin(), stray.end()); // before the end-of-image marker
    CHECK_NOTHROW(open_and_load(bytes));
    const auto clip = test::bytes_of("a motion clip behind the picture");
    bytes.insert(bytes.end(), clip.begin(), clip.end());
    CHECK_NOTHROW(open_and_load(bytes));
}

TEST_CASE("empty, foreign and mislabelled content is told apart") {
    CHECK(code_of([] { open_and_load({}); }) == ErrorCode::empty_file);
    CHECK(code_of([] { open_and_load(test::bytes_of("just a text file, whatever its name says")); }) ==
          ErrorCode::unknown_format);
    CHECK(code_of([] { open_and_load(test::bytes_of("\x89PNG\r\n\x1A\n and then nothing of a PNG")); }) ==
          ErrorCode::corrupt);
    CHECK(code_of([] { open_and_load(test::bytes_of("\xFF\xD8\xFF\xE0 no JPEG")); }) != ErrorCode::internal);
    CHECK(code_of([] { open_and_load(test::bytes_of("%PDF-1.4 and no more")); }) == ErrorCode::truncated);
}

TEST_CASE("a small file that unpacks to gigapixels is refused before it is unpacked") {
    // A PNG header that announces 60,000 x 60,000 pixels; the checksum is not reached.
    std::string header("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0", 29);
    header += std::string(200, 'x');
    CHECK(code_of([&] { open_and_load(test::bytes_of(header)); }) == ErrorCode::too_many_pixels);

    std::string bmp("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x60\xEA\0\0\x60\xEA\0\0\x01\0\x18\0\0\0\0\0", 34);
    bmp += std::string(200, 'x');
    CHECK(code_of([&] { open_and_load(test::bytes_of(bmp)); }) == ErrorCode::too_many_pixels);
}

TEST_CASE("the limits on pixels and pages hold for every format") {
    const std::string extension = GENERATE(".jpg", ".png", ".webp", ".tiff", ".bmp");
    CAPTURE(extension);
    Limits limits;
    limits.pixels = 60 * 40 - 1;
    const auto bytes = test::encoded(test::quarters(), extension);
    CHECK(code_of([&] { open_and_load(bytes, limits); }) == ErrorCode::too_many_pixels);
    limits.pixels = 60 * 40;
    CHECK_NOTHROW(open_and_load(bytes, limits));
}

TEST_CASE("a BMP with a negative or impossible header is refused") {
    std::vector<std::byte> bytes = test::encoded(test::quarters(), ".bmp");
    const auto set = [&](std::size_t at, std::int32_t value) { std::memcpy(bytes.data() + at, &value, sizeof value); };
    set(22, -40); // rows from top to bottom: allowed
    CHECK_NOTHROW(open_and_load(bytes));
    set(18, -60);
    CHECK(code_of([&] { open_and_load(bytes); }) == ErrorCode::corrupt);
    set(18, 60);
    set(22, 1 << 30);
    CHECK(code_of([&] { open_and_load(bytes); }) == ErrorCode::too_many_pixels);
}

TEST_CASE("what is no regular, readable, non-empty file of the right size is told apart") {
    const test::TemporaryFolder folder;
    const auto read = [](const std::filesystem::path& path, const Limits& limits = {}) {
        return [=] { (void)read_file(path, limits); };
    };
    CHECK(code_of(read(folder.path() / "missing.jpg")) == ErrorCode::not_found);
    CHECK(code_of(read(folder.path() / "missing" / "a.jpg")) == ErrorCode::not_found);
    CHECK(code_of(read(folder.path())) == ErrorCode::is_folder);
    CHECK(code_of(read(folder.write("empty.jpg", ""))) == ErrorCode::empty_file);
    Limits small;
    small.file_bytes = 3;
    CHECK(code_of(read(folder.write("large.jpg", "1234"), small)) == ErrorCode::file_too_large);
    CHECK(code_of(read(std::string(5000, 'a'))) == ErrorCode::not_found);

    const std::filesystem::path pipe = folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(code_of(read(pipe)) == ErrorCode::not_a_file); // and does not hang

    const std::filesystem::path closed = folder.write("closed.jpg", "x");
    std::filesystem::permissions(closed, std::filesystem::perms::none);
    if (::geteuid() != 0) { // root may read everything
        CHECK(code_of(read(closed)) == ErrorCode::no_permission);
    }
    const std::filesystem::path strange = folder.write("f\xFFoto.jpg", "x");
    CHECK(read_file(strange, {}).size() == 1);
}

TEST_CASE("a PDF locked with a password is told from a damaged one") {
    // Written by qpdf --encrypt with a user password: the smallest one-page document.
    const std::filesystem::path file = std::filesystem::path(SARING_SOURCE_DIR) / "tests" / "golden" / "locked.pdf";
    CHECK(code_of([&] { open_and_load(test::file_bytes(file)); }) == ErrorCode::password_needed);
}
