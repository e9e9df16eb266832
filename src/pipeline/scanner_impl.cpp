#include "pipeline/scanner_impl.hpp"

#include "image/load_common.hpp"
#include "image/metadata.hpp"
#include "match/plain_text.hpp"
#include "match/verdict.hpp"
#include "pipeline/guarded.hpp"
#include "pipeline/models.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <chrono>

namespace saring {
namespace {

// An agency's own people may see more doubt before something is blocked; a strict look doubts less.
match::Thresholds thresholds_of(Profile profile) {
    constexpr float step = 0.15F;
    switch (profile) {
    case Profile::everybody: return {};
    case Profile::agency: return {0, step};
    case Profile::strict: return {-step, -step};
    }
    return {};
}

std::vector<std::string> terms_of(const match::RuleSet& set) {
    std::vector<std::string> out;
    for (const match::Rule& rule : set.rules) {
        for (const match::Phrase& term : rule.terms) {
            if (rule.spot) {
                out.push_back(term.text);
            }
        }
    }
    return out;
}

Explanation explanation_of(const match::Considered& considered, std::optional<int> page) {
    const match::Match& match = considered.match;
    return {match.rule->id,
            match.rule->category,
            match.text,
            page,
            std::string(match::name_of(considered.outcome)),
            considered.detail,
            match.steps,
            match.severity,
            match.confidence,
            match.blocks};
}

} // namespace

Scanner::Impl::Impl(ScanOptions options)
    : options_((image::silence_libraries(), std::move(options))),
      matcher_(pipeline::load_rules(options_), thresholds_of(options_.profile)), terms_(terms_of(matcher_.rules())),
      locator_(pipeline::model(options_, pipeline::text_locator)),
      mark_locator_(pipeline::model(options_, pipeline::mark_locator)),
      recogniser_(pipeline::model(options_, pipeline::line_recogniser),
                  pipeline::model(options_, pipeline::letter_model)),
      engine_(text::make_engine(options_.engine, options_)),
      provenance_(pipeline::provenance(options_, matcher_.rules())) {
    provenance_.reader = engine_->version();
}

void Scanner::Impl::prepare() {
    locator_.prepare();
    mark_locator_.prepare();
    recogniser_.prepare();
    engine_->prepare();
}

ScanResult Scanner::Impl::scan(image::Bytes bytes, std::string_view path, const ProgressCallback& progress) {
    ScanResult result = started(path, sha256(bytes), std::string(image::sniff(bytes)));
    const auto document = image::open_document(bytes, options_.limits);
    prepare(); // here, so that what is missing fails the call and not each of the pages
    result.metadata = image::read_metadata(bytes);
    read_pages(*document, result, progress);
    return result;
}

ScanResult Scanner::Impl::scan_picture(ImageView picture, std::string_view name) {
    const cv::Mat mat = image::mat_over(picture).clone();
    const std::span<const std::uint8_t> pixels(mat.data, mat.total() * mat.elemSize());
    ScanResult result = started(name, sha256(std::as_bytes(pixels)), "image/x-pixels");
    cv::Mat bgr = mat;
    if (mat.channels() == 1) {
        cv::merge(std::vector<cv::Mat>{mat, mat, mat}, bgr);
    }
    image::check_size(bgr.cols, bgr.rows, options_.limits);
    image::DecodedPicture document(bgr);
    prepare();
    read_pages(document, result, {});
    return result;
}

ScanResult Scanner::Impl::scan_text(std::string_view text, std::string_view name) {
    ScanResult result = started(name, sha256(text), "text/plain");
    const std::vector<Line> lines = match::lines_of_text(text);
    add_findings(lines, std::nullopt, true, result.findings, result);
    finish(result);
    return result;
}

ScanResult Scanner::Impl::judge_again(const ScanResult& earlier) const {
    ScanResult result = started(earlier.path, earlier.sha256, earlier.media_type);
    result.complete = earlier.complete;
    result.metadata = earlier.metadata;
    for (const Page& page : earlier.pages) {
        result.pages.push_back(page);
        match_page(result.pages.back(), result);
    }
    add_metadata_findings(result);
    finish(result);
    return result;
}

void Scanner::Impl::read_pages(image::Document& document, ScanResult& result, const ProgressCallback& progress) {
    const int pages = document.page_count();
    std::optional<Error> first_error;
    int failed = 0;
    for (int index = 0; index < pages; ++index) {
        if (progress) {
            progress({index, pages, "read"});
        }
        Page page = read(document, index, result);
        if (page.error) {
            ++failed;
            first_error = first_error ? first_error : page.error;
        }
        match_page(page, result);
        result.pages.push_back(std::move(page));
        const bool blocked =
            std::any_of(result.findings.begin(), result.findings.end(), [](const Finding& f) { return f.blocks; });
        if (options_.fast && blocked && index + 1 < pages) {
            result.complete = false;
            break;
        }
    }
    if (failed == pages) {
        throw first_error->at_path(result.path);
    }
    add_metadata_findings(result);
    finish(result);
}

ScanResult Scanner::Impl::started(std::string_view path, std::string hash, std::string media_type) const {
    ScanResult result;
    result.path = path;
    result.sha256 = std::move(hash);
    result.media_type = std::move(media_type);
    result.tool = provenance_;
    return result;
}

// A page that fails among others keeps its error; the rest goes on.
Page Scanner::Impl::read(image::Document& document, int index, ScanResult& result) {
    try {
        return pipeline::guarded(
            "read", [&] { return pipeline::read_page(document, index, tools(), options_.limits, result.timings_ms); });
    } catch (const Error& error) {
        Page page;
        page.index = index;
        page.error = error.at_path(result.path).at_page(index);
        return page;
    }
}

void Scanner::Impl::match_page(Page& page, ScanResult& result) const {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<Finding> found;
    add_findings(page.lines, page.index, true, found, result);
    for (const std::vector<Line>& flow : page.other_readings) {
        add_findings(flow, page.index, false, found, result);
    }
    match::drop_repeated(found);
    result.findings.insert(result.findings.end(), std::make_move_iterator(found.begin()),
                           std::make_move_iterator(found.end()));
    result.timings_ms["match"] +=
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// What the rules find in one flow of lines. Where an explanation is asked for, also what they looked at and left.
void Scanner::Impl::add_findings(const std::vector<Line>& lines, std::optional<int> page, bool shown,
                                 std::vector<Finding>& found, ScanResult& result) const {
    match::FindingMaker maker(lines, page, shown, options_.language);
    for (const match::Considered& considered : matcher_.consider(lines)) {
        if (considered.outcome == match::Outcome::found) {
            found.push_back(maker.make(considered.match));
        }
        if (options_.explain) {
            result.explanations.push_back(explanation_of(considered, page));
        }
    }
}

void Scanner::Impl::add_metadata_findings(ScanResult& result) const {
    if (!result.metadata.gps) {
        return;
    }
    for (const match::Rule& rule : matcher_.rules().rules) {
        if (rule.metadata == "gps") {
            result.findings.push_back(match::finding_of_metadata(rule, "GPS", options_.language));
        }
    }
}

void Scanner::Impl::finish(ScanResult& result) const {
    std::stable_sort(result.findings.begin(), result.findings.end(), [](const Finding& a, const Finding& b) {
        return std::pair(a.severity, a.confidence) > std::pair(b.severity, b.confidence);
    });
    match::sign(result.findings, result.sha256, options_.fingerprint_key);
    match::judge(result, options_.language);
}

} // namespace saring
