// Converter: photos to pages to one file. For each page: look ─ flatten ─ read ─ match ─ structure ─ layers. What is
// read, checked and written is the same finished page, so that nothing stands in the file that the rules have not seen.
#include "saring/convert.hpp"

#include "image/flat_page.hpp"
#include "image/load.hpp"
#include "image/load_common.hpp"
#include "output/document_writer.hpp"
#include "output/write_file.hpp"
#include "pipeline/conversion_notes.hpp"
#include "pipeline/finished_page.hpp"
#include "pipeline/guarded.hpp"
#include "pipeline/output_path.hpp"
#include "pipeline/scanner_impl.hpp"
#include "pipeline/stopwatch.hpp"
#include "saring/sha256.hpp"
#include "saring/version.hpp"
#include "text/document_language.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <string>
#include <utility>

namespace saring {
namespace {

using pipeline::FinishedPage;
using pipeline::Stopwatch;

constexpr int alike_bits = 6; // pages whose likenesses differ in no more look the same to a person

// "2026-08-17T09:30:00+07:00"
std::string now() {
    const std::time_t seconds = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S%z", &local);
    std::string out(text.data());
    return out.insert(out.size() - 2, ":");
}

} // namespace

class Converter::Impl {
public:
    Impl(Scanner::Impl& scanner, ConvertOptions options) : scanner_(scanner), options_(std::move(options)) {
        result_ = scanner_.started({}, {}, "application/x-conversion");
    }

    [[nodiscard]] const Limits& limits() const { return scanner_.options_.limits; }

    void add(image::Bytes bytes, std::string_view name, const ProgressCallback& progress) {
        const auto document = image::open_document(bytes, scanner_.options_.limits);
        const std::string hash = sha256(bytes);
        ScanResult found = scanner_.started(name, hash, {}); // gathered apart: a file is added whole or not at all
        std::vector<FinishedPage> finished;
        const int pages = document->page_count();
        for (int index = 0; index < pages; ++index) {
            if (progress) {
                progress({index, pages, "convert"});
            }
            try {
                convert(document->load(index).mat, name, index, found, finished);
            } catch (const Error& error) {
                throw error.at_page(index);
            }
        }
        append(found, finished);
        hashes_ += hash;
        checked_ = false;
    }

    const ScanResult& check() {
        if (!checked_) {
            checked_result_ = result_;
            checked_result_.sha256 = sha256(hashes_);
            scanner_.finish(checked_result_);
            checked_ = true;
        }
        return checked_result_;
    }

    void check_output(const std::filesystem::path& file) const {
        const output::DocumentFormat& format = pipeline::format_for(file);
        pipeline::must_be_writable_folder(file);
        if (!format.one_page_a_file) {
            pipeline::must_not_exist(file, options_.replace);
        }
        if (protection()) { // a blank page tells whether the format takes the password
            static_cast<void>(format.write(text::blank_document(), protection()));
        }
    }

    ConversionSummary write(const std::filesystem::path& file) {
        check_output(file);
        if (finished_.empty()) {
            throw Error(ErrorCode::empty_file, "write", "no page was added").at_path(file.native());
        }
        if (check().verdict == Verdict::block && !protection() && !options_.allow_unprotected) {
            throw Error(ErrorCode::protection_needed, "write", first_reason()).at_path(file.native());
        }
        const output::DocumentFormat& format = pipeline::format_for(file);
        ConversionSummary out = summary();
        if (format.one_page_a_file && finished_.size() > 1) {
            write_pages(format, file, out);
        } else {
            pipeline::must_not_exist(file, options_.replace);
            write_one(format, document(0, finished_.size()), file, out);
        }
        checked_result_.timings_ms = result_.timings_ms;
        return out;
    }

private:
    void convert(const cv::Mat& photo, std::string_view name, int source_page, ScanResult& found,
                 std::vector<FinishedPage>& finished) {
        const pipeline::FirstLook look = pipeline::look_at(photo, scanner_.tools(), found.timings_ms);
        for (image::FlatPage& flat : flattened(photo, look.page, found)) {
            image::DecodedPicture picture(flat.reading);
            Page page = pipeline::read_page(picture, 0, scanner_.tools(), scanner_.options_.limits, found.timings_ms,
                                            pipeline::Straighten::nothing, look.is_turn_sure);
            pipeline::set_upright(flat, page);
            page.index = static_cast<int>(finished_.size() + finished.size());
            scanner_.match_page(page, found);
            finished.push_back(pipeline::finished(flat, page, name, source_page, found.timings_ms));
            found.pages.push_back(std::move(page));
        }
    }

    std::vector<image::FlatPage> flattened(const cv::Mat& photo, const Page& facts, ScanResult& found) const {
        const Stopwatch watch(found.timings_ms, "flatten");
        return image::flatten_pages(photo, facts, {options_.mode, options_.paper, options_.most_dpi, options_.crop});
    }

    void append(ScanResult& found, std::vector<FinishedPage>& finished) {
        for (FinishedPage& page : finished) {
            const auto twin = std::find_if(finished_.begin(), finished_.end(), [&](const FinishedPage& other) {
                return !other.facts.blank && image::unlikeness(other.likeness, page.likeness) <= alike_bits &&
                       other.facts.words > 0;
            });
            if (twin != finished_.end() && !page.facts.blank) {
                page.facts.looks_like = static_cast<int>(twin - finished_.begin());
            }
            finished_.push_back(std::move(page));
        }
        const auto move_all = [](auto& to, auto& from) {
            to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        };
        for (Page& page : found.pages) {
            page.other_readings.clear(); // searched already
        }
        move_all(result_.pages, found.pages);
        move_all(result_.findings, found.findings);
        for (const auto& [stage, milliseconds] : found.timings_ms) {
            result_.timings_ms[stage] += milliseconds;
        }
    }

