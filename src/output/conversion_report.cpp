#include "output/conversion_report.hpp"

#include <cstdio>

namespace saring::output {
namespace {

std::string size_of(std::uint64_t bytes) {
    constexpr double kilo = 1000;
    std::array<char, 32> text{};
    const auto value = static_cast<double>(bytes);
    if (value < kilo * kilo) {
        std::snprintf(text.data(), text.size(), "%.0f kB", value / kilo);
    } else {
        std::snprintf(text.data(), text.size(), "%.1f MB", value / kilo / kilo);
    }
    return text.data();
}

std::string counted(std::size_t count, Language language, const char* indonesian, const char* one, const char* many) {
    return std::to_string(count) + " " + (language == Language::indonesian ? indonesian : count == 1 ? one : many);
}

} // namespace

std::string text_of(const ConversionSummary& summary, const TextStyle& style) {
    const Language language = style.language;
    const bool indonesian = language == Language::indonesian;
    std::string out;
    for (const std::filesystem::path& file : summary.files) {
        out += (out.empty() ? "" : ", ") + shown_path(file.native());
    }
    out += ": " + counted(summary.pages.size(), language, "halaman", "page", "pages") + ", " +
           counted(static_cast<std::size_t>(summary.words), language, "kata", "word", "words");
    if (summary.words > 0) {
        constexpr double percent = 100;
        out += indonesian ? ", keyakinan rata-rata " : ", mean confidence ";
        out += std::to_string(static_cast<int>(summary.mean_confidence * percent + 0.5)) + " %";
    }
    out += ", " + size_of(summary.bytes) + ", ";
    out += summary.locked ? (indonesian ? "dikunci dengan kata sandi (AES-256)" : "locked with a password (AES-256)")
                          : (indonesian ? "tanpa kata sandi" : "no password");
    return out + "\n";
}

Json json_of(const ConversionSummary& summary) {
    Json pages = Json::array();
    for (const ConvertedPage& page : summary.pages) {
        Json one{{"source", shown_path(page.source)},
                 {"source_page", page.source_page},
                 {"width_mm", page.width_mm},
                 {"height_mm", page.height_mm},
                 {"dpi", page.dpi},
                 {"words", page.words},
                 {"found", page.found},
                 {"unrolled", page.unrolled},
                 {"blank", page.blank},
                 {"handwriting", page.handwriting}};
        if (page.looks_like) {
            one["looks_like"] = *page.looks_like;
        }
        pages.push_back(std::move(one));
    }
    Json files = Json::array();
    for (const std::filesystem::path& file : summary.files) {
        files.push_back(shown_path(file.native()));
    }
    return {{"files", std::move(files)},
            {"bytes", summary.bytes},
            {"locked", summary.locked},
            {"words", summary.words},
            {"mean_confidence", summary.mean_confidence},
            {"notes", summary.notes},
            {"pages", std::move(pages)}};
}

} // namespace saring::output
