#include "output/reading.hpp"
#include "support.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <tiffio.h>

#include <fstream>
#include <thread>

using namespace saring;

namespace {

Scanner& scanner() {
    static Scanner one([] {
        ScanOptions options;
        options.models = test::models();
        options.language = Language::english;
        return options;
    }());
    return one;
}

cv::Mat page_with(const std::string& text) {
    cv::Mat page(500, 900, CV_8UC3, cv::Scalar::all(245));
    cv::putText(page, text, {60, 220}, cv::FONT_HERSHEY_DUPLEX, 1.6, cv::Scalar::all(20), 3, cv::LINE_AA);
    return page;
}

// A sheet full of small print.
cv::Mat dense_print() {
    cv::Mat page(2000, 1500, CV_8UC3, cv::Scalar(200, 215, 225));
    for (int y = 90; y < 1950; y += 34) {
        cv::putText(page, "laporan kegiatan pembinaan pegawai untuk tahun anggaran berjalan dan yang akan datang",
                    {60, y}, cv::FONT_HERSHEY_COMPLEX, 0.85, cv::Scalar::all(50), 2, cv::LINE_AA);
    }
    return page;
}

// Colour that is seen through, as ink is: letters turned by so many degrees about a point.
void stamp(cv::Mat& page, const std::string& text, cv::Point at, double size, const cv::Scalar& colour, int pen,
           double degrees, cv::Point2f about) {
    const cv::Scalar white = cv::Scalar::all(255);
    cv::Mat ink(page.size(), CV_8UC3, white);
    cv::putText(ink, text, at, cv::FONT_HERSHEY_COMPLEX, size, colour, pen, cv::LINE_AA);
    cv::warpAffine(ink.clone(), ink, cv::getRotationMatrix2D(about, degrees, 1), ink.size(), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, white);
    cv::multiply(page, ink, page, 1.0 / 255);
}

// Two pages in one TIFF; of the damaged second one the pixels are noise that no decoder accepts.
std::vector<std::byte> half_broken_tiff(const cv::Mat& first) {
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "pages.tif").string();
    TIFF* out = TIFFOpen(file.c_str(), "w");
    for (int page = 0; page < 2; ++page) {
        TIFFSetField(out, TIFFTAG_IMAGEWIDTH, first.cols);
        TIFFSetField(out, TIFFTAG_IMAGELENGTH, first.rows);
        TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, 3);
        TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
        TIFFSetField(out, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
        TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, first.rows);
        if (page == 0) {
            cv::Mat rgb;
            cv::cvtColor(first, rgb, cv::COLOR_BGR2RGB);
            TIFFWriteEncodedStrip(out, 0, rgb.data, static_cast<tmsize_t>(rgb.total() * 3));
        } else {
            std::string noise(2000, '\x5A');
            TIFFWriteRawStrip(out, 0, noise.data(), static_cast<tmsize_t>(noise.size()));
        }
        TIFFWriteDirectory(out);
    }
    TIFFClose(out);
    return test::file_bytes(file);
}

} // namespace

TEST_CASE("a marker on a picture is found, with a quad around its words in the picture's own pixels") {
    const ScanResult result = scanner().scan_bytes(test::encoded(page_with("SANGAT RAHASIA"), ".png"), "a.png");
    CHECK(result.verdict == Verdict::block);
    CHECK(result.path == "a.png");
    CHECK(result.sha256.size() == 64);
    CHECK(result.media_type == "image/png");
    CHECK(result.complete);
    REQUIRE(result.findings.size() == 1);
    const Box box = bounding_box(result.findings[0].quads.at(0));
    CHECK(box.left == Approx(60).margin(15));
    CHECK(box.bottom == Approx(222).margin(15));
    CHECK(result.findings[0].fingerprint.size() == 32);
    CHECK(result.tool.rules.contains("id-classification"));
    for (const char* model : {"text-locator.onnx", "mark-locator.onnx", "line-recogniser.onnx", "letter-model.bin"}) {
        CHECK(result.tool.models.contains(model));
    }
}