    [[nodiscard]] std::optional<output::Protection> protection() const {
        if (options_.password.empty()) {
            return std::nullopt;
        }
        return output::Protection{options_.password, options_.owner_password, options_.may_print, options_.may_copy,
                                  options_.may_change};
    }

    [[nodiscard]] std::string first_reason() const {
        return checked_result_.findings.empty() ? "" : checked_result_.findings.front().title;
    }

    // The pages from `begin` to before `end` as a document. Pictures are shared out, not copied, when it is the whole.
    [[nodiscard]] text::Document document(std::size_t begin, std::size_t end) const {
        text::Document out;
        for (std::size_t i = begin; i < end; ++i) {
            out.pages.push_back(finished_[i].page);
        }
        out.language = text::language_of(out);
        out.title = !options_.title.empty() ? options_.title : text::title_of(out);
        if (out.title.empty()) {
            out.title = std::filesystem::path(finished_[begin].facts.source).stem().string();
        }
        out.creation_date = options_.creation_date.empty() ? now() : options_.creation_date;
        out.producer = std::string("Saring ") + version;
        return out;
    }

    void write_one(const output::DocumentFormat& format, const text::Document& document,
                   const std::filesystem::path& file, ConversionSummary& out) {
        output::FileBytes bytes;
        {
            const Stopwatch watch(result_.timings_ms, "write");
            bytes = format.write(document, protection());
        }
        if (format.verify != nullptr) {
            const Stopwatch watch(result_.timings_ms, "verify");
            format.verify(bytes, document, protection());
        }
        output::write_file(file, std::as_bytes(std::span(bytes)));
        out.files.push_back(file);
        out.bytes += bytes.size();
    }

    // All pages or none: what was written before a failure is taken back.
    void write_pages(const output::DocumentFormat& format, const std::filesystem::path& file, ConversionSummary& out) {
        for (std::size_t i = 0; i < finished_.size(); ++i) {
            pipeline::must_not_exist(pipeline::numbered(file, i + 1), options_.replace);
        }
        try {
            for (std::size_t i = 0; i < finished_.size(); ++i) {
                write_one(format, document(i, i + 1), pipeline::numbered(file, i + 1), out);
            }
        } catch (const Error&) {
            for (const std::filesystem::path& written : out.files) {
                std::error_code ignored;
                std::filesystem::remove(written, ignored);
            }
            throw;
        }
    }

    [[nodiscard]] ConversionSummary summary() const {
        ConversionSummary out;
        double weighted = 0;
        double weight = 0;
        for (const Page& page : result_.pages) {
            for (const Line& line : page.lines) {
                for (const Word& word : line.words) {
                    const auto length = static_cast<double>(word.text.size());
                    weighted += length * word.confidence;
                    weight += length;
                }
            }
        }
        std::vector<text::SignatureNote> signatures;
        for (const FinishedPage& page : finished_) {
            out.pages.push_back(page.facts);
            out.words += page.facts.words;
            signatures.insert(signatures.end(), page.signatures.begin(), page.signatures.end());
        }
        out.mean_confidence = weight > 0 ? weighted / weight : 0;
        out.notes = pipeline::notes_on(out.pages, signatures, scanner_.options_.language);
        out.locked = protection().has_value();
        return out;
    }

    Scanner::Impl& scanner_;
    ConvertOptions options_;
    std::vector<FinishedPage> finished_;
    ScanResult result_;
    ScanResult checked_result_;
    std::string hashes_;
    bool checked_ = false;
};

Converter::Converter(Scanner& scanner, ConvertOptions options)
    : impl_(std::make_unique<Impl>(*scanner.impl_, std::move(options))) {}
Converter::~Converter() = default;
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;

void Converter::add(const std::filesystem::path& file, const ProgressCallback& progress) {
    try {
        pipeline::guarded("convert", [&] {
            const std::vector<std::byte> bytes = image::read_file(file, impl_->limits());
            impl_->add(bytes, file.native(), progress);
        });
    } catch (const Error& error) {
        throw error.at_path(file.native());
    }
}

void Converter::add_bytes(std::span<const std::byte> bytes, std::string_view name, const ProgressCallback& progress) {
    try {
        pipeline::guarded("convert", [&] { impl_->add(bytes, name, progress); });
    } catch (const Error& error) {
        throw error.at_path(std::string(name));
    }
}

const ScanResult& Converter::check() {
    return pipeline::guarded("convert", [&]() -> const ScanResult& { return impl_->check(); });
}

ConversionSummary Converter::write(const std::filesystem::path& file) {
    return pipeline::guarded("write", [&] { return impl_->write(file); });
}

void Converter::check_output(const std::filesystem::path& file) const {
    pipeline::guarded("write", [&] { impl_->check_output(file); });
}

std::vector<std::string> output_extensions() {
    std::vector<std::string> out;
    for (const output::DocumentFormat& format : output::document_formats()) {
        out.emplace_back(format.extension);
    }
    return out;
}

} // namespace saring
