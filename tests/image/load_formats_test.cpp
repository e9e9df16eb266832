#include "support.hpp"

#include <gif_lib.h>
#include <libheif/heif.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <tiffio.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <cstring>

using namespace saring;
using namespace saring::image;
using test::colour_at;
using test::quarters;

namespace {

std::unique_ptr<Document> opened(const std::vector<std::byte>& bytes) { return open_document(bytes, {}); }

void check_quarters(const cv::Mat& mat) {
    CHECK(colour_at(mat, 0.2, 0.2) == "red");
    CHECK(colour_at(mat, 0.8, 0.2) == "green");
    CHECK(colour_at(mat, 0.2, 0.8) == "blue");
    CHECK(colour_at(mat, 0.8, 0.8) == "white");
}

std::vector<std::byte> heif(const cv::Mat& bgr, heif_compression_format format) {
    heif_context* context = heif_context_alloc();
    heif_encoder* encoder = nullptr;
    REQUIRE(heif_context_get_encoder_for_format(context, format, &encoder).code == heif_error_Ok);
    heif_image* picture = nullptr;
    heif_image_create(bgr.cols, bgr.rows, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &picture);
    heif_image_add_plane(picture, heif_channel_interleaved, bgr.cols, bgr.rows, 8);
    int row_bytes = 0;
    auto* plane = heif_image_get_plane(picture, heif_channel_interleaved, &row_bytes);
    cv::Mat rgb(bgr.rows, bgr.cols, CV_8UC3, plane, static_cast<std::size_t>(row_bytes));
    cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
    heif_encoder_set_lossy_quality(encoder, 90);
    heif_image_handle* handle = nullptr;
    REQUIRE(heif_context_encode_image(context, picture, encoder, nullptr, &handle).code == heif_error_Ok);
    heif_context_set_primary_image(context, handle);
    std::vector<std::byte> out;
    heif_writer writer{1, [](heif_context*, const void* data, size_t size, void* user) {
                           const auto* from = static_cast<const std::byte*>(data);
                           static_cast<std::vector<std::byte>*>(user)->assign(from, from + size);
                           return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
                       }};
    heif_context_write(context, &writer, &out);
    heif_image_handle_release(handle);
    heif_image_release(picture);
    heif_encoder_release(encoder);
    heif_context_free(context);
    return out;
}

std::vector<std::byte> tiff_of(const std::vector<cv::Mat>& pages, std::uint16_t orientation) {
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "pages.tif").string();
    TIFF* out = TIFFOpen(file.c_str(), "w");
    for (const cv::Mat& page : pages) {
        cv::Mat rgb;
        cv::cvtColor(page, rgb, cv::COLOR_BGR2RGB);
        TIFFSetField(out, TIFFTAG_IMAGEWIDTH, rgb.cols);
        TIFFSetField(out, TIFFTAG_IMAGELENGTH, rgb.rows);
        TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, 3);
        TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
        TIFFSetField(out, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
        TIFFSetField(out, TIFFTAG_ORIENTATION, orientation);
        for (int y = 0; y < rgb.rows; ++y) {
            TIFFWriteScanline(out, rgb.ptr(y), static_cast<std::uint32_t>(y), 0);
        }
        TIFFWriteDirectory(out);
    }
    TIFFClose(out);
    return test::file_bytes(file);
}

// A GIF whose second frame covers the left half only.
std::vector<std::byte> animated_gif() {
    std::vector<std::byte> out;
    int error = 0;
    GifFileType* gif = EGifOpen(
        &out,
        [](GifFileType* file, const GifByteType* data, int count) {
            auto& bytes = *static_cast<std::vector<std::byte>*>(file->UserData);
            const auto* from = reinterpret_cast<const std::byte*>(data);
            bytes.insert(bytes.end(), from, from + count);
            return count;
        },
        &error);
    const GifColorType colours[] = {{0, 0, 0}, {255, 0, 0}, {0, 0, 255}, {255, 255, 255}};
    ColorMapObject* map = GifMakeMapObject(4, colours);
    EGifPutScreenDesc(gif, 20, 10, 2, 0, map);
    const auto frame = [&](int left, int width, GifPixelType colour) {
        EGifPutImageDesc(gif, left, 0, width, 10, false, nullptr);
        std::vector<GifPixelType> row(static_cast<std::size_t>(width), colour);
        for (int y = 0; y < 10; ++y) {
            EGifPutLine(gif, row.data(), width);
        }
    };
    frame(0, 20, 1);
    frame(0, 10, 2);
    EGifCloseFile(gif, &error);
    GifFreeMapObject(map);
    return out;
}

