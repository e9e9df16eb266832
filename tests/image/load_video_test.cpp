#include "image/film.hpp"
#include "image/made_film.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;
using test::code_of;
using test::film_of;
using test::FilmForm;

namespace {

constexpr int width = 320;
constexpr int height = 240;

cv::Mat quarters() {
    cv::Mat mat;
    cv::resize(test::quarters(), mat, {width, height}, 0, 0, cv::INTER_NEAREST);
    return mat;
}

// A slide with so many lines of text.
cv::Mat slide(int lines) {
    cv::Mat mat(height, width, CV_8UC3, cv::Scalar::all(240));
    for (int i = 0; i < lines; ++i) {
        cv::putText(mat, "Butir ke-" + std::to_string(i), {20, 30 + 25 * i}, cv::FONT_HERSHEY_SIMPLEX, 0.6,
                    cv::Scalar::all(20), 2);
    }
    return mat;
}

// `seconds` of each picture, ten frames a second.
std::vector<cv::Mat> shown(const std::vector<cv::Mat>& pictures, int seconds = 1) {
    std::vector<cv::Mat> frames;
    for (const cv::Mat& picture : pictures) {
        frames.insert(frames.end(), static_cast<std::size_t>(seconds) * 10, picture);
    }
    return frames;
}

bool told(Document& film) {
    bool any = false;
    for (int page = 0; page < film.page_count(); ++page) {
        any = any || !film.not_rendered(page).empty();
    }
    return any;
}

} // namespace

TEST_CASE("films of phones, cameras and screen recorders are told by their content and opened") {
    struct Kind {
        FilmForm form;
        std::string_view type;
    };
    const std::vector<Kind> kinds{{{.container = "mp4"}, "video/mp4"},
                                  {{.container = "mov", .codec = "mjpeg"}, "video/quicktime"},
                                  {{.container = "3gp"}, "video/3gpp"},
                                  {{.container = "matroska"}, "video/x-matroska"},
                                  {{.container = "webm", .codec = "libvpx"}, "video/webm"},
                                  {{.container = "avi", .codec = "mjpeg"}, "video/x-msvideo"}};
    for (const Kind& kind : kinds) {
        CAPTURE(kind.form.container);
        const std::vector<std::byte> bytes = film_of(shown({quarters()}), kind.form);
        CHECK(sniff(bytes) == kind.type);
        const auto film = open_document(bytes, {});
        REQUIRE(film->page_count() == 1);
        CHECK(film->page_size(0) == cv::Size(width, height));
        const cv::Mat mat = film->load(0).mat;
        CHECK(test::colour_at(mat, 0.25, 0.25) == "red");
        CHECK(test::colour_at(mat, 0.75, 0.25) == "green");
        CHECK(test::colour_at(mat, 0.25, 0.75) == "blue");
        CHECK(test::colour_at(mat, 0.75, 0.75) == "white");
        CHECK_FALSE(told(*film));
        CHECK(film->load(0, 160).mat.cols == 160);
    }
}

TEST_CASE("pictures of the same family as films stay pictures, and sound is no film") {
    const auto box = [](std::string_view brand) {
        return test::bytes_of(std::string("\0\0\0\x18"
                                          "ftyp",
                                          8) +
                              std::string(brand) + std::string("\0\0\0\0", 4) + std::string(brand) + "miaf" +
                              std::string(20, '\0'));
    };
    CHECK(sniff(box("heic")) == "image/heic");
    CHECK(sniff(box("avif")) == "image/avif");
    CHECK(sniff(box("isom")) == "video/mp4");
    CHECK(sniff(box("3gp5")) == "video/3gpp");
    CHECK(sniff(box("qt  ")) == "video/quicktime");
    CHECK(sniff(box("M4A ")).empty());
    CHECK(sniff(box("crx ")).empty());
}

TEST_CASE("a film gives its first frame, every change and its last frame, with their times") {
    std::vector<cv::Mat> frames = shown({slide(1), slide(2), slide(5)}, 2);
    frames.push_back(slide(7)); // at the very end, between two looks
    const std::vector<std::byte> bytes = film_of(frames);
    const auto film = open_document(bytes, {});
    REQUIRE(film->page_count() == 4);
    CHECK(film->seconds(0) == 0.0);
    CHECK(film->seconds(1) == Approx(2.0).margin(0.51));
    CHECK(film->seconds(2) == Approx(4.0).margin(0.51));
    CHECK(film->seconds(3) == Approx(6.0).margin(0.01));
    CHECK(cv::norm(film->load(2).mat, slide(5), cv::NORM_L1) / (width * height * 3) < 8);
    CHECK(cv::norm(film->load(0).mat, slide(1), cv::NORM_L1) / (width * height * 3) < 8); // back again
    CHECK_FALSE(told(*film));
    CHECK_FALSE(open_document(test::encoded(quarters(), ".png"), {})->seconds(0));
}

