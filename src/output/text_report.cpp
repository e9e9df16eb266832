#include "output/text_report.hpp"

#include "output/mask.hpp"
#include "output/shown_text.hpp"
#include "output/terminal_paint.hpp"

#include <array>
#include <cmath>
#include <map>
#include <set>

namespace saring::output {
namespace {

std::string painted(std::string_view text, std::string_view colour, const TextStyle& style) {
    return output::painted(text, colour, style.colour);
}

std::string heading(Verdict verdict, const TextStyle& style) {
    switch (verdict) {
    case Verdict::safe: return painted(Bilingual{"TIDAK ADA TANDA", "NO SIGN FOUND"}.in(style.language), green, style);
    case Verdict::review: return painted(Bilingual{"PERIKSA DULU", "LOOK AGAIN"}.in(style.language), yellow, style);
    case Verdict::block: return painted(Bilingual{"JANGAN DIBAGIKAN", "DO NOT SHARE"}.in(style.language), red, style);
    }
    return {};
}

// "top left", "middle" … of the page, for people who cannot see quads.
std::string place_of(const Finding& finding, const ScanResult& result, Language language) {
    if (!finding.page || finding.quads.empty()) {
        return {};
    }
    const Page& page = result.pages.at(static_cast<std::size_t>(*finding.page));
    const Point p = centre(finding.quads.front());
    const auto third = [](float at, int size) {
        return at < static_cast<float>(size) / 3 ? 0U : at < 2 * static_cast<float>(size) / 3 ? 1U : 2U;
    };
    constexpr std::array<std::array<Bilingual, 3>, 3> names{{
        {{{"kiri atas", "top left"}, {"atas", "top"}, {"kanan atas", "top right"}}},
        {{{"kiri", "left"}, {"tengah", "middle"}, {"kanan", "right"}}},
        {{{"kiri bawah", "bottom left"}, {"bawah", "bottom"}, {"kanan bawah", "bottom right"}}},
    }};
    std::string out(names.at(third(p.y, page.height)).at(third(p.x, page.width)).in(language));
    if (page.seconds) { // of a film
        out = std::string(Bilingual{"detik ke-", "second "}.in(language)) + std::to_string(std::lround(*page.seconds)) +
              ", " + out;
    } else if (result.pages.size() > 1) {
        out = std::string(Bilingual{"halaman ", "page "}.in(language)) + std::to_string(*finding.page + 1) + ", " + out;
    }
    return out;
}

std::string findings_of(const ScanResult& result, const TextStyle& style) {
    std::string out;
    std::set<std::string> advised;
    constexpr std::size_t most = 8;
    std::size_t told = 0;
    for (const Finding& finding : result.findings) {
        if (told++ == most) {
            const std::string rest = std::to_string(result.findings.size() - most);
            out += "    … " + rest +
                   std::string(Bilingual{" temuan lagi (lihat --format json)", " more findings (see --format json)"}.in(
                       style.language)) +
                   "\n";
            break;
        }
        const bool grave = finding.blocks;
        const bool light = finding.severity == Severity::low;
        std::string line = "    " +
                           painted(shown_words(finding.match),
                                   grave   ? red
                                   : light ? faint
                                           : yellow,
                                   style) +
                           "  " + finding.title;
        const std::string place = place_of(finding, result, style.language);
        if (!place.empty()) {
            line += painted(" (" + place + ", " + std::to_string(std::lround(finding.confidence * 100)) + " %)", faint,
                            style);
        }
        out += line + "\n";
        if (advised.insert(finding.advice).second) {
            out += "      → " + finding.advice + "\n";
        }
    }
    return out;
}

} // namespace

std::string text_of(const ScanResult& original, const TextStyle& style) {
    const ScanResult result = masked(original);
    std::string out = heading(result.verdict, style) + "  " + painted(shown_name(result.path), bold, style);
    std::size_t words = 0;
    for (const Page& page : result.pages) {
        for (const Line& line : page.lines) {
            words += line.words.size();
        }
    }
    out += "\n" + findings_of(result, style);
    for (const std::string& reason : result.reasons) {
        out += "    " + painted(reason, yellow, style) + "\n";
    }
    if (result.verdict == Verdict::review && result.findings.empty()) {
        out += std::string("      → ") +
               std::string(Bilingual{"Baca sendiri bagian itu sebelum membagikan (--preview menunjukkannya).",
                                     "Read that part yourself before you share (--preview shows it)."}
                               .in(style.language)) +
               "\n";
    }
    if (result.verdict == Verdict::safe) {
        const std::string count = std::to_string(words);
        const std::string text = style.language == Language::indonesian
                                     ? count + " kata terbaca. Wajah, tempat, dan konteks tidak dinilai."
                                     : count + " words read. Faces, places and context were not judged.";
        out += "    " + painted(text, faint, style) + "\n";
    }
    if (!result.complete) {
        out += "    " +
               std::string(Bilingual{"Pembacaan berhenti pada temuan pertama (--fast).",
                                     "Reading stopped at the first finding (--fast)."}
                               .in(style.language)) +
               "\n";
    }
    return out;
}

std::string text_of(const Error& error, const TextStyle& style, bool checking) {
    const bool writing = error.stage() == "write" || error.stage() == "verify";
    const std::string_view title = (writing    ? Bilingual{"TIDAK DITULIS", "NOT WRITTEN"}
                                    : checking ? Bilingual{"TIDAK TERPERIKSA", "NOT CHECKED"}
                                               : Bilingual{"TIDAK DILAKUKAN", "NOT DONE"})
                                       .in(style.language);
    return painted(title, red, style) + "  " + painted(shown_name(error.path()), bold, style) + "\n    " +
           error.message(style.language) + "\n      → " + error.advice(style.language) + "\n";
}

std::string summary(std::size_t safe, std::size_t review, std::size_t block, std::size_t failed,
                    const TextStyle& style) {
    const std::size_t all = safe + review + block + failed;
    if (all < 2) {
        return {};
    }
    const bool indonesian = style.language == Language::indonesian;
    const auto part = [&](std::size_t count, std::string_view what, std::string_view colour) {
        const std::string text = std::to_string(count) + " " + std::string(what);
        return count > 0 ? painted(text, colour, style) : text;
    };
    return std::to_string(all) + (indonesian ? " berkas: " : " files: ") +
           part(block, indonesian ? "jangan dibagikan" : "do not share", red) + ", " +
           part(review, indonesian ? "periksa dulu" : "look again", yellow) + ", " +
           part(safe, indonesian ? "tanpa tanda" : "no sign found", green) + ", " +
           part(failed, indonesian ? "tidak terperiksa" : "not checked", red) + "\n";
}

} // namespace saring::output
