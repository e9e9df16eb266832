// What an audit tells on a terminal.
#include "output/audit_report.hpp"
#include "output/html_text.hpp"
#include "output/report_facts.hpp"
#include "output/shown_text.hpp"
#include "output/terminal_paint.hpp"
#include "output/text_report.hpp"
#include "output/wording.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace saring::output {
namespace {

constexpr std::size_t most_files = 10; // a screenful; the rest stands in the report

struct Voice {
    Language language;
    bool colour;

    [[nodiscard]] std::string say(std::string_view indonesian, std::string_view english) const {
        return std::string(Bilingual{indonesian, english}.in(language));
    }
    [[nodiscard]] std::string paint(std::string_view text, std::string_view colour_code) const {
        return painted(text, colour_code, colour);
    }
};

std::string duration(std::chrono::milliseconds took, const Voice& voice) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(took).count();
    const std::string s = voice.say(" detik", " s");
    if (seconds < 60) {
        return std::to_string(seconds) + s;
    }
    if (seconds < 3600) {
        return std::to_string(seconds / 60) + voice.say(" menit ", " min ") + std::to_string(seconds % 60) + s;
    }
    return std::to_string(seconds / 3600) + voice.say(" jam ", " h ") + std::to_string(seconds / 60 % 60) +
           voice.say(" menit", " min");
}

std::string work_done(const AuditSummary& run, const Voice& voice) {
    const auto n = [&](std::uint64_t number) { return grouped_digits(number, voice.language); };
    return n(run.read) + voice.say(" berkas dibaca, ", run.read == 1 ? " file read, " : " files read, ") +
           n(run.rematched) + voice.say(" dinilai ulang, ", " judged again, ") + n(run.unchanged) +
           voice.say(" tidak berubah; ", " unchanged; ") + duration(run.took, voice) + "\n";
}

std::string more(std::size_t count, const Voice& voice) {
    return count == 0 ? std::string()
                      : "    … " + grouped_digits(count, voice.language) +
                            voice.say(" lagi dalam laporan", " more in the report") + "\n";
}

// The most severe verdict first, within it the gravest finding; as many as a screen holds.
std::string gravest(const AuditReport& report, Verdict verdict, const Voice& voice) {
    std::vector<const AuditEntry*> entries;
    std::map<std::string, std::size_t> groups; // how many look alike; the first of them is told
    for (const AuditEntry& entry : report.entries) {
        if (entry.verdict == verdict && !entry.error && !entry.removed &&
            (entry.group.empty() || ++groups[entry.group] == 1)) {
            entries.push_back(&entry);
        }
    }
    const auto weight = [](const AuditEntry* entry) {
        const AuditFinding* found = gravest_of(*entry);
        return found == nullptr ? -1 : static_cast<int>(found->finding.severity);
    };
    std::stable_sort(entries.begin(), entries.end(),
                     [&](const auto* a, const auto* b) { return weight(a) > weight(b); });
    if (entries.empty()) {
        return {};
    }
    const std::string_view tone = verdict == Verdict::block ? red : yellow;
    std::string out = "\n" + voice.paint(words_of(verdict).in(voice.language), tone) + "\n";
    for (const AuditEntry* entry : std::span(entries).first(std::min(entries.size(), most_files))) {
        out += "  " + voice.paint(shown_name(entry->path), bold);
        if (!entry->group.empty() && groups[entry->group] > 1) {
            out += voice.paint(voice.say(" (salinan serupa: ", " (copies that look alike: ") +
                                   grouped_digits(groups[entry->group], voice.language) + ")",
                               faint);
        }
        const AuditFinding* found = gravest_of(*entry);
        if (found == nullptr) {
            const std::string why = !entry->unread.empty()
                                        ? unread_text(entry->unread.front(), entry->pages, voice.language)
                                    : entry->reasons.empty() ? std::string()
                                                             : entry->reasons.front();
            out += "\n    " + shown_words(why) + "\n";
            continue;
        }
        const std::string page = page_of(found->finding.page, entry->pages, voice.language);
        out += (page.empty() ? "" : ", " + page) + "\n    " + voice.paint(shown_words(found->finding.match), tone) +
               "  " + shown_words(found->finding.title) +
               voice.paint("  " + found->finding.fingerprint.substr(0, 8), faint) + "\n";
    }
    return out + more(entries.size() - std::min(entries.size(), most_files), voice);
}

