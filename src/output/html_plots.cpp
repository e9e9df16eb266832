#include "output/html_plots.hpp"

#include "output/html_text.hpp"
#include "output/shown_text.hpp"
#include "output/wording.hpp"
#include "output/xml.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace saring::output {
namespace {

constexpr double width = 360;     // of a plot, in units of its view box; the page scales it
constexpr double row_height = 36; // a line of words and a bar below
constexpr double bar_height = 12;
constexpr std::size_t most_rows = 10;
constexpr std::size_t most_signs = 48; // of a label before it is cut
constexpr std::size_t most_columns = 36;

struct Part {
    const char* kind; // class of the style sheet
    std::uint64_t count;
};

struct Row {
    std::string label;
    std::string value; // what the filter takes
    std::vector<Part> parts;

    [[nodiscard]] std::uint64_t sum() const {
        std::uint64_t out = 0;
        for (const Part& part : parts) {
            out += part.count;
        }
        return out;
    }
};

std::string text_in(Language language, std::string_view indonesian, std::string_view english) {
    return std::string(Bilingual{indonesian, english}.in(language));
}

std::string rect(double x, double y, double w, double h, const char* kind) {
    return "<rect class=\"" + std::string(kind) + "\" x=\"" + decimal(x) + "\" y=\"" + decimal(y) + "\" width=\"" +
           decimal(w) + "\" height=\"" + decimal(h) + "\"/>";
}

std::vector<Part> parts_of(const AuditCounts& counts) {
    return {{"block", counts.block}, {"review", counts.review}, {"failed", counts.failed}};
}

// The end of a long label says more than its beginning: folders differ there.
std::string cut(std::string_view text, bool keep_end) {
    const std::string shown = shown_words(text);
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if ((shown[i] & 0xC0) != 0x80) {
            begins.push_back(i);
        }
    }
    if (begins.size() <= most_signs) {
        return shown;
    }
    return keep_end ? "…" + shown.substr(begins[begins.size() - most_signs + 1])
                    : shown.substr(0, begins[most_signs - 1]) + "…";
}

std::string bars(const std::vector<Row>& rows, const char* field, Language language) {
    std::uint64_t most = 1;
    for (const Row& row : rows) {
        most = std::max(most, row.sum());
    }
    const bool folders = std::string_view(field) == "folder";
    std::string out = "<svg viewBox=\"0 0 " + decimal(width) + " " +
                      decimal(row_height * static_cast<double>(rows.size())) + "\" role=\"img\" aria-label=\"" +
                      text_in(language, "Diagram batang; angkanya ada di bawah", "Bar chart; its numbers stand below") +
                      "\">";
    double y = 0;
    for (const Row& row : rows) {
        out += "<g data-field=\"" + std::string(field) + "\" data-value=\"" + html(row.value) + "\"><title>" +
               html(row.label) + "</title><text x=\"0\" y=\"" + decimal(y + 13) + "\">" +
               html(cut(row.label, folders)) + "</text><text class=\"soft\" x=\"" + decimal(width) + "\" y=\"" +
               decimal(y + 13) + "\" text-anchor=\"end\">" + grouped_digits(row.sum(), language) + "</text>";
        double x = 0;
        for (const Part& part : row.parts) {
            const double w = width * static_cast<double>(part.count) / static_cast<double>(most);
            out += part.count > 0 ? rect(x, y + 18, w, bar_height, part.kind) : std::string();
            x += w;
        }
        out += "</g>";
        y += row_height;
    }
    return out + "</svg>";
}

std::string columns(const std::vector<Row>& rows, Language language) {
    constexpr double height = 150;
    constexpr double floor = 126; // below stand the names
    constexpr double top = 14;
    std::uint64_t most = 1;
    for (const Row& row : rows) {
        most = std::max(most, row.sum());
    }
    const double step = width / static_cast<double>(std::max<std::size_t>(rows.size(), 6));
    const std::size_t label_every = 1 + rows.size() / 7; // "2026-08" takes the room of seven signs
    std::string out =
        "<svg viewBox=\"0 0 " + decimal(width) + " " + decimal(height) + "\" role=\"img\" aria-label=\"" +
        text_in(language, "Diagram kolom; angkanya ada di bawah", "Column chart; its numbers stand below") +
        "\"><text class=\"soft\" x=\"0\" y=\"10\">" + grouped_digits(most, language) + "</text>";
    double x = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out += "<g><title>" + html(rows[i].label) + ": " + grouped_digits(rows[i].sum(), language) + "</title>";
        double y = floor;
        for (const Part& part : rows[i].parts) {
            const double h = (floor - top) * static_cast<double>(part.count) / static_cast<double>(most);
            y -= h;
            out += part.count > 0 ? rect(x + step * 0.1, y, step * 0.8, h, part.kind) : std::string();
        }
        out += "</g>";
        if (i % label_every == 0) {
            out += "<text class=\"soft\" x=\"" + decimal(x + step * 0.1) + "\" y=\"144\">" + html(rows[i].label) +
                   "</text>";
        }
        x += step;
    }
    return out + "<line x1=\"0\" x2=\"" + decimal(width) + "\" y1=\"126.5\" y2=\"126.5\" stroke=\"#8a94a3\"/></svg>";
}

