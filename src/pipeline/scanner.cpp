// Scanner: the library's front door. Translates what goes wrong below into saring::Error, page by page.
#include "image/load.hpp"
#include "image/load_common.hpp"
#include "image/metadata.hpp"
#include "match/matcher.hpp"
#include "match/plain_text.hpp"
#include "match/verdict.hpp"
#include "pipeline/models.hpp"
#include "pipeline/page_scan.hpp"
#include "saring/saring.hpp"
#include "saring/sha256.hpp"
#include "text/line_recogniser.hpp"
#include "text/locate.hpp"
#include "text/ocr_engine.hpp"

#include <algorithm>
#include <chrono>
#include <new>

namespace saring {
namespace {

// Runs `work` and turns foreign exceptions into ours.
template <typename Work> auto guarded(const char* stage, Work work) {
    try {
        return work();
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::out_of_memory, stage);
    } catch (const cv::Exception& e) {
        throw Error(e.code == cv::Error::StsNoMem ? ErrorCode::out_of_memory : ErrorCode::internal, stage, e.err);
    } catch (const std::exception& e) {
        throw Error(ErrorCode::internal, stage, e.what());
    }
}

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

} // namespace

class Scanner::Impl {
public:
    explicit Impl(ScanOptions options)
        : options_((image::silence_libraries(), std::move(options))),
          matcher_(pipeline::load_rules(options_), thresholds_of(options_.profile)), terms_(terms_of(matcher_.rules())),
          locator_(pipeline::model(options_, pipeline::text_locator)),
          recogniser_(pipeline::model(options_, pipeline::line_recogniser)),
          engine_(text::make_engine(options_.engine, options_)),
          provenance_(pipeline::provenance(options_, matcher_.rules().packs)) {}

    ScanResult scan(image::Bytes bytes, std::string_view path, const ProgressCallback& progress) {
        ScanResult result = started(path, sha256(bytes), std::string(image::sniff(bytes)));
        const auto document = image::open_document(bytes, options_.limits);
        result.metadata = image::read_metadata(bytes);
        read_pages(*document, result, progress);
        return result;
    }

    ScanResult scan_picture(ImageView picture, std::string_view name) {
        const cv::Mat mat = image::mat_over(picture).clone();
        const std::span<const std::uint8_t> pixels(mat.data, mat.total() * mat.elemSize());
        ScanResult result = started(name, sha256(std::as_bytes(pixels)), "image/x-pixels");
        cv::Mat bgr = mat;
        if (mat.channels() == 1) {
            cv::merge(std::vector<cv::Mat>{mat, mat, mat}, bgr);
        }
        image::check_size(bgr.cols, bgr.rows, options_.limits);
        image::DecodedPicture document(bgr);
        read_pages(document, result, {});
        return result;
    }

    ScanResult scan_text(std::string_view text, std::string_view name) {
        ScanResult result = started(name, sha256(text), "text/plain");
        const std::vector<Line> lines = match::lines_of_text(text);
        add_findings(lines, std::nullopt, true, result.findings, result);
        finish(result);
        return result;
    }