TEST_CASE("a picture seen in a mirror is read, and its findings point at their places on it") {
    cv::Mat page(900, 1300, CV_8UC3, cv::Scalar::all(240));
    int y = 130;
    for (const char* line : {"Notulen pertemuan bulanan", "SANGAT RAHASIA", "Agenda dan daftar hadir",
                             "Pembagian tugas", "Penutup dan doa bersama"}) {
        cv::putText(page, line, {90, y}, cv::FONT_HERSHEY_DUPLEX, 1.6, cv::Scalar::all(20), 3, cv::LINE_AA);
        y += 150;
    }
    const ScanResult as_it_is = scanner().scan_bytes(test::encoded(page, ".png"));
    cv::flip(page, page, 1);
    const ScanResult mirrored = scanner().scan_bytes(test::encoded(page, ".png"));
    CHECK(mirrored.verdict == Verdict::block);
    REQUIRE(mirrored.findings.size() == 1);
    REQUIRE(as_it_is.findings.size() == 1);
    CHECK(mirrored.findings[0].match == "SANGAT RAHASIA");
    const Box there = bounding_box(mirrored.findings[0].quads.at(0));
    const Box here = bounding_box(as_it_is.findings[0].quads.at(0));
    CHECK(there.left == Approx(1300 - here.right).margin(12));
    CHECK(there.top == Approx(here.top).margin(12));
    CHECK(mirrored.pages[0].unread.empty());
}

TEST_CASE("letters that fill a picture are read, though the locator sees only parts of them at full size") {
    cv::Mat page(900, 1200, CV_8UC3, cv::Scalar(225, 232, 235));
    cv::putText(page, "RAHASIA", {40, 520}, cv::FONT_HERSHEY_DUPLEX, 8.2, cv::Scalar(40, 30, 30), 40, cv::LINE_AA);
    CHECK(scanner().scan_bytes(test::encoded(page, ".jpg")).verdict == Verdict::block);
}

TEST_CASE("a pale watermark on a slide far off in a dark hall is found") {
    constexpr int ink = 60;
    constexpr int pale = 190;
    cv::Mat slide(700, 1100, CV_8UC3, cv::Scalar::all(225));
    cv::Mat tint = slide.clone();
    cv::putText(tint, "CONFIDENTIAL", {90, 380}, cv::FONT_HERSHEY_DUPLEX, 3.9, cv::Scalar::all(pale), 12, cv::LINE_AA);
    const cv::Mat turn = cv::getRotationMatrix2D({550, 350}, 32, 1);
    cv::warpAffine(tint, slide, turn, slide.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(225));
    int y = 90;
    for (const char* line : {"Agenda hari ini", "Pembukaan acara", "Paparan narasumber", "Tanya jawab", "Penutup"}) {
        cv::putText(slide, line, {70, y}, cv::FONT_HERSHEY_DUPLEX, 1.5, cv::Scalar::all(ink), 3, cv::LINE_AA);
        y += 130;
    }
    cv::Mat hall(2400, 3600, CV_8UC3);
    cv::randu(hall, cv::Scalar::all(5), cv::Scalar::all(45));
    cv::GaussianBlur(hall, hall, {}, 3);
    for (int x = 100; x < hall.cols; x += 220) { // heads
        cv::circle(hall, {x, 2250}, 90, cv::Scalar(30, 40, 60), -1, cv::LINE_AA);
    }
    slide.copyTo(hall(cv::Rect(1250, 600, slide.cols, slide.rows)));
    const ScanResult result = scanner().scan_bytes(test::encoded(hall, ".jpg"));
    REQUIRE_FALSE(result.findings.empty());
    CHECK(result.findings[0].match == "CONFIDENTIAL");
}

TEST_CASE("a watermark brighter than the boxes of a slide and than its ground is found under dark print") {
    constexpr int ground = 220;
    constexpr double opacity = 0.4;
    cv::Mat slide(800, 1200, CV_8UC3, cv::Scalar::all(ground));
    int x = 60;
    for (const cv::Scalar& colour : {cv::Scalar(170, 130, 80), cv::Scalar(110, 160, 90), cv::Scalar(80, 130, 180)}) {
        cv::rectangle(slide, cv::Rect(x, 180, 320, 520), colour, cv::FILLED);
        for (int y = 240; y < 680; y += 55) {
            cv::putText(slide, "kegiatan rutin", {x + 25, y}, cv::FONT_HERSHEY_DUPLEX, 1.0, cv::Scalar::all(20), 2,
                        cv::LINE_AA);
        }
        x += 380;
    }
    cv::putText(slide, "Program kerja tahunan", {60, 110}, cv::FONT_HERSHEY_DUPLEX, 1.8, cv::Scalar::all(20), 3,
                cv::LINE_AA);
    cv::Mat mark = cv::Mat::zeros(slide.size(), CV_8UC3);
    cv::putText(mark, "RAHASIA", {325, 445}, cv::FONT_HERSHEY_DUPLEX, 4, cv::Scalar::all(255), 18, cv::LINE_AA);
    cv::warpAffine(mark, mark, cv::getRotationMatrix2D({600, 400}, 30, 1), mark.size());
    cv::Mat weight;
    mark.convertTo(weight, CV_32FC3, opacity / 255);
    cv::Mat light;
    slide.convertTo(light, CV_32FC3);
    light += cv::Mat(cv::Scalar::all(255) - light).mul(weight);
    light.convertTo(slide, CV_8UC3);
    CHECK(scanner().scan_bytes(test::encoded(slide, ".png")).verdict == Verdict::block);
}

