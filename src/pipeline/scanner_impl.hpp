// What stands behind Scanner: the tools, made once, and what is done with a page after it was read. Converter works
// with the same tools.
#pragma once

#include "image/load.hpp"
#include "match/matcher.hpp"
#include "pipeline/page_scan.hpp"
#include "saring/scan.hpp"
#include "text/line_recogniser.hpp"
#include "text/locate.hpp"
#include "text/ocr_engine.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring {

class Scanner::Impl {
public:
    explicit Impl(ScanOptions options);

    ScanResult scan(image::Bytes bytes, std::string_view path, const ProgressCallback& progress);
    ScanResult scan_picture(ImageView picture, std::string_view name);
    ScanResult scan_text(std::string_view text, std::string_view name);
    void prepare();
    ScanResult judge_again(const ScanResult& earlier) const;

    // The steps of a scan, for those who gather pages themselves.
    [[nodiscard]] ScanResult started(std::string_view path, std::string hash, std::string media_type) const;
    void match_page(Page& page, ScanResult& result) const;
    void finish(ScanResult& result) const;
    [[nodiscard]] pipeline::Tools tools() { return {*engine_, locator_, mark_locator_, recogniser_, terms_}; }

    ScanOptions options_;
    match::Matcher matcher_;
    std::vector<std::string> terms_;
    text::TextLocator locator_;
    text::TextLocator mark_locator_;
    text::LineRecogniser recogniser_;
    std::unique_ptr<text::OcrEngine> engine_;
    Provenance provenance_;

private:
    void read_pages(image::Document& document, ScanResult& result, const ProgressCallback& progress);
    Page read(image::Document& document, int index, ScanResult& result);
    void add_findings(const std::vector<Line>& lines, std::optional<int> page, bool shown, std::vector<Finding>& found,
                      ScanResult& result) const;
    void add_metadata_findings(ScanResult& result) const;
};

} // namespace saring
