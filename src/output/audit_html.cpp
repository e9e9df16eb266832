#include "output/audit_html.hpp"

#include "output/cipher.hpp"
#include "output/html_data.hpp"
#include "output/html_plots.hpp"
#include "output/html_table.hpp"
#include "output/html_text.hpp"
#include "output/report_page.hpp"
#include "output/wording.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace saring::output {
namespace {

class HtmlPage {
public:
    HtmlPage(const AuditReport& report, Language language)
        : report_(report), language_(language), is_audit_(!report.began.empty()) {}

    [[nodiscard]] std::string whole() const {
        const HtmlData data = html_data(report_, is_audit_, language_);
        return head() + "<body>\n<a class=\"skip\" href=\"#entries\">" + say("Langsung ke temuan", "Skip to findings") +
               "</a>\n" + facts() + "<main>\n" + notices() + totals() + errors_section(report_, language_) +
               plots(report_, language_) + entries() + "</main>\n" + footer() +
               "<script type=\"application/json\" id=\"data\">" + data.entries + "</script>\n<script>" +
               std::string(report_script) + "</script>\n" + data.pictures + "</body>\n</html>\n";
    }

private:
    [[nodiscard]] std::string say(std::string_view indonesian, std::string_view english) const {
        return std::string(Bilingual{indonesian, english}.in(language_));
    }
    [[nodiscard]] std::string digits(std::uint64_t number) const { return grouped_digits(number, language_); }

    [[nodiscard]] std::string title() const {
        return is_audit_ ? say("Laporan audit galeri", "Audit of a gallery")
                         : say("Hasil pemeriksaan", "What was checked");
    }

    // The hash of an inline element as a content security policy names it (CSP level 3, section 2.3.1).
    [[nodiscard]] static std::string source_of(std::string_view text) {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
            throw Error(ErrorCode::internal, "hash");
        }
        return "'sha256-" + base64({digest.data(), length}) + "'";
    }

    [[nodiscard]] std::string head() const {
        return "<!DOCTYPE html>\n<html lang=\"" + say("id", "en") +
               "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
               "content=\"default-src 'none'; "
               "img-src data:; style-src " +
               source_of(report_style) + "; script-src " + source_of(report_script) +
               "; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
               title() + " – Saring</title>\n<style>" + std::string(report_style) + "</style>\n</head>\n";
    }

    // What was looked at, when, and by which rules.
    [[nodiscard]] std::string facts() const {
        const Provenance& tool = report_.tool;
        std::string out = "<header class=\"facts\">\n<h1>" + title() + "</h1>\n<dl>\n";
        const auto fact = [&](const std::string& name, const std::string& value) {
            out += value.empty() ? std::string() : "<dt>" + name + "</dt><dd>" + value + "</dd>\n";
        };
        std::string roots;
        for (const std::string& root : report_.roots) {
            roots += (roots.empty() ? "" : "<br>") + std::string("<bdi class=\"name\">") + html(root) + "</bdi>";
        }
        fact(say("Diperiksa", "Looked at"), roots);
        fact(say("Waktu", "When"), times());
        fact(say("Berkas", "Files"), digits(report_.counts.files) + other_files());
        fact(say("Aturan", "Rules"), rules());
        fact(say("Hari berlaku aturan", "Day of the rules"), html(tool.as_of));
        fact(say("Program", "Program"), "Saring " + html(tool.version));
        return out + "</dl>\n</header>\n";
    }

    [[nodiscard]] std::string times() const {
        const auto shown = [](std::string time) {
            std::replace(time.begin(), time.end(), 'T', ' ');
            return html(time.substr(0, 16)); // to the minute
        };
        return !is_audit_              ? std::string()
               : report_.ended.empty() ? shown(report_.began) + " UTC"
                                       : shown(report_.began) + " – " + shown(report_.ended) + " UTC";
    }

    [[nodiscard]] std::string other_files() const {
        return report_.counts.other == 0
                   ? std::string()
                   : " <span class=\"soft\">(" + digits(report_.counts.other) +
                         say(" lainnya bukan gambar atau dokumen)", " others are neither pictures nor documents)") +
                         "</span>";
    }

    [[nodiscard]] std::string rules() const {
        constexpr std::size_t shown_signs = 12; // of a hash: enough to tell packs apart by eye
        std::string packs;
        for (const auto& [name, hash] : report_.tool.rules) {
            packs += "<li>" + html(name) + " <code>" + html(hash.substr(0, shown_signs)) + "</code></li>";
        }
        const std::string summary = digits(report_.tool.rules.size()) + say(" paket, profil ", " packs, profile ") +
                                    std::string(name_of(report_.tool.profile));
        return packs.empty() ? summary
                             : "<details><summary>" + summary + "</summary><ul class=\"plain small\">" + packs +
                                   "</ul></details>";
    }