TEST_CASE("a hand that shakes and a camera that finds its exposure are no change") {
    cv::Mat page(height, width, CV_8UC3, cv::Scalar::all(230));
    slide(6)(cv::Rect(0, 0, width, 200)).copyTo(page(cv::Rect(0, 20, width, 200)));
    std::vector<cv::Mat> frames;
    for (int i = 0; i < 30; ++i) {
        const cv::Mat shift = (cv::Mat_<double>(2, 3) << 1, 0, 4 * std::sin(i), 0, 1, 4 * std::cos(1.7 * i));
        cv::Mat moved;
        cv::warpAffine(page, moved, shift, page.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
        moved.convertTo(moved, -1, 1, -i / 3);
        frames.push_back(moved);
    }
    CHECK(open_document(film_of(frames), {})->page_count() <= 2); // first and last
}

TEST_CASE("frames are turned as a player turns them") {
    const auto colours = [](int turn) {
        const std::vector<std::byte> bytes = film_of(shown({quarters()}), {.container = "mov", .turn = turn});
        const auto film = open_document(bytes, {});
        const cv::Mat mat = film->load(0).mat;
        CHECK(mat.size() == film->page_size(0));
        return test::colour_at(mat, 0.25, 0.25) + " " + test::colour_at(mat, 0.75, 0.25) + " " +
               test::colour_at(mat, 0.25, 0.75) + (mat.cols < mat.rows ? " upright" : "");
    };
    CHECK(colours(0) == "red green blue");
    CHECK(colours(90) == "blue red white upright");
    CHECK(colours(180) == "white blue green");
    CHECK(colours(270) == "green white red upright");
}

TEST_CASE("what a film shows beyond its pages is told, so that it is never called safe") {
    std::vector<cv::Mat> busy;
    cv::RNG random(1);
    for (int i = 0; i < 40; ++i) {
        cv::Mat noise(height / 20, width / 20, CV_8UC3);
        random.fill(noise, cv::RNG::UNIFORM, 0, 255);
        cv::resize(noise, noise, {width, height}, 0, 0, cv::INTER_NEAREST);
        busy.push_back(noise);
    }
    const std::vector<std::byte> bytes = film_of(busy, {.per_second = 2});
    const auto film = open_document(bytes, {});
    CHECK(film->page_count() == 24);
    CHECK(told(*film));
    CHECK(film->not_rendered(0).empty());
    REQUIRE(film->not_rendered(23).size() == 1);
    CHECK(film->not_rendered(23)[0].reason == UnreadReason::not_rendered);
    CHECK(film->seconds(0) == 0.0);
    CHECK(film->seconds(23) == Approx(19.5));
    Limits few;
    few.pages = 3;
    CHECK(open_document(bytes, few)->page_count() == 3);
}

TEST_CASE("of a long film its first minutes and its end are pages, and the rest is told") {
    std::vector<cv::Mat> frames(200, slide(1));
    frames.insert(frames.end(), 50, slide(4)); // after more than three minutes
    frames.insert(frames.end(), 10, slide(7));
    const std::vector<std::byte> bytes = film_of(frames, {.per_second = 1});
    const auto film = open_document(bytes, {});
    REQUIRE(film->page_count() == 2);
    CHECK(film->seconds(1) == Approx(259));
    CHECK(told(*film));
}

TEST_CASE("a film that takes too long to decode is read as far as the time went, and that is told") {
    std::vector<cv::Mat> frames = shown({slide(1), slide(3)}, 20);
    Limits hasty;
    hasty.page_time = std::chrono::milliseconds(0);
    const std::vector<std::byte> bytes = film_of(frames);
    CHECK(code_of([&] { (void)open_document(bytes, hasty); }) == ErrorCode::time_limit);
    hasty.page_time = std::chrono::milliseconds(15);
    try {
        const auto film = open_document(bytes, hasty);
        CHECK((film->page_count() == 2 || film->not_rendered(0).at(0).reason == UnreadReason::time_limit));
    } catch (const Error& error) { // on a slow day not even one
        CHECK(error.code() == ErrorCode::time_limit);
    }
}

TEST_CASE("a film that is cut off is an error, wherever its index stands") {
    for (const char* container : {"mp4", "mov", "matroska", "avi"}) {
        const std::vector<std::byte> whole =
            film_of(shown({quarters(), slide(3)}), {.container = container, .codec = "mjpeg"});
        for (const double share : {0.05, 0.3, 0.7, 0.98}) {
            CAPTURE(container, share);
            const std::vector<std::byte> cut(
                whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(whole.size())));
            const ErrorCode code = code_of([&] { (void)open_document(cut, {}); });
            CHECK((code == ErrorCode::truncated || code == ErrorCode::corrupt));
        }
    }
}

TEST_CASE("a film damaged in its middle is read where it can be, and the rest is told") {
    std::vector<std::byte> bytes = film_of(shown({slide(1), slide(3), slide(6)}), {.container = "matroska"});
    for (std::size_t i = bytes.size() * 4 / 10; i < bytes.size() * 6 / 10; ++i) {
        bytes[i] = static_cast<std::byte>(i * 31);
    }
    try {
        CHECK(told(*open_document(bytes, {})));
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::corrupt);
    }
}

TEST_CASE("a film with larger frames than allowed is refused") {
    Limits small;
    small.pixels = width * height - 1;
    const std::vector<std::byte> bytes = film_of(shown({quarters()}));
    CHECK(code_of([&] { (void)open_document(bytes, small); }) == ErrorCode::too_many_pixels);
}