std::vector<std::byte> animated_webp() {
    WebPAnimEncoderOptions options;
    WebPAnimEncoderOptionsInit(&options);
    WebPAnimEncoder* encoder = WebPAnimEncoderNew(60, 40, &options);
    WebPConfig config;
    WebPConfigInit(&config);
    config.lossless = 1;
    for (int i = 0; i < 2; ++i) {
        WebPPicture picture;
        WebPPictureInit(&picture);
        picture.use_argb = 1;
        picture.width = 60;
        picture.height = 40;
        cv::Mat mat = quarters();
        if (i == 1) {
            mat.setTo(cv::Scalar(0, 0, 255));
        }
        WebPPictureImportBGR(&picture, mat.data, static_cast<int>(mat.step));
        WebPAnimEncoderAdd(encoder, &picture, i * 100, &config);
        WebPPictureFree(&picture);
    }
    WebPAnimEncoderAdd(encoder, nullptr, 200, nullptr);
    WebPData data;
    WebPDataInit(&data);
    WebPAnimEncoderAssemble(encoder, &data);
    const auto* from = reinterpret_cast<const std::byte*>(data.bytes);
    std::vector<std::byte> out(from, from + data.size);
    WebPDataClear(&data);
    WebPAnimEncoderDelete(encoder);
    return out;
}

// A PDF of one page with the given content stream and page entries.
std::vector<std::byte> pdf(const std::string& content, const std::string& page_entries) {
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R " + page_entries + " /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    };
    std::string out = "%PDF-1.4\n";
    std::string table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char entry[32];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
        table += entry;
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t at = out.size();
    out += "xref\n0 6\n0000000000 65535 f \n" + table + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" +
           std::to_string(at) + "\n%%EOF\n";
    return test::bytes_of(out);
}

// quarters() as BMP with these bits a pixel: 8 with a palette, 16 as 5:5:5, 32 with a fourth byte that means nothing.
std::vector<std::byte> bmp(int bits) {
    const cv::Mat picture = quarters();
    std::string out = "BM";
    const auto number = [&](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            out += static_cast<char>(value >> (8 * i) & 0xFF);
        }
    };
    constexpr int colours = 256;
    const std::uint32_t pixels_at = 54 + (bits == 8 ? 4 * colours : 0);
    for (const std::uint32_t field : {0U, 0U, pixels_at, 40U}) { // a file size of 0, as some programs write
        number(field, 4);
    }
    number(static_cast<std::uint32_t>(picture.cols), 4);
    number(static_cast<std::uint32_t>(picture.rows), 4);
    number(1, 2);
    number(static_cast<std::uint32_t>(bits), 2);
    for (int field = 0; field < 6; ++field) {
        number(0, 4);
    }
    for (int i = 0; bits == 8 && i < colours; ++i) { // blue, green and red by the lowest bits
        number(((i & 1) != 0 ? 0xFFU : 0U) | ((i & 2) != 0 ? 0xFF00U : 0U) | ((i & 4) != 0 ? 0xFF0000U : 0U), 4);
    }
    for (int y = picture.rows - 1; y >= 0; --y) {
        for (int x = 0; x < picture.cols; ++x) {
            const auto p = picture.at<cv::Vec3b>(y, x);
            if (bits == 8) {
                number((p[0] & 1U) | (p[1] & 2U) | (p[2] & 4U), 1);
            } else if (bits == 16) {
                number((p[0] >> 3U) | (p[1] >> 3U << 5U) | (p[2] >> 3U << 10U), 2);
            } else {
                number(p[0] | (p[1] << 8U) | (p[2] << 16U) | 0x7F000000U, 4);
            }
        }
    }
    return test::bytes_of(out);
}

} // namespace

TEST_CASE("the content decides the type of a file, not its name") {
    CHECK(sniff(test::encoded(quarters(), ".jpg")) == "image/jpeg");
    CHECK(sniff(test::encoded(quarters(), ".png")) == "image/png");
    CHECK(sniff(test::encoded(quarters(), ".webp")) == "image/webp");
    CHECK(sniff(test::encoded(quarters(), ".tiff")) == "image/tiff");
    CHECK(sniff(test::encoded(quarters(), ".bmp")) == "image/bmp");
    CHECK(sniff(animated_gif()) == "image/gif");
    CHECK(sniff(heif(quarters(), heif_compression_HEVC)) == "image/heic");
    CHECK(sniff(heif(quarters(), heif_compression_AV1)) == "image/avif");
    CHECK(sniff(pdf("", "/MediaBox [0 0 72 72]")) == "application/pdf");
    CHECK(sniff(test::bytes_of("junk before\n%PDF-1.7")) == "application/pdf");
    CHECK(sniff(test::bytes_of("hello")).empty());
    CHECK(sniff({}).empty());
}