Bilingual name_of_part(std::string_view kind) {
    if (kind == "failed") {
        return {"Tidak terperiksa", "Not checked"};
    }
    return words_of(kind == "block" ? Verdict::block : Verdict::review);
}

std::string numbers(const std::vector<Row>& rows, bool by_verdict, Language language) {
    std::string out = "<details><summary>" + text_in(language, "Sebagai angka", "As numbers") +
                      "</summary><table class=\"numbers\"><thead><tr><th scope=\"col\"></th>";
    if (by_verdict) {
        for (const char* kind : {"block", "review", "failed"}) {
            out += "<th scope=\"col\">" + std::string(name_of_part(kind).in(language)) + "</th>";
        }
    } else {
        out += "<th scope=\"col\">" + text_in(language, "Temuan", "Findings") + "</th>";
    }
    out += "</tr></thead><tbody>";
    for (const Row& row : rows) {
        out += "<tr><td>" + html(row.label) + "</td>";
        for (const Part& part : row.parts) {
            out += "<td>" + grouped_digits(part.count, language) + "</td>";
        }
        out += "</tr>";
    }
    return out + "</tbody></table></details>";
}

std::vector<Row> folder_rows(const AuditReport& report) {
    std::vector<Row> rows;
    for (const auto& [folder, counts] : report.folders) {
        rows.push_back({folder.empty() ? "." : folder, folder, parts_of(counts)});
    }
    std::erase_if(rows, [](const Row& row) { return row.sum() == 0; });
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.sum() > b.sum(); });
    rows.resize(std::min(rows.size(), most_rows));
    return rows;
}

// By month, or by year where there are too many months for their columns.
std::vector<Row> time_rows(const AuditReport& report) {
    constexpr std::size_t year = 4; // signs of "2026-08"
    std::map<std::string, AuditCounts> counts;
    for (const auto& [month, count] : report.months) {
        AuditCounts& sum = counts[report.months.size() > most_columns ? month.substr(0, year) : month];
        sum.block += count.block;
        sum.review += count.review;
        sum.failed += count.failed;
    }
    std::vector<Row> rows;
    for (const auto& [time, count] : counts) {
        rows.push_back({time, time, parts_of(count)});
    }
    if (rows.size() > most_columns) {
        rows.erase(rows.begin(), rows.end() - most_columns);
    }
    const bool nothing = std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.sum() == 0; });
    return nothing ? std::vector<Row>() : rows;
}

std::vector<Row> rule_rows(const AuditReport& report) {
    std::map<std::string, Row> rules;
    for (const AuditEntry& entry : report.entries) {
        for (const AuditFinding& found : entry.findings) {
            if (found.decision == Decision::open) {
                Row& row = rules[found.finding.rule];
                row.label = found.finding.title;
                row.value = found.finding.rule;
                row.parts.resize(1, {"bar", 0});
                ++row.parts[0].count;
            }
        }
    }
    std::vector<Row> rows;
    for (auto& [rule, row] : rules) {
        rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.sum() > b.sum(); });
    rows.resize(std::min(rows.size(), most_rows));
    return rows;
}

std::string section(std::string_view title, const std::string& plot, const std::string& table) {
    return "<section><h2>" + std::string(title) + "</h2>" + plot + table + "</section>\n";
}

} // namespace

std::string totals_bar(const AuditCounts& counts, Language language) {
    constexpr double length = 1000;
    constexpr double least = 6; // three bad files of a hundred thousand are seen too
    const std::array<Part, 4> parts{
        {{"block", counts.block}, {"review", counts.review}, {"failed", counts.failed}, {"safe", counts.safe}}};
    double sum = 0;
    std::array<double, 4> lengths{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto files = static_cast<double>(std::max<std::uint64_t>(counts.files, 1));
        lengths[i] = parts[i].count == 0 ? 0 : std::max(least, length * static_cast<double>(parts[i].count) / files);
        sum += lengths[i];
    }
    std::string out =
        "<svg class=\"stack\" viewBox=\"0 0 1000 22\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
        text_in(language, "Bagian tiap hasil", "Share of each verdict") + "\">";
    double x = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double w = sum > 0 ? lengths[i] * length / sum : 0;
        out += w > 0 ? rect(x, 0, w, 22, parts[i].kind) : std::string();
        x += w;
    }
    return out + "</svg>";
}

std::string plots(const AuditReport& report, Language language) {
    std::string out;
    const std::vector<Row> folders = folder_rows(report);
    if (!folders.empty()) {
        out += section(text_in(language, "Per folder", "By folder"), bars(folders, "folder", language),
                       numbers(folders, true, language));
    }
    const std::vector<Row> times = time_rows(report);
    if (!times.empty()) {
        out += section(text_in(language, "Per bulan", "By month"), columns(times, language),
                       numbers(times, true, language));
    }
    const std::vector<Row> rules = rule_rows(report);
    if (!rules.empty()) {
        out += section(text_in(language, "Per aturan", "By rule"), bars(rules, "rule", language),
                       numbers(rules, false, language));
    }
    return out.empty() ? out : "<div class=\"plots\">\n" + out + "</div>\n";
}

} // namespace saring::output