    [[nodiscard]] std::string notices() const {
        std::string out;
        const auto notice = [&](const std::string& text) {
            out += "<p class=\"notice\" role=\"note\">" + text + "</p>\n";
        };
        if (is_audit_ && report_.ended.empty()) {
            notice(say("<strong>Audit ini terputus.</strong> Yang tercantum hanya yang sudah diperiksa; jalankan "
                       "perintah yang sama untuk melanjutkan.",
                       "<strong>This audit was interrupted.</strong> Only what was checked so far is listed; run the "
                       "same command to go on."));
        }
        const auto stale = std::count_if(report_.entries.begin(), report_.entries.end(),
                                         [](const auto& entry) { return entry.stale; });
        if (stale > 0) {
            notice("<strong>" + say("Hasil yang usang: ", "Stale results: ") +
                   digits(static_cast<std::uint64_t>(stale)) +
                   say(".</strong> Dinilai dengan aturan atau jaringan yang lebih lama; jalankan audit lagi.",
                       ".</strong> Judged by older rules or networks; run the audit again."));
        }
        return out;
    }

    [[nodiscard]] std::string totals() const {
        const AuditCounts& all = report_.counts;
        std::string out = "<section aria-labelledby=\"totals\"><h2 id=\"totals\">" + say("Hasil", "Verdicts") +
                          "</h2><ul class=\"totals\">";
        const auto total = [&](const char* kind, std::string_view name, std::uint64_t count) {
            out += "<li><strong>" + digits(count) + "</strong><span class=\"key " + kind + "\"></span>" +
                   std::string(name) + "</li>";
        };
        total("block", words_of(Verdict::block).in(language_), all.block);
        total("review", words_of(Verdict::review).in(language_), all.review);
        total("failed", say("Tidak terperiksa", "Not checked"), all.failed);
        total("safe", words_of(Verdict::safe).in(language_), all.safe);
        out += "</ul>" + totals_bar(all, language_);
        if (is_audit_) {
            out += "<p class=\"small soft\">" + say("Temuan: ", "Findings: ") + digits(all.open_findings) +
                   say(" terbuka, ", " open, ") + digits(all.accepted_findings) + say(" diterima, ", " accepted, ") +
                   digits(all.removed_findings) + say(" sudah tidak ada.", " gone.") + "</p>";
        }
        return out + "</section>\n";
    }

    [[nodiscard]] std::string entries() const {
        return "<section id=\"entries\" aria-labelledby=\"entries-title\"><div class=\"controls\"><h2 "
               "id=\"entries-title\">" +
               say("Berkas dengan temuan", "Files with findings") + "</h2>\n" + filter_form(is_audit_, language_) +
               status() + "</div>\n<div id=\"list\"></div>\n" + pager() + "<noscript>\n" +
               plain_table(report_, language_) + "</noscript>\n</section>\n";
    }

    [[nodiscard]] std::string status() const {
        return "<div class=\"status\" data-needs-script hidden><span id=\"count\" role=\"status\"></span>" + pager() +
               "</div><p class=\"printed small\" id=\"shown\"></p>";
    }

    [[nodiscard]] std::string pager() const {
        return "<div class=\"pager\" hidden><button type=\"button\" data-step=\"-1\">" + say("Sebelumnya", "Previous") +
               "</button><output></output><button type=\"button\" data-step=\"1\">" + say("Berikutnya", "Next") +
               "</button></div>";
    }

    [[nodiscard]] std::string footer() const {
        return "<footer class=\"small soft\"><p>" +
               say("“Tidak ada tanda” berarti tidak ditemukan tanda pada yang terbaca; wajah, tempat, dan konteks "
                   "tidak dinilai. Nilai rahasia dan "
                   "nomor identitas disamarkan, juga pada potongan gambar. Laporan ini tetap memuat isi dokumen: "
                   "simpan seperti dokumennya.",
                   "“No sign found” means that nothing was found on what could be read; faces, places and context were "
                   "not judged. Secrets and "
                   "identity numbers are masked, on pictures too. This report still shows parts of documents: keep it "
                   "as you keep them.") +
               "</p></footer>\n";
    }

    const AuditReport& report_;
    Language language_;
    bool is_audit_;
};

} // namespace

std::string audit_html(const AuditReport& report, Language language) { return HtmlPage(report, language).whole(); }

} // namespace saring::output