TEST_CASE("a red stamp that stands level on a line of print is read, not only the print") {
    cv::Mat page(900, 1200, CV_8UC3, cv::Scalar(228, 233, 236));
    for (int y = 130; y < 820; y += 60) {
        cv::putText(page, "Laporan kegiatan pembinaan pegawai tahun anggaran", {90, y}, cv::FONT_HERSHEY_DUPLEX, 1.1,
                    cv::Scalar::all(30), 2, cv::LINE_AA);
    }
    cv::Mat stamp(page.size(), CV_8UC3, cv::Scalar::all(255));
    cv::putText(stamp, "RAHASIA", {400, 442}, cv::FONT_HERSHEY_DUPLEX, 2, cv::Scalar(60, 50, 215), 5, cv::LINE_AA);
    cv::multiply(page, stamp, page, 1.0 / 255); // as ink does
    const ScanResult result = scanner().scan_bytes(test::encoded(page, ".png"));
    CHECK(result.verdict == Verdict::block);
    REQUIRE_FALSE(result.findings.empty());
    CHECK(bounding_box(result.findings[0].quads.at(0)).left == Approx(400).margin(25));
}

TEST_CASE("handwriting in red is read once, as what is written on the page, and not as stamps") {
    const auto stamps_in = [](int font, int pen) {
        cv::Mat page(900, 1200, CV_8UC3, cv::Scalar(228, 233, 236));
        for (int y = 130; y < 820; y += 110) {
            cv::putText(page, "beli beras dan gula", {90, y}, font, 2, cv::Scalar(60, 50, 205), pen, cv::LINE_AA);
        }
        const ScanResult result = scanner().scan_bytes(test::encoded(page, ".png"));
        REQUIRE_FALSE(result.pages.empty());
        const Page& seen = result.pages[0];
        std::vector<std::vector<Line>> all = seen.other_readings;
        all.push_back(seen.lines);
        std::ptrdiff_t out = 0;
        for (const std::vector<Line>& lines : all) {
            out += std::count_if(lines.begin(), lines.end(),
                                 [](const Line& line) { return line.style == LineStyle::stamp; });
        }
        return out;
    };
    CHECK(stamps_in(cv::FONT_HERSHEY_SCRIPT_SIMPLEX, 2) == 0);
    CHECK(stamps_in(cv::FONT_HERSHEY_COMPLEX, 5) > 0);
}

TEST_CASE("a stamp of thin letters is found that print tears and a coloured note hides in part") {
    cv::Mat page(1100, 1500, CV_8UC3, cv::Scalar(212, 210, 208));
    const cv::Rect note(520, 180, 460, 520);
    cv::rectangle(page, note, cv::Scalar(150, 60, 110), cv::FILLED);
    cv::rectangle(page, cv::Rect(1040, 180, 380, 520), cv::Scalar(110, 170, 240), cv::FILLED);
    int y = 250;
    for (const char* line : {"Rapat pagi hari", "Bahas kegiatan", "Susun jadwal", "Bagi tugas tim", "Kirim laporan"}) {
        for (const int x : {60, 540, 1060}) {
            cv::putText(page, line, {x, y}, cv::FONT_HERSHEY_SIMPLEX, 1.4, cv::Scalar::all(35), 7, cv::LINE_AA);
        }
        y += 100;
    }
    stamp(page, "RANCANGAN PERATURAN MENTERI", {310, 470}, 1.3, cv::Scalar(90, 80, 200), 3, -20, {750, 460});
    const ScanResult result = scanner().scan_bytes(test::encoded(page, ".jpg"));
    CHECK(result.verdict == Verdict::review);
    REQUIRE_FALSE(result.findings.empty());
    CHECK(result.findings[0].match == "RANCANGAN PERATURAN MENTERI");
}