TEST_CASE("JPEG, PNG, WebP, TIFF, BMP, HEIC and AVIF show the same picture") {
    const std::string extension = GENERATE(".jpg", ".png", ".webp", ".tiff", ".bmp", "heic", "avif");
    CAPTURE(extension);
    const auto bytes = extension == "heic"   ? heif(quarters(), heif_compression_HEVC)
                       : extension == "avif" ? heif(quarters(), heif_compression_AV1)
                                             : test::encoded(quarters(), extension);
    const auto document = opened(bytes);
    CHECK(document->page_count() == 1);
    CHECK(document->page_size(0) == cv::Size(60, 40));
    const Pixels pixels = document->load(0);
    CHECK(pixels.scale == 1);
    CHECK(pixels.mat.type() == CV_8UC3);
    check_quarters(pixels.mat);
}

TEST_CASE("BMP of every depth shows the same picture") {
    const int bits = GENERATE(8, 16, 32);
    CAPTURE(bits);
    const cv::Mat mat = opened(bmp(bits))->load(0).mat;
    check_quarters(mat);
    CHECK(cv::norm(mat, quarters(), cv::NORM_INF) <= (bits == 16 ? 7 : 0));
}

TEST_CASE("all eight EXIF turns set a JPEG upright") {
    // What the camera stored so that the turn `orientation` gives quarters() back.
    const int orientation = GENERATE(range(1, 9));
    CAPTURE(orientation);
    cv::Mat stored = quarters();
    switch (orientation) {
    case 2: cv::flip(stored, stored, 1); break;
    case 3: cv::rotate(stored, stored, cv::ROTATE_180); break;
    case 4: cv::flip(stored, stored, 0); break;
    case 5: cv::transpose(stored, stored); break;
    case 6: cv::rotate(stored, stored, cv::ROTATE_90_COUNTERCLOCKWISE); break;
    case 7:
        cv::rotate(stored, stored, cv::ROTATE_180);
        cv::transpose(stored, stored);
        break;
    case 8: cv::rotate(stored, stored, cv::ROTATE_90_CLOCKWISE); break;
    default: break;
    }
    const auto bytes = test::jpeg_with_orientation(stored, orientation);
    const auto document = opened(bytes);
    CHECK(document->page_size(0) == cv::Size(60, 40));
    check_quarters(document->load(0).mat);
}

TEST_CASE("a large JPEG is decoded smaller where fewer pixels are enough, and says by how much") {
    cv::Mat large;
    cv::resize(quarters(), large, {1600, 1000}, 0, 0, cv::INTER_NEAREST);
    const auto bytes = test::encoded(large, ".jpg");
    const auto document = opened(bytes);
    const Pixels pixels = document->load(0, 390);
    CHECK(pixels.mat.cols == 400);
    CHECK(pixels.scale == Approx(0.25));
    CHECK(document->page_size(0) == cv::Size(1600, 1000));
    check_quarters(pixels.mat);
    CHECK(document->load(0, 1000).mat.cols == 1600);
}

TEST_CASE("a grey and a 16-bit PNG become colour pictures of 8 bits") {
    cv::Mat grey;
    cv::cvtColor(quarters(), grey, cv::COLOR_BGR2GRAY);
    CHECK(opened(test::encoded(grey, ".png"))->load(0).mat.type() == CV_8UC3);
    cv::Mat deep;
    quarters().convertTo(deep, CV_16UC3, 257);
    check_quarters(opened(test::encoded(deep, ".png"))->load(0).mat);
}

TEST_CASE("transparent pictures are laid on the ground that their strokes stand out from") {
    const auto strokes = [](int level) {
        cv::Mat mat(40, 60, CV_8UC4, cv::Scalar(0, 0, 0, 0));
        mat(cv::Rect(10, 10, 30, 5)).setTo(cv::Scalar(level, level, level, 255));
        return opened(test::encoded(mat, ".png"))->load(0).mat;
    };
    const cv::Mat dark = strokes(10);
    CHECK(colour_at(dark, 0.02, 0.02) == "white");
    CHECK(colour_at(dark, 0.4, 0.3) == "black");
    const cv::Mat light = strokes(250);
    CHECK(colour_at(light, 0.02, 0.02) == "black");
    CHECK(colour_at(light, 0.4, 0.3) == "white");
}

TEST_CASE("a TIFF gives all its pages, each turned by its own tag") {
    cv::Mat red = quarters();
    red.setTo(cv::Scalar(0, 0, 255));
    const auto bytes = tiff_of({quarters(), red, quarters()}, ORIENTATION_TOPLEFT);
    const auto document = opened(bytes);
    REQUIRE(document->page_count() == 3);
    check_quarters(document->load(2).mat);
    CHECK(colour_at(document->load(1).mat, 0.8, 0.8) == "red");
    check_quarters(document->load(0).mat);

    cv::Mat stored;
    cv::rotate(quarters(), stored, cv::ROTATE_90_COUNTERCLOCKWISE);
    const auto turned_bytes = tiff_of({stored}, ORIENTATION_RIGHTTOP);
    const auto turned_document = opened(turned_bytes);
    CHECK(turned_document->page_size(0) == cv::Size(60, 40));
    check_quarters(turned_document->load(0).mat);
}

