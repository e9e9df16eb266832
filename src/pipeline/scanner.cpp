// Scanner: the library's front door. Translates what goes wrong below into saring::Error.
#include "pipeline/guarded.hpp"
#include "pipeline/scanner_impl.hpp"
#include "saring/saring.hpp"

namespace saring {

using pipeline::guarded;

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

void Scanner::prepare() {
    guarded("start", [&] { impl_->prepare(); });
}

ScanResult Scanner::judge_again(const ScanResult& earlier) {
    return guarded("match", [&] { return impl_->judge_again(earlier); });
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