TEST_CASE("a watermark across a sheet that lies turned is found, though its letters run steeply on the photo") {
    constexpr int paper = 235;
    constexpr int pale = 215;
    cv::Mat sheet(1400, 1000, CV_8UC3, cv::Scalar::all(paper));
    int below = 0;
    const cv::Size size = cv::getTextSize("SANGAT RAHASIA", cv::FONT_HERSHEY_DUPLEX, 3, 9, &below);
    cv::putText(sheet, "SANGAT RAHASIA", {500 - size.width / 2, 720}, cv::FONT_HERSHEY_DUPLEX, 3, cv::Scalar::all(pale),
                9, cv::LINE_AA);
    cv::warpAffine(sheet.clone(), sheet, cv::getRotationMatrix2D({500, 700}, 45, 1), sheet.size(), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar::all(paper));
    for (int y = 120; y < 1320; y += 60) {
        cv::putText(sheet, "Laporan kegiatan pembinaan pegawai tahun ini", {80, y}, cv::FONT_HERSHEY_COMPLEX, 1.05,
                    cv::Scalar::all(40), 2, cv::LINE_AA);
    }
    cv::Mat table(2000, 2000, CV_8UC3, cv::Scalar(120, 160, 190));
    cv::Mat turn = cv::getRotationMatrix2D({500, 700}, 30, 1);
    turn.at<double>(0, 2) += 500;
    turn.at<double>(1, 2) += 300;
    cv::warpAffine(sheet, table, turn, table.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
    CHECK(scanner().scan_bytes(test::encoded(table, ".jpg")).verdict == Verdict::block);
}

TEST_CASE("a small pale stamp on a full page is found") {
    cv::Mat page(2700, 3600, CV_8UC3, cv::Scalar(228, 233, 236));
    for (int y = 180; y < 2580; y += 90) {
        cv::putText(page, "laporan kegiatan pembinaan pegawai untuk tahun anggaran berjalan dan yang akan datang",
                    {120, y}, cv::FONT_HERSHEY_COMPLEX, 2.25, cv::Scalar::all(30), 3, cv::LINE_AA);
    }
    stamp(page, "SANGAT RAHASIA", {1370, 1350}, 2.7, cv::Scalar(150, 140, 215), 4, 14, {1800, 1350});
    cv::resize(page, page, {1200, 900}, 0, 0, cv::INTER_AREA);
    CHECK(scanner().scan_bytes(test::encoded(page, ".jpg")).verdict == Verdict::block);
}

TEST_CASE("a small stamp of which small print leaves only spots holds the photo") {
    cv::Mat page(1500, 2025, CV_8UC3, cv::Scalar(170, 215, 235));
    for (int y = 120; y < 1440; y += 44) {
        for (const int x : {90, 1040}) {
            cv::putText(page, "laporan kegiatan pembinaan pegawai untuk tahun", {x, y}, cv::FONT_HERSHEY_COMPLEX, 1.05,
                        cv::Scalar::all(40), 2, cv::LINE_AA);
        }
    }
    cv::Mat marked = page.clone();
    stamp(marked, "TIDAK UNTUK DISEBARLUASKAN", {700, 750}, 1, cv::Scalar(150, 140, 215), 4, -17, {1000, 750});
    const auto verdict_of = [](const cv::Mat& sheet) {
        cv::Mat small;
        cv::resize(sheet, small, {675, 500}, 0, 0, cv::INTER_AREA);
        return scanner().scan_bytes(test::encoded(small, ".jpg")).verdict;
    };
    CHECK(verdict_of(page) == Verdict::safe);
    CHECK(verdict_of(marked) == Verdict::review);
}

TEST_CASE("a watermark whose letters small print hides holds the photo as something along a diagonal") {
    cv::Mat page(1350, 1500, CV_8UC3, cv::Scalar(170, 215, 235));
    for (int y = 90; y < 1290; y += 44) {
        cv::putText(page, "laporan kegiatan pembinaan pegawai untuk tahun anggaran berjalan, juga", {60, y},
                    cv::FONT_HERSHEY_COMPLEX, 1.05, cv::Scalar::all(40), 2, cv::LINE_AA);
    }
    cv::Mat letters(page.size(), CV_8UC1, cv::Scalar(0));
    int below = 0;
    const cv::Size size = cv::getTextSize("TIDAK UNTUK DISEBARLUASKAN", cv::FONT_HERSHEY_DUPLEX, 2, 8, &below);
    cv::putText(letters, "TIDAK UNTUK DISEBARLUASKAN", {750 - size.width / 2, 675 + size.height / 2},
                cv::FONT_HERSHEY_DUPLEX, 2, cv::Scalar(255), 8, cv::LINE_AA);
    cv::warpAffine(letters.clone(), letters, cv::getRotationMatrix2D({750, 675}, 42, 1), letters.size());
    constexpr int half = 128;
    const cv::Mat pale = page * 0.45 + cv::Scalar::all(0.55 * 150);
    pale.copyTo(page, letters > half);
    cv::resize(page, page, {500, 450}, 0, 0, cv::INTER_AREA);
    const ScanResult result = scanner().scan_bytes(test::encoded(page, ".jpg"));
    CHECK(result.verdict == Verdict::review);
    const std::vector<UnreadRegion>& unread = result.pages.at(0).unread;
    CHECK(std::any_of(unread.begin(), unread.end(), [](const UnreadRegion& region) {
        return std::abs(angle(region.quad) + 42) < 4 && contains(region.quad, {250, 225});
    }));
}

TEST_CASE("large letters among dense small print are found, which at their own size runs together around them") {
    cv::Mat page = dense_print();
    cv::putText(page, "RAHASIA", {600, 1010}, cv::FONT_HERSHEY_DUPLEX, 4, cv::Scalar::all(25), 17, cv::LINE_AA);
    CHECK(scanner().scan_bytes(test::encoded(page, ".jpg")).verdict == Verdict::block);
}

TEST_CASE("bold letters that hide lines of print are found, though the print around them is read") {
    cv::Mat page = dense_print();
    cv::putText(page, "RAPAT TERTUTUP", {600, 1022}, cv::FONT_HERSHEY_DUPLEX, 1.9, cv::Scalar::all(25), 9, cv::LINE_AA);
    cv::resize(page, page, {750, 1000}, 0, 0, cv::INTER_AREA);
    CHECK(scanner().scan_bytes(test::encoded(page, ".png")).verdict == Verdict::block);
}

TEST_CASE("an empty board is told as a surface, and a scene without writing is safe") {
    cv::Mat board(900, 1200, CV_8UC3, cv::Scalar(90, 110, 120));
    const cv::Rect place(150, 120, 900, 600);
    cv::rectangle(board, place, cv::Scalar::all(235), cv::FILLED);
    cv::rectangle(board, place, cv::Scalar::all(60), 14);
    const ScanResult result = scanner().scan_bytes(test::encoded(board, ".jpg"));
    CHECK(result.verdict == Verdict::safe);
    REQUIRE_FALSE(result.pages.at(0).surfaces.empty());
    const Quad frame = quad_of({150, 120, 1050, 720});
    CHECK(jaccard(result.pages[0].surfaces[0].quad, frame) > 0.9);
}

TEST_CASE("pixels in memory are scanned like a file of them, grey ones too") {
    const cv::Mat page = page_with("SANGAT RAHASIA");
    const ImageView view{page.data, page.cols, page.rows, static_cast<std::ptrdiff_t>(page.step), PixelFormat::bgr8};
    CHECK(scanner().scan_image(view).verdict == Verdict::block);
    cv::Mat grey;
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    const cv::Mat part = grey(cv::Rect(10, 10, 880, 480)); // rows are longer than the view
    CHECK(scanner()
              .scan_image({part.data, part.cols, part.rows, static_cast<std::ptrdiff_t>(part.step), PixelFormat::gray8})
              .verdict == Verdict::block);
    CHECK(test::code_of([] { (void)scanner().scan_image({}); }) == ErrorCode::empty_file);
}

TEST_CASE("a page that cannot be read among others is told on its page, and the file is not safe") {
    const ScanResult result = scanner().scan_bytes(half_broken_tiff(page_with("Pengumuman libur")));
    REQUIRE(result.pages.size() == 2);
    CHECK_FALSE(result.pages[0].error);
    REQUIRE(result.pages[1].error);
    CHECK(result.pages[1].error->page() == 1);
    CHECK(result.verdict == Verdict::review);
    CHECK_FALSE(result.reasons.empty());
}

TEST_CASE("a document with more pages than the limit is refused as a whole") {
    std::vector<cv::Mat> pages(4, test::quarters());
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "many.tif").string();
    cv::imwritemulti(file, pages);
    Limits limits;
    limits.pages = 3;
    Scanner& one = scanner();
    one.set_limits(limits);
    CHECK(test::code_of([&] { (void)one.scan(file); }) == ErrorCode::too_many_pages);
    one.set_limits({});
    CHECK(one.scan(file).pages.size() == 4);
}

