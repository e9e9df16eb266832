// Stand-ins until the PDF writer and the layers are here. This file goes when they come.
#include "image/page_layers.hpp"
#include "output/document_writer.hpp"
#include "saring/error.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace saring::image {

cv::Mat compose(const Layers& layers) {
    cv::Mat page(layers.height, layers.width, CV_8UC3, cv::Scalar::all(255));
    if (!layers.background_jpeg.empty()) {
        cv::resize(cv::imdecode(layers.background_jpeg, cv::IMREAD_COLOR), page, page.size());
    }
    return page;
}

} // namespace saring::image

namespace saring::output {
namespace {

[[noreturn]] void missing() { throw Error(ErrorCode::internal, "write", "not built"); }

} // namespace

FileBytes write_pdf(const text::Document&, const std::optional<Protection>&) { missing(); }
void verify_pdf(const FileBytes&, const text::Document&, const std::optional<Protection>&) { missing(); }

} // namespace saring::output