    ScanOptions options_;
    match::Matcher matcher_;
    std::vector<std::string> terms_;
    text::TextLocator locator_;
    text::LineRecogniser recogniser_;
    std::unique_ptr<text::OcrEngine> engine_;
    Provenance provenance_;

private:
    void read_pages(image::Document& document, ScanResult& result, const ProgressCallback& progress) {
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

    ScanResult started(std::string_view path, std::string hash, std::string media_type) const {
        ScanResult result;
        result.path = path;
        result.sha256 = std::move(hash);
        result.media_type = std::move(media_type);
        result.tool = provenance_;
        return result;
    }

    // A page that fails among others keeps its error; the rest goes on.
    Page read(image::Document& document, int index, ScanResult& result) {
        try {
            return guarded("read", [&] {
                return pipeline::read_page(document, index, {*engine_, locator_, recogniser_, terms_}, options_.limits,
                                           result.timings_ms);
            });
        } catch (const Error& error) {
            Page page;
            page.index = index;
            page.error = error.at_path(result.path).at_page(index);
            return page;
        }
    }

    void match_page(Page& page, ScanResult& result) const {
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
    void add_findings(const std::vector<Line>& lines, std::optional<int> page, bool shown, std::vector<Finding>& found,
                      ScanResult& result) const {
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

    static Explanation explanation_of(const match::Considered& considered, std::optional<int> page) {
        const match::Match& match = considered.match;
        return {match.rule->id,   match.rule->category, match.text,  page,          std::string(match::name_of(considered.outcome)),
                considered.detail, match.steps, match.severity, match.confidence, match.blocks};
    }

    void add_metadata_findings(ScanResult& result) const {
        if (!result.metadata.gps) {
            return;
        }
        for (const match::Rule& rule : matcher_.rules().rules) {
            if (rule.metadata == "gps") {
                result.findings.push_back(match::finding_of_metadata(rule, "GPS", options_.language));
            }
        }
    }

    void finish(ScanResult& result) const {
        std::stable_sort(result.findings.begin(), result.findings.end(), [](const Finding& a, const Finding& b) {
            return std::pair(a.severity, a.confidence) > std::pair(b.severity, b.confidence);
        });
        match::sign(result.findings, result.sha256, options_.fingerprint_key);
        match::judge(result, options_.language);
    }
};

Scanner::Scanner(ScanOptions options)
    : impl_(guarded("start", [&] { return std::make_unique<Impl>(std::move(options)); })) {}
Scanner::~Scanner() = default;
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;

ScanResult Scanner::scan(const std::filesystem::path& file, const ProgressCallback& progress) {
    try {
        return guarded("read", [&] {
            const std::vector<std::byte> bytes = image::read_file(file, impl_->options_.limits);
            return impl_->scan(bytes, file.native(), progress);
        });
    } catch (const Error& error) {
        throw error.at_path(file.native());
    }
}

ScanResult Scanner::scan_bytes(std::span<const std::byte> bytes, std::string_view name,
                               const ProgressCallback& progress) {
    try {
        return guarded("read", [&] {
            if (bytes.size() > impl_->options_.limits.file_bytes) {
                throw Error(ErrorCode::file_too_large, "load");
            }
            return impl_->scan(bytes, name, progress);
        });
    } catch (const Error& error) {
        throw error.at_path(std::string(name));
    }
}

ScanResult Scanner::scan_image(ImageView picture, std::string_view name) {
    if (picture.empty()) {
        throw Error(ErrorCode::empty_file, "load").at_path(std::string(name));
    }
    return guarded("read", [&] { return impl_->scan_picture(picture, name); });
}

ScanResult Scanner::scan_text(std::string_view text, std::string_view name) {
    return guarded("match", [&] { return impl_->scan_text(text, name); });
}

const ScanOptions& Scanner::options() const { return impl_->options_; }
void Scanner::set_limits(const Limits& limits) { impl_->options_.limits = limits; }
void Scanner::set_fast(bool fast) { impl_->options_.fast = fast; }
void Scanner::set_explain(bool explain) { impl_->options_.explain = explain; }
void Scanner::set_language(Language language) { impl_->options_.language = language; }
const Provenance& Scanner::provenance() const { return impl_->provenance_; }

std::vector<RuleInfo> Scanner::rules() const {
    std::vector<RuleInfo> out;
    for (const match::Rule& rule : impl_->matcher_.rules().rules) {
        out.push_back({rule.id, rule.pack, rule.category, rule.severity, rule.title.in(impl_->options_.language),
                       rule.advice.in(impl_->options_.language), rule.source});
    }
    return out;
}

ScanResult scan(const std::filesystem::path& file, const ScanOptions& options) { return Scanner(options).scan(file); }

} // namespace saring