TEST_CASE("when the time for a page runs out, what was located is unread and the verdict is review") {
    Limits limits;
    limits.page_time = std::chrono::milliseconds(1);
    scanner().set_limits(limits);
    const ScanResult result = scanner().scan_bytes(test::encoded(page_with("Pengumuman libur"), ".png"));
    scanner().set_limits({});
    CHECK(result.verdict == Verdict::review);
    REQUIRE_FALSE(result.pages[0].unread.empty());
    CHECK(result.pages[0].unread[0].reason == UnreadReason::time_limit);
}

TEST_CASE("fast stops at the first page that blocks and says that the result is not complete") {
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "two.tif").string();
    cv::imwritemulti(file, std::vector<cv::Mat>{page_with("SANGAT RAHASIA"), page_with("SANGAT RAHASIA")});
    scanner().set_fast(true);
    const ScanResult fast = scanner().scan(file);
    scanner().set_fast(false);
    CHECK(fast.pages.size() == 1);
    CHECK_FALSE(fast.complete);
    CHECK(fast.verdict == Verdict::block);
    CHECK(scanner().scan(file).pages.size() == 2);
}

TEST_CASE("a scanner without its languages, models or rules does not start") {
    ScanOptions options;
    options.models = "/nonexistent";
    CHECK(test::code_of([&] { Scanner none(options); }) == ErrorCode::missing_model);
    options.models = test::models();
    options.ocr_languages = {"klingon"};
    CHECK(test::code_of([&] { Scanner none(options); }) == ErrorCode::missing_language);
    options.ocr_languages = {"eng"};
    options.rules = {"/nonexistent"};
    CHECK(test::code_of([&] { Scanner none(options); }) == ErrorCode::bad_rules);
}

