#include "output/explain_report.hpp"

#include "output/mask.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace saring::output {
namespace {

struct Wording {
    std::string_view outcome;
    Bilingual said; // the detail follows
};

constexpr std::array<Wording, 9> wordings{{
    {"found", {"ditemukan", "found"}},
    {"overlapped", {"sudah termasuk dalam temuan", "told by the finding of"}},
    {"allowed", {"dibiarkan: ada di daftar izin", "left: it is on the allowlist"}},
    {"excused", {"dibiarkan: bagian dari frasa biasa", "left: part of the harmless phrase"}},
    {"out_of_place", {"dibiarkan: tidak berada di", "left: it does not stand"}},
    {"unlabelled", {"dibiarkan: tidak ada label tepat di depannya:", "left: no label stands right before it:"}},
    {"single_cue", {"dibiarkan: isyarat kedua tidak ada di dekatnya:", "left: a second cue is missing near it:"}},
    {"refused", {"dibiarkan: bukan nilai yang sah", "left: it is no such value"}},
    {"doubtful", {"dibiarkan: keyakinan terlalu rendah", "left: too little confidence"}},
}};

Bilingual wording_of(std::string_view outcome) {
    for (const Wording& wording : wordings) {
        if (wording.outcome == outcome) {
            return wording.said;
        }
    }
    return {outcome, outcome};
}

Bilingual name_of_step(std::string_view step) {
    if (step == "read") {
        return {"bacaan", "reading"};
    }
    if (step == "signs") {
        return {"tanda mirip huruf", "signs taken for letters"};
    }
    if (step == "edits") {
        return {"huruf berbeda", "letters that differ"};
    }
    if (step == "unproved") {
        return {"tanpa bukti", "unproved value"};
    }
    return {step, step};
}

std::string number(float value, bool with_sign) {
    std::array<char, 16> out{};
    std::snprintf(out.data(), out.size(), with_sign ? "%+.2f" : "%.2f", static_cast<double>(value));
    return out.data();
}

} // namespace

std::string explanation_of(const ScanResult& result, const TextStyle& style) {
    std::string out;
    for (const Explanation& e : result.explanations) {
        const std::string page =
            result.pages.size() > 1 && e.page
                ? std::string(Bilingual{" (halaman ", " (page "}.in(style.language)) + std::to_string(*e.page + 1) + ")"
                : std::string();
        out += (out.empty() ? "" : "\n") + e.rule + page + ": " + masked(e.text, e.category) + "\n  " +
               std::string(wording_of(e.outcome).in(style.language)) + (e.detail.empty() ? "" : " " + e.detail);
        if (e.outcome == "found") {
            const Bilingual effect = e.blocks                            ? Bilingual{"memblokir", "blocks"}
                                     : e.severity >= Severity::medium ? Bilingual{"minta diperiksa", "asks for review"}
                                                                         : Bilingual{"hanya diberitahukan", "only told"};
            out += ", " + std::string(name_of(e.severity)) + ", " + std::string(effect.in(style.language));
        }
        out += "\n  " + std::string(Bilingual{"keyakinan ", "confidence "}.in(style.language)) + number(e.confidence, false) + " =";
        for (std::size_t i = 0; i < e.steps.size(); ++i) {
            out += " " + number(e.steps[i].second, i > 0) + " " + std::string(name_of_step(e.steps[i].first).in(style.language));
        }
        out += "\n";
    }
    if (result.explanations.empty()) {
        out += std::string(Bilingual{"Tidak ada aturan yang cocok, juga tidak hampir cocok.\n",
                                     "No rule matched, and none nearly did.\n"}
                               .in(style.language));
    }
    out += std::string(Bilingual{"\nHasil: ", "\nVerdict: "}.in(style.language)) + std::string(name_of(result.verdict)) + "\n";
    for (const std::string& reason : result.reasons) {
        out += "  " + reason + "\n";
    }
    return out;
}

} // namespace saring::output