std::string failures(const AuditReport& report, const Voice& voice) {
    std::string out;
    std::size_t told = 0;
    for (const AuditEntry& entry : report.entries) {
        if (entry.error && told++ < most_files) {
            out += text_of(entry.error->at_path(entry.path), {voice.language, voice.colour});
        }
    }
    return out.empty() ? out : "\n" + out + more(told - std::min(told, most_files), voice);
}

std::string next_steps(const AuditReport& report, const AuditSummary& run, const Voice& voice) {
    std::string out;
    const auto step = [&](const std::string& text) { out += "  → " + text + "\n"; };
    const auto stale =
        std::count_if(report.entries.begin(), report.entries.end(), [](const auto& e) { return e.stale; });
    if (!run.complete) {
        step(voice.say("Belum selesai: jalankan perintah yang sama untuk melanjutkan.",
                       "Not finished: run the same command again to go on."));
    }
    if (stale > 0) {
        step(voice.say("Dinilai dengan aturan atau jaringan lama: ", "Judged by older rules or networks: ") +
             grouped_digits(static_cast<std::uint64_t>(stale), voice.language) +
             voice.say("; jalankan lagi.", "; run again."));
    }
    if (report.counts.open_findings > 0) {
        step(voice.say("Hapus atau pindahkan berkasnya, atau terima temuan yang boleh tetap ada: saring audit accept "
                       "SIDIK --why \"…\"",
                       "Remove or move the files, or accept a finding that may stay: saring audit accept FINGERPRINT "
                       "--why \"…\""));
    }
    if (report.counts.failed > 0) {
        step(voice.say("Berkas yang tidak terperiksa bukan berkas aman: periksa sendiri.",
                       "A file that was not checked is not a safe file: look at it yourself."));
    }
    return out.empty() ? out : "\n" + out;
}

std::string changes(const std::vector<AuditEntry>& entries, std::string_view sign, std::string_view tone,
                    const Voice& voice) {
    std::string out;
    for (const AuditEntry& entry : entries) {
        for (const AuditFinding& found : entry.findings) {
            const std::string page = page_of(found.finding.page, entry.pages, voice.language);
            out += voice.paint(sign, tone) + " " + shown_name(entry.path) + (page.empty() ? "" : ", " + page) +
                   "\n    " + shown_words(found.finding.match) + "  " + shown_words(found.finding.title) +
                   voice.paint("  " + found.finding.fingerprint.substr(0, 8), faint) + "\n";
        }
        if (entry.findings.empty()) { // unread regions and reasons change too
            out += voice.paint(sign, tone) + " " + shown_name(entry.path) + "\n";
        }
    }
    return out;
}

} // namespace

std::string audit_summary(const AuditReport& report, const AuditSummary& run, Language language, bool colour) {
    const Voice voice{language, colour};
    std::string out;
    for (const std::string& notice : run.notices) {
        out += notice + "\n";
    }
    out += work_done(run, voice);
    const AuditCounts& all = report.counts;
    out += summary(all.safe, all.review, all.block, all.failed, {language, colour});
    if (all.accepted_findings > 0) {
        out += voice.say("Temuan yang diterima: ", "Accepted findings: ") +
               grouped_digits(all.accepted_findings, language) + "\n";
    }
    return out + gravest(report, Verdict::block, voice) + gravest(report, Verdict::review, voice) +
           failures(report, voice) + next_steps(report, run, voice);
}

std::string audit_difference_text(const AuditDifference& difference, Language language, bool colour) {
    const Voice voice{language, colour};
    std::string out = changes(difference.appeared, "+", red, voice) + changes(difference.gone, "-", green, voice);
    for (const std::string& path : difference.failing) {
        out += voice.paint("! " + voice.say("TIDAK TERPERIKSA", "NOT CHECKED"), red) + "  " + shown_name(path) + "\n";
    }
    return out.empty() ? voice.say("Tidak ada yang berubah.\n", "Nothing changed.\n") : out;
}

} // namespace saring::output
