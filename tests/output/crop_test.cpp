#include "output/crop.hpp"
#include "support.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::output;

namespace {

const cv::Size page_size(1600, 1200);
const Quad place = quad_of({600, 500, 1000, 560});

// A white page with a black bar where the finding is, as a file.
std::vector<std::byte> page(const cv::Scalar& bar = {0, 0, 0}) {
    cv::Mat mat(page_size, CV_8UC3, cv::Scalar(255, 255, 255));
    cv::rectangle(mat, {600, 500}, {1000, 560}, bar, cv::FILLED);
    return test::encoded(mat, ".png");
}

Crop cropped(const std::vector<std::byte>& file, const CropPlan& plan) {
    return crop(*image::open_document(file, Limits{}), plan);
}

cv::Mat decoded(const Crop& made) { return cv::imdecode(made.jpeg, cv::IMREAD_COLOR); }

// How many pixels are nearer to the colour than 60 in every channel.
int pixels_like(const cv::Mat& picture, const cv::Vec3b& colour) {
    int out = 0;
    for (const cv::Vec3b& pixel : cv::Mat_<cv::Vec3b>(picture)) {
        out += std::abs(pixel[0] - colour[0]) < 60 && std::abs(pixel[1] - colour[1]) < 60 &&
                       std::abs(pixel[2] - colour[2]) < 60
                   ? 1
                   : 0;
    }
    return out;
}

} // namespace

TEST_CASE("a crop shows the finding outlined in its surroundings, small in pixels and bytes") {
    const Crop made = cropped(page(), {0, {place}, {}});
    CHECK(made.width == most_crop_width);
    CHECK(made.height == most_crop_height);
    CHECK(made.jpeg.size() <= most_crop_bytes);
    const cv::Mat picture = decoded(made);
    CHECK(picture.size() == cv::Size(made.width, made.height));
    CHECK(pixels_like(picture, {255, 255, 255}) > made.width * made.height / 3); // what stands around it
    CHECK(pixels_like(picture, {0, 0, 0}) > 1000);
    CHECK(pixels_like(picture, {40, 40, 230}) > 200);
}

TEST_CASE("nothing of what is covered is seen, neither its colour nor its edge") {
    const auto file = page({0, 255, 0});
    CHECK(pixels_like(decoded(cropped(file, {0, {place}, {}})), {0, 255, 0}) > 1000);
    CHECK(pixels_like(decoded(cropped(file, {0, {place}, {place}})), {0, 255, 0}) == 0);
    const Quad tight = quad_of({603, 503, 997, 557}); // read a little too small
    CHECK(pixels_like(decoded(cropped(file, {0, {place}, {tight}})), {0, 255, 0}) == 0);
    const Quad beside = quad_of({700, 620, 800, 660}); // another one's secret within the same crop
    CHECK(pixels_like(decoded(cropped(page(), {0, {place}, {beside}})), {70, 70, 70}) > 100);
}

TEST_CASE("words that lie sideways or upside down stand upright in the crop") {
    Quad down = place;
    std::rotate(down.corners.begin(), down.corners.begin() + 2, down.corners.end());
    cv::Mat mat(page_size, CV_8UC3, cv::Scalar(255, 255, 255));
    cv::rectangle(mat, {600, 400}, {1000, 500}, {255, 0, 0}, cv::FILLED); // above on the page, below the words
    const cv::Mat turned = decoded(cropped(test::encoded(mat, ".png"), {0, {down}, {}}));
    CHECK(pixels_like(turned.rowRange(0, turned.rows / 2 - 30), {255, 0, 0}) == 0);
    CHECK(pixels_like(turned.rowRange(turned.rows / 2 + 30, turned.rows), {255, 0, 0}) > 500);
    const Quad reads_down{{{{800, 300}, {800, 700}, {740, 700}, {740, 300}}}};
    const Crop upright = cropped(page(), {0, {reads_down}, {}});
    CHECK(upright.width == most_crop_width);
    CHECK(upright.height == most_crop_height);
}

TEST_CASE("noise is cropped small too, and a place at the corner of a small page fits") {
    cv::Mat noise(1200, 1600, CV_8UC3);
    cv::randu(noise, 0, 255);
    CHECK(cropped(test::encoded(noise, ".png"), {0, {place}, {}}).jpeg.size() <= most_crop_bytes);
    const auto small = test::encoded(test::quarters(), ".png");
    const Crop corner = cropped(small, {0, {quad_of({50, 30, 60, 40})}, {}});
    CHECK(corner.width == 60);
    CHECK(corner.height <= 40);
    const Quad far_off = quad_of({-9e5F, -9e5F, 9e5F, 9e5F});
    CHECK(pixels_like(decoded(cropped(small, {0, {far_off}, {far_off}})), {70, 70, 70}) > 0);
    CHECK(cropped(small, {0, {quad_of({9e5F, 9e5F, 9e5F, 9e5F})}, {}}).width <= 60);
    CHECK(cropped(small, {0, {quad_of({-500, -500, 900, 900})}, {}}).width <= 60);
}

TEST_CASE("a crop of no place, of no page or of numbers that are none is an error") {
    const auto file = page();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (const CropPlan& plan :
         {CropPlan{0, {}, {}}, CropPlan{1, {place}, {}}, CropPlan{-1, {place}, {}},
          CropPlan{0, {quad_of({nan, 0, 1, 1})}, {}}, CropPlan{0, {place}, {quad_of({0, 0, 1e30F, 1})}}}) {
        CHECK(test::code_of([&] { cropped(file, plan); }) == ErrorCode::bad_option);
    }
}
