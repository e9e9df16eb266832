#include "match/verdict.hpp"

#include "saring/sha256.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace saring::match {
namespace {

Quad around(std::span<const Word> words) {
    // The words of one line run in one direction: the first word's left edge to the last word's right edge.
    const Quad& first = words.front().quad;
    const Quad& last = words.back().quad;
    if (words.size() == 1) {
        return first;
    }
    const float turn = std::abs(std::remainder(angle(first), 90.0F));
    constexpr float level = 3; // degrees: upright boxes give the tightest quad
    if (turn > level) {
        return {{{first.corners[0], last.corners[1], last.corners[2], first.corners[3]}}};
    }
    Quad out = first;
    const auto& c = first.corners;
    const bool along_x = std::abs(c[1].x - c[0].x) > std::abs(c[1].y - c[0].y);
    Box box = bounding_box(first);
    for (const Word& word : words) {
        const Box b = bounding_box(word.quad);
        box = {std::min(box.left, b.left), std::min(box.top, b.top), std::max(box.right, b.right),
               std::max(box.bottom, b.bottom)};
    }
    const bool forwards = along_x ? c[1].x > c[0].x : c[1].y > c[0].y;
    const std::array<Point, 4> corners = quad_of(box).corners;
    const std::size_t start = along_x ? (forwards ? 0 : 2) : (forwards ? 1 : 3);
    for (std::size_t i = 0; i < 4; ++i) {
        out.corners[i] = corners[(start + i) % 4];
    }
    return out;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// The text around a span, cut where a line is very long.
std::string context_of(const std::string& line, const LineSpan& span) {
    constexpr std::size_t reach = 160; // bytes on either side
    std::size_t begin = span.begin - std::min(span.begin, reach);
    std::size_t end = std::min(line.size(), span.end + reach);
    const auto within_letter = [&](std::size_t at) { return at < line.size() && (line[at] & 0xC0) == 0x80; };
    while (within_letter(begin)) {
        ++begin;
    }
    while (within_letter(end)) {
        ++end;
    }
    return (begin > 0 ? "…" : "") + line.substr(begin, end - begin) + (end < line.size() ? "…" : "");
}

Bilingual unread_reason(UnreadReason reason) {
    switch (reason) {
    case UnreadReason::low_confidence:
        return {"Ada tulisan yang tidak terbaca dengan yakin.",
                "There is writing that could not be read with certainty."};
    case UnreadReason::unsupported_script:
        return {"Ada tulisan dalam aksara yang tidak dapat dibaca.",
                "There is writing in a script that cannot be read."};
    case UnreadReason::time_limit:
        return {"Waktu habis sebelum semua tulisan terbaca.", "Time ran out before all writing was read."};
    case UnreadReason::not_rendered:
        return {"Sebagian isi berkas tidak dapat ditampilkan, jadi tidak diperiksa.",
                "A part of the file could not be shown and was not checked."};
    }
    return {};
}

std::string advice_of(const Rule& rule, Language language) {
    const Bilingual ask{" Tanyakan kepada: ", " Ask: "};
    return rule.advice.in(language) + (rule.ask.empty() ? "" : std::string(ask.in(language)) + rule.ask + ".");
}

void add_reason(ScanResult& result, std::string reason) {
    if (std::find(result.reasons.begin(), result.reasons.end(), reason) == result.reasons.end()) {
        result.reasons.push_back(std::move(reason));
    }
}

} // namespace

const std::vector<std::size_t>& FindingMaker::word_begins(std::size_t line) {
    std::vector<std::size_t>& begins = word_begins_[line];
    if (begins.empty()) {
        std::size_t at = 0;
        for (const Word& word : lines_[line].words) {
            const std::size_t found = lines_[line].text.find(word.text, at);
            begins.push_back(found == std::string::npos ? at : found);
            at = begins.back() + word.text.size();
        }
        begins.push_back(at);
    }
    return begins;
}

std::span<const Word> FindingMaker::touched(const LineSpan& span) {
    const auto line = static_cast<std::size_t>(span.line);
    const std::vector<std::size_t>& begins = word_begins(line);
    const std::vector<Word>& words = lines_[line].words;
    const auto after = std::lower_bound(begins.begin(), begins.end() - 1, span.end);
    const auto last = static_cast<std::size_t>(after - begins.begin());
    const auto from = std::upper_bound(begins.begin(), begins.end() - 1, span.begin);
    std::size_t first = static_cast<std::size_t>(from - begins.begin());
    if (first > 0 && begins[first - 1] + words[first - 1].text.size() > span.begin) {
        --first;
    }
    return first < last ? std::span(words).subspan(first, last - first) : std::span<const Word>{};
}

// The span of a match in the plain text: from its first word's place, offset by what of the word comes before it.
TextSpan FindingMaker::text_span(const Match& match) {
    const auto place = [&](const LineSpan& span, bool at_end) {
        const std::span<const Word> words = touched(span);
        if (words.empty()) {
            return std::size_t{0};
        }
        const Word& word = at_end ? words.back() : words.front();
        const auto line = static_cast<std::size_t>(span.line);
        const std::size_t begin = word_begins(line)[static_cast<std::size_t>(&word - lines_[line].words.data())];
        const std::size_t in_line = at_end ? span.end : span.begin;
        const std::size_t within = std::min(in_line > begin ? in_line - begin : 0, word.text.size());
        return word.span.begin + code_points(std::string_view(word.text).substr(0, within));
    };
    return {place(match.spans.front(), false), place(match.spans.back(), true)};
}

Finding FindingMaker::make(const Match& match) {
    const Rule& rule = *match.rule;
    Finding out;
    out.rule = rule.id;
    out.category = rule.category;
    out.severity = match.severity;
    out.title = rule.title.in(language_);
    out.advice = advice_of(rule, language_);
    out.match = match.text;
    out.page = page_;
    out.confidence = match.confidence;
    out.blocks = match.blocks;
    for (const LineSpan& span : match.spans) {
        out.context +=
            (out.context.empty() ? "" : " ") + context_of(lines_[static_cast<std::size_t>(span.line)].text, span);
        const std::span<const Word> words = touched(span);
        if (page_ && !words.empty()) {
            out.quads.push_back(around(words));
        }
    }
    if (shown_) {
        out.line_spans = match.spans;
    }
    if (!page_) {
        out.span = text_span(match);
    }
    return out;
}

Finding finding_of_metadata(const Rule& rule, const std::string& what, Language language) {
    Finding out;
    out.rule = rule.id;
    out.category = rule.category;
    out.severity = rule.severity;
    out.title = rule.title.in(language);
    out.advice = advice_of(rule, language);
    out.match = what;
    out.confidence = 1;
    out.blocks = rule.severity >= Severity::high;
    return out;
}

void drop_repeated(std::vector<Finding>& findings) {
    const auto same_place = [](const Finding& a, const Finding& b) {
        if (a.page != b.page || a.category != b.category) {
            return false;
        }
        return std::any_of(a.quads.begin(), a.quads.end(), [&](const Quad& p) {
            return std::any_of(b.quads.begin(), b.quads.end(), [&](const Quad& q) {
                const Box x = bounding_box(p);
                const Box y = bounding_box(q);
                return intersection_area(x, y) > 0.4F * std::min(x.area(), y.area());
            });
        });
    };
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        if (a.severity != b.severity && a.blocks == b.blocks) {
            return a.severity > b.severity;
        }
        return a.blocks != b.blocks ? a.blocks : a.confidence > b.confidence;
    });
    std::vector<Finding> kept;
    for (Finding& finding : findings) {
        const auto told =
            std::find_if(kept.begin(), kept.end(), [&](const Finding& other) { return same_place(other, finding); });
        if (told == kept.end()) {
            kept.push_back(std::move(finding));
        } else if (told->line_spans.empty() && told->rule == finding.rule) {
            told->line_spans = finding.line_spans; // so that a report can mask the place on the page's own lines
        }
    }
    findings = std::move(kept);
}

