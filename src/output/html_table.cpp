#include "output/html_table.hpp"

#include "output/html_text.hpp"
#include "output/report_facts.hpp"
#include "output/wording.hpp"

#include <map>
#include <vector>

namespace saring::output {
namespace {

struct Option {
    std::string_view value;
    Bilingual text;
};

std::string select(const char* name, Bilingual label, std::initializer_list<Option> options, Language language) {
    std::string out =
        "<label>" + std::string(label.in(language)) + "<select id=\"" + name + "\" name=\"" + name + "\">";
    for (const Option& option : options) {
        out += "<option value=\"" + std::string(option.value) + "\">" + std::string(option.text.in(language)) +
               "</option>";
    }
    return out + "</select></label>";
}

std::string field(const char* name, Bilingual label, const char* type, const char* more, Language language) {
    return "<label class=\"wide\">" + std::string(label.in(language)) + "<input id=\"" + name + "\" name=\"" + name +
           "\" type=\"" + type + "\" autocomplete=\"off\" spellcheck=\"false\"" + more + "></label>";
}

std::string finding_item(const AuditFinding& found, int pages, Language language) {
    const Finding& finding = found.finding;
    const std::string page = page_of(finding.page, pages, language);
    std::string out = "<li><strong><bdi>" + html(finding.match) + "</bdi></strong> " + html(finding.title) +
                      (page.empty() ? "" : ", " + page) + " – " + std::string(words_of(finding.severity).in(language)) +
                      ", " + std::string(words_of(found.decision).in(language)) + " <code>" +
                      html(finding.fingerprint) + "</code>";
    if (found.acceptance) {
        out += "<br>" + html(found.acceptance->who) + ": " + html(found.acceptance->why) +
               (found.acceptance->until.empty() ? "" : " (" + html(found.acceptance->until) + ")");
    }
    return out + "</li>";
}

// What one kind of failure did, and to which files.
struct Failure {
    std::string advice;
    std::vector<std::string> paths;
};

} // namespace

std::string filter_form(bool with_decisions, Language language) {
    const Option any{"", {"semua", "all"}};
    std::string out = "<form id=\"filter\" data-needs-script hidden>";
    out += field("text", {"Cari", "Search"}, "search", "", language);
    out += select("verdict", {"Hasil", "Verdict"}, {any}, language);
    if (with_decisions) {
        out += select("decision", {"Keputusan", "Decision"},
                      {{"open", words_of(Decision::open)},
                       {"accepted", words_of(Decision::accepted)},
                       {"removed", words_of(Decision::removed)},
                       any},
                      language);
    }
    out += select("category", {"Jenis", "Category"}, {any}, language);
    out += select("rule", {"Aturan", "Rule"}, {any}, language);
    out += select("owner", {"Penanggung jawab", "Owner"}, {any}, language);
    out += field("folder", {"Folder", "Folder"}, "text", " list=\"folders\"", language);
    out += "<datalist id=\"folders\"></datalist>";
    out += select("order", {"Urutkan", "Sort"},
                  {{"severity", {"terberat dulu", "gravest first"}},
                   {"folder", {"menurut folder", "by folder"}},
                   {"newest", {"terbaru dulu", "newest first"}},
                   {"oldest", {"terlama dulu", "oldest first"}}},
                  language);
    return out + "<button type=\"reset\">" + std::string(Bilingual{"Atur ulang", "Reset"}.in(language)) +
           "</button></form>\n";
}

std::string errors_section(const AuditReport& report, Language language) {
    constexpr std::size_t listed = 20; // of a kind before the rest is folded away
    std::map<std::string, Failure> failures;
    std::size_t all = 0;
    for (const AuditEntry& entry : report.entries) {
        if (entry.error) {
            Failure& failure = failures[entry.error->message(language)];
            failure.advice = entry.error->advice(language);
            failure.paths.push_back(entry.path);
            ++all;
        }
    }
    if (failures.empty()) {
        return {};
    }
    const auto item = [](const std::string& path) { return "<li><bdi>" + html(path) + "</bdi></li>"; };
    std::string out = "<section class=\"errors\" aria-labelledby=\"errors\"><h2 id=\"errors\">" +
                      std::string(Bilingual{"Tidak terperiksa: ", "Not checked: "}.in(language)) +
                      grouped_digits(all, language) + "</h2><p>" +
                      std::string(Bilingual{"Berkas ini tidak dapat dinilai, jadi tidak boleh dianggap aman.",
                                            "Nothing is known about these files: do not take them for safe."}
                                      .in(language)) +
                      "</p>";
    for (const auto& [message, failure] : failures) {
        out += "<div class=\"kind\"><h3>" + html(message) + " (" + grouped_digits(failure.paths.size(), language) +
               ")</h3><p class=\"small\">→ " + html(failure.advice) + "</p><ul class=\"small\">";
        for (std::size_t i = 0; i < failure.paths.size(); ++i) {
            if (i == listed) {
                out += "</ul><details><summary>" + grouped_digits(failure.paths.size() - listed, language) +
                       std::string(Bilingual{" lagi", " more"}.in(language)) + "</summary><ul class=\"small\">";
            }
            out += item(failure.paths[i]);
        }
        out += std::string("</ul>") + (failure.paths.size() > listed ? "</details>" : "") + "</div>";
    }
    return out + "</section>\n";
}

std::string plain_table(const AuditReport& report, Language language) {
    std::string out = "<div class=\"scroll\"><table class=\"numbers\"><thead><tr>";
    for (const Bilingual title : {Bilingual{"Berkas", "File"}, Bilingual{"Hasil", "Verdict"},
                                  Bilingual{"Temuan", "Findings"}, Bilingual{"Hari", "Day"}}) {
        out += "<th scope=\"col\">" + std::string(title.in(language)) + "</th>";
    }
    out += "</tr></thead><tbody>\n";
    for (const AuditEntry& entry : report.entries) {
        if (entry.error) {
            continue; // told in a section of their own
        }
        out += "<tr><td><bdi>" + html(entry.path) + "</bdi></td><td>" +
               std::string(words_of(entry.verdict).in(language)) + "</td><td><ul class=\"plain\">";
        for (const AuditFinding& found : entry.findings) {
            out += finding_item(found, entry.pages, language);
        }
        for (const std::string& text : unread_texts(entry, language)) {
            out += "<li>" + html(text) + "</li>";
        }
        for (const std::string& reason : entry.reasons) {
            out += "<li>" + html(reason) + "</li>";
        }
        out += "</ul></td><td>" + day_of(entry) + "</td></tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

} // namespace saring::output