TEST_CASE("a network that is not the one listed is not used") {
    const test::TemporaryFolder folder;
    std::filesystem::copy(test::models(), folder.path() / "models", std::filesystem::copy_options::recursive);
    ScanOptions options;
    options.models = folder.path() / "models";
    options.engine = "replay";
    CHECK_NOTHROW(Scanner(options));
    std::filesystem::resize_file(folder.path() / "models" / "text-locator.onnx", 100'000);
    CHECK(test::code_of([&] { Scanner none(options); }) == ErrorCode::missing_model);
}

TEST_CASE("scanners in several threads do not disturb one another") {
    std::vector<ScanResult> results(2);
    const auto bytes = test::encoded(page_with("SANGAT RAHASIA"), ".png");
    std::vector<std::thread> threads;
    for (ScanResult& result : results) {
        threads.emplace_back([&] {
            ScanOptions options;
            options.models = test::models();
            result = Scanner(options).scan_bytes(bytes);
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const ScanResult& result : results) {
        CHECK(result.verdict == Verdict::block);
    }
}

TEST_CASE("what was read is judged again by other rules, with the same fingerprints") {
    const auto bytes = test::encoded(page_with("SANGAT RAHASIA"), ".png");
    ScanOptions options;
    options.models = test::models();
    Scanner scanner(options);
    const ScanResult read = scanner.scan_bytes(bytes, "a.png");
    const ScanResult kept = output::reading_from(output::reading_of(read));
    const ScanResult again = scanner.judge_again(kept);
    REQUIRE(again.findings.size() == read.findings.size());
    CHECK(again.verdict == read.verdict);
    CHECK(again.findings.at(0).fingerprint == read.findings.at(0).fingerprint);
    CHECK(again.sha256 == read.sha256);

    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "own.toml") << "name = \"own\"\ndisable = [\"" << read.findings.at(0).rule << "\"]\n";
    options.rules = {folder.path()};
    for (const Finding& finding : Scanner(options).judge_again(kept).findings) {
        CHECK(finding.rule != read.findings.at(0).rule);
    }
}