TEST_CASE("every frame of an animated GIF or WebP is a page") {
    const auto gif_bytes = animated_gif();
    const auto gif = opened(gif_bytes);
    REQUIRE(gif->page_count() == 2);
    const cv::Mat second = gif->load(1).mat;
    CHECK(colour_at(second, 0.2, 0.5) == "blue");
    CHECK(colour_at(second, 0.8, 0.5) == "red"); // the first frame shows where the second is silent
    CHECK(colour_at(gif->load(0).mat, 0.2, 0.5) == "red");

    const auto webp_bytes = animated_webp();
    const auto webp = opened(webp_bytes);
    REQUIRE(webp->page_count() == 2);
    CHECK(colour_at(webp->load(1).mat, 0.8, 0.8) == "red");
    check_quarters(webp->load(0).mat);
}

TEST_CASE("an animated PNG says that its later frames were not rendered") {
    std::vector<std::byte> bytes = test::encoded(quarters(), ".png");
    CHECK(opened(bytes)->not_rendered(0).empty());
    // An acTL chunk (frames, plays) behind the header chunk; 33 bytes are signature and IHDR.
    const std::string chunk("\0\0\0\x08"
                            "acTL"
                            "\0\0\0\x02"
                            "\0\0\0\0"
                            "\xF3\x8D\x93\x70",
                            20);
    const auto insert = test::bytes_of(chunk);
    bytes.insert(bytes.begin() + 33, insert.begin(), insert.end());
    const auto document = opened(bytes);
    REQUIRE(document->not_rendered(0).size() == 1);
    CHECK(document->not_rendered(0)[0].reason == UnreadReason::not_rendered);
}

TEST_CASE("a PDF page is rendered at 200 dpi and its words stand where they are drawn") {
    const auto bytes = pdf("BT /F 24 Tf 36 100 Td (RAHASIA) Tj ET", "/MediaBox [0 0 288 144]");
    const auto document = opened(bytes);
    CHECK(document->page_size(0) == cv::Size(800, 400));
    const cv::Mat page = document->load(0).mat;
    CHECK(page.size() == cv::Size(800, 400));
    const std::vector<Line> lines = document->text_layer(0);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].text == "RAHASIA");
    const Box box = bounding_box(lines[0].words[0].quad);
    CHECK(box.left == Approx(100).margin(3));
    // The ink of the rendering lies within the word's box, and nowhere else.
    cv::Mat grey;
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    const cv::Rect ink = cv::boundingRect(grey < 128);
    CHECK(static_cast<float>(ink.x) >= box.left - 3);
    CHECK(static_cast<float>(ink.br().x) <= box.right + 3);
    CHECK(static_cast<float>(ink.y) >= box.top - 3);
    CHECK(static_cast<float>(ink.br().y) <= box.bottom + 3);
}

TEST_CASE("a turned PDF page counts pixels after the turn, for the picture and for the words") {
    const auto bytes = pdf("BT /F 24 Tf 36 100 Td (RAHASIA) Tj ET", "/MediaBox [0 0 288 144] /Rotate 90");
    const auto document = opened(bytes);
    CHECK(document->page_size(0) == cv::Size(400, 800));
    const cv::Mat page = document->load(0).mat;
    CHECK(page.size() == cv::Size(400, 800));
    cv::Mat grey;
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    const cv::Rect ink = cv::boundingRect(grey < 128);
    const std::vector<Line> lines = document->text_layer(0);
    REQUIRE_FALSE(lines.empty());
    const Box box = bounding_box(lines[0].words[0].quad);
    CHECK(box.left <= static_cast<float>(ink.x) + 3);
    CHECK(box.right >= static_cast<float>(ink.br().x) - 3);
    CHECK(box.top <= static_cast<float>(ink.y) + 3);
    CHECK(box.bottom >= static_cast<float>(ink.br().y) - 3);
}

TEST_CASE("a PDF page too large for the pixel limit is rendered smaller, its size still counted at 200 dpi") {
    const auto bytes = pdf("", "/MediaBox [0 0 720 720]");
    Limits limits;
    limits.pixels = 1'000'000;
    const auto document = open_document(bytes, limits);
    CHECK(document->page_size(0) == cv::Size(2000, 2000));
    const Pixels pixels = document->load(0);
    CHECK(pixels.mat.total() <= 1'010'000);
    CHECK(pixels.scale == Approx(0.5).margin(0.01));
}