void sign(std::vector<Finding>& findings, const std::string& file_sha256, const std::string& key) {
    for (Finding& finding : findings) {
        std::string place =
            finding.rule + '\n' + file_sha256 + '\n' + (finding.page ? std::to_string(*finding.page) : "-");
        for (const Quad& quad : finding.quads) {
            const Point p = centre(quad);
            place += '\n' + std::to_string(std::lround(p.x)) + ',' + std::to_string(std::lround(p.y));
        }
        if (finding.span) {
            place += '\n' + std::to_string(finding.span->begin) + '-' + std::to_string(finding.span->end);
        }
        constexpr std::size_t digits = 32;
        finding.fingerprint = hmac_sha256(key, place).substr(0, digits);
    }
}

Verdict verdict_on(const Finding& finding) {
    return finding.blocks ? Verdict::block : finding.severity >= Severity::medium ? Verdict::review : Verdict::safe;
}

void judge(ScanResult& result, Language language) {
    result.verdict = Verdict::safe;
    const auto raise = [&](Verdict verdict) { result.verdict = std::max(result.verdict, verdict); };
    for (const Finding& finding : result.findings) {
        raise(verdict_on(finding));
    }
    for (const Page& page : result.pages) {
        for (const UnreadRegion& region : page.unread) {
            raise(Verdict::review);
            add_reason(result, std::string(unread_reason(region.reason).in(language)));
        }
        if (page.error) {
            raise(Verdict::review);
            add_reason(result, page.error->message(language));
        }
    }
}

} // namespace saring::match
