// Terms are compared with windows of tokens, packed: "S A N G A T rahasia", "sangat-rahasia" and "SANGATRAHASIA" all
// pack to the same letters, so spacing, dots, hyphens and line ends cost nothing. A window begins and ends with a
// token, which keeps "secret" out of "secretary". Readers' confusions are folded into a skeleton; beyond that, long
// terms may differ by an edit or two, short ones not at all ("RAHASIA" and a state insurer's "RAHARJA" are two edits
// apart).
#include "match/matcher.hpp"

#include "match/normalise.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace saring::match {
namespace {

constexpr std::size_t most_window_tokens = 9;   // words of the longest phrase and a few pieces more
constexpr std::size_t most_spaced_letters = 48; // tokens of one or two letters in a spaced-out phrase
constexpr std::size_t one_edit_from = 7;        // letters
constexpr std::size_t two_edits_from = 12;
constexpr float edit_cost = 0.12F;     // of confidence, for each edit
constexpr float skeleton_cost = 0.03F; // of confidence, where signs had to be taken for letters

struct Window {
    std::size_t first = 0; // tokens
    std::size_t last = 0;  // one behind
    std::string packed;
};

std::size_t letters_of(std::string_view text) { return text.size(); }

int allowed_edits(const Rule& rule, const Term& term) {
    if (rule.edits >= 0) {
        return rule.edits;
    }
    const std::size_t length = letters_of(term.packed);
    return length >= two_edits_from ? 2 : length >= one_edit_from ? 1 : 0;
}

// Levenshtein distance, given up beyond `most`.
int distance(std::string_view a, std::string_view b, int most) {
    const auto length_gap = static_cast<int>(a.size()) - static_cast<int>(b.size());
    if (std::abs(length_gap) > most) {
        return most + 1;
    }
    std::vector<int> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = static_cast<int>(j);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        int best = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int cost = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = row[j];
            row[j] = cost;
            best = std::min(best, cost);
        }
        if (best > most) {
            return most + 1;
        }
    }
    return row[b.size()];
}

bool is_paragraph_break(const Token& a, const Token& b) { return b.line > a.line + 1; }

// All windows that begin at `first` and pack to at most `longest` letters.
template <typename Visit>
void windows_at(const std::vector<Token>& tokens, std::size_t first, std::size_t longest, Visit visit) {
    std::string packed_text;
    std::size_t long_tokens = 0;
    for (std::size_t last = first; last < tokens.size() && last - first < most_spaced_letters; ++last) {
        if (last > first && is_paragraph_break(tokens[last - 1], tokens[last])) {
            return;
        }
        constexpr std::size_t spaced = 2;
        long_tokens += tokens[last].folded.size() > spaced ? 1 : 0;
        if (long_tokens > most_window_tokens) {
            return;
        }
        packed_text += tokens[last].folded;
        if (packed_text.size() > longest) {
            return;
        }
        visit(Window{first, last + 1, packed_text});
    }
}

struct Comparison {
    bool matches = false;
    int edits = 0;
    bool by_skeleton = false;
};

Comparison compare(const Window& window, const std::string& window_skeleton, const Term& term, int edits) {
    if (window.packed == term.packed) {
        return {true, 0, false};
    }
    if (window_skeleton == term.skeleton) {
        // A short word may only match by skeleton when a sign really stands for a letter in it: "secret" from "5ecret".
        const bool has_sign =
            std::any_of(window.packed.begin(), window.packed.end(), [](char c) { return c < 'a' || c > 'z'; });
        return {has_sign || letters_of(term.packed) >= one_edit_from, 0, true};
    }
    if (edits == 0) {
        return {};
    }
    const int found = distance(window_skeleton, term.skeleton, edits);
    return {found <= edits, found, true};
}

// Of a fuzzy match, neither the first nor the last letter may be the one that differs when the word is short: it would
// join words that merely rhyme.
float confidence_of(const std::vector<Token>& tokens, const Window& window, const Comparison& how) {
    float sum = 0;
    float weight = 0;
    for (std::size_t i = window.first; i < window.last; ++i) {
        const auto length = static_cast<float>(tokens[i].folded.size());
        sum += tokens[i].confidence * length;
        weight += length;
    }
    const float read = weight > 0 ? sum / weight : 0;
    return std::clamp(read - edit_cost * static_cast<float>(how.edits) - (how.by_skeleton ? skeleton_cost : 0.0F), 0.0F,
                      1.0F);
}

bool is_in_place(const NormalText& text, std::span<const Line> lines, const Window& window, Place place) {
    const auto& tokens = text.tokens;
    const Token& first = tokens[window.first];
    const Token& last = tokens[window.last - 1];
    switch (place) {
    case Place::anywhere: return true;
    case Place::capitals: {
        return std::all_of(
            tokens.begin() + static_cast<std::ptrdiff_t>(window.first),
            tokens.begin() + static_cast<std::ptrdiff_t>(window.last), [&](const Token& token) {
                const bool letterless =
                    std::all_of(token.folded.begin(), token.folded.end(), [](char c) { return c < 'a' || c > 'z'; });
                if (token.capitals || letterless) {
                    return true;
                }
                // A reader's small l among capitals is a capital I.
                const std::string_view source(lines[static_cast<std::size_t>(token.line)].text.data() + token.begin,
                                              token.end - token.begin);
                const auto small =
                    std::count_if(source.begin(), source.end(), [](char c) { return c >= 'a' && c <= 'z'; });
                const auto small_l =
                    std::count_if(source.begin(), source.end(), [](char c) { return c == 'l' || c == 'i'; });
                const auto capital =
                    std::count_if(source.begin(), source.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
                return small == small_l && capital >= small;
            });
    }
    case Place::alone:
    case Place::label: {
        // Letters of other tokens on the first and last line of the match.
        std::size_t before = 0;
        std::size_t behind = 0;
        for (std::size_t i = text.first_token[static_cast<std::size_t>(first.line)]; i < window.first; ++i) {
            before += tokens[i].folded.size();
        }
        for (std::size_t i = window.last; i < text.first_token[static_cast<std::size_t>(last.line) + 1]; ++i) {
            behind += tokens[i].folded.size();
        }
        constexpr std::size_t stray = 2; // letters of dirt beside a stamp
        if (before <= stray && behind <= stray) {
            return true;
        }
        const bool ends_label = last.after == '-' || last.after == ':' || last.after == '/' || behind == 0;
        const std::string_view rest(lines[static_cast<std::size_t>(last.line)].text.data() + last.end,
                                    lines[static_cast<std::size_t>(last.line)].text.size() - last.end);
        const bool dash_follows =
            rest.starts_with(" - ") || rest.starts_with(" – ") || rest.starts_with(": ") || rest.starts_with(" : ");
        return place == Place::label && before <= stray && (ends_label || dash_follows);
    }
    }
    return false;
}

// Whether one of the rule's harmless phrases stands on the match's own line and holds or touches the match.
bool is_excused(const NormalText& text, const Rule& rule, const Token& first, const Token& last) {
    for (int line = first.line; line <= last.line; ++line) {
        const FoldedLine& folded_line = text.lines[static_cast<std::size_t>(line)];
        for (const std::string& phrase : rule.unless) {
            for (std::size_t at = folded_line.text.find(phrase); at != std::string::npos;
                 at = folded_line.text.find(phrase, at + 1)) {
                const std::size_t begin = folded_line.source[at];
                const std::size_t end = folded_line.source[at + phrase.size()];
                const std::size_t match_begin = line == first.line ? first.begin : 0;
                const std::size_t match_end = line == last.line ? last.end : std::string::npos;
                if (begin < match_end && match_begin < end) {
                    return true;
                }
            }
        }
    }
    return false;
}

bool has_near(const NormalText& text, const Rule& rule) {
    return rule.near.empty() || std::any_of(rule.near.begin(), rule.near.end(), [&](const std::string& word) {
               return std::any_of(text.lines.begin(), text.lines.end(),
                                  [&](const FoldedLine& line) { return line.text.find(word) != std::string::npos; });
           });
}

Match match_of(std::span<const Line> lines, const std::vector<Token>& tokens, const Rule& rule, const Window& window,
               const Comparison& how) {
    Match match;
    match.rule = &rule;
    match.edits = how.edits;
    match.confidence = confidence_of(tokens, window, how);
    for (std::size_t i = window.first; i < window.last; ++i) {
        const Token& token = tokens[i];
        if (match.spans.empty() || match.spans.back().line != token.line) {
            match.spans.push_back({token.line, token.begin, token.end});
        } else {
            match.spans.back().end = token.end;
        }
    }
    for (const LineSpan& span : match.spans) {
        match.text += (match.text.empty() ? "" : " ") +
                      lines[static_cast<std::size_t>(span.line)].text.substr(span.begin, span.end - span.begin);
    }
    return match;
}

void find_terms(const NormalText& text, std::span<const Line> lines, const Rule& rule, std::vector<Match>& out) {
    std::size_t longest = 0;
    for (const Term& term : rule.terms) {
        longest = std::max(longest, term.packed.size() + 3);
    }
    for (std::size_t first = 0; first < text.tokens.size(); ++first) {
        std::optional<std::pair<Window, Comparison>> best;
        windows_at(text.tokens, first, longest, [&](Window window) {
            const std::string window_skeleton = skeleton(window.packed);
            for (const Term& term : rule.terms) {
                const int edits = allowed_edits(rule, term);
                if (std::abs(static_cast<int>(window_skeleton.size()) - static_cast<int>(term.skeleton.size())) >
                    edits) {
                    continue;
                }
                const Comparison how = compare(window, window_skeleton, term, edits);
                const bool better =
                    !best || how.edits < best->second.edits ||
                    (how.edits == best->second.edits && window.packed.size() > best->first.packed.size());
                if (how.matches && better) {
                    best = {window, how};
                }
            }
        });
        if (!best) {
            continue;
        }
        const Window& window = best->first;
        const Comparison& how = best->second;
        const bool placed = std::any_of(rule.places.begin(), rule.places.end(),
                                        [&](Place place) { return is_in_place(text, lines, window, place); });
        if (placed && !is_excused(text, rule, text.tokens[window.first], text.tokens[window.last - 1])) {
            out.push_back(match_of(lines, text.tokens, rule, window, how));
        }
    }
}

void find_patterns(const NormalText& text, std::span<const Line> lines, const Rule& rule, std::vector<Match>& out) {
    for (std::size_t i = 0; i < text.lines.size(); ++i) {
        const FoldedLine& line = text.lines[i];
        for (const auto& pattern : rule.patterns) {
            std::size_t from = 0;
            re2::StringPiece found;
            while (from <= line.text.size() &&
                   pattern->Match(line.text, from, line.text.size(), re2::RE2::UNANCHORED, &found, 1)) {
                const auto at = static_cast<std::size_t>(found.data() - line.text.data());
                from = at + std::max<std::size_t>(1, found.size());
                Match match;
                match.rule = &rule;
                match.spans.push_back({static_cast<int>(i), line.source[at], line.source[at + found.size()]});
                const Line& source = lines[i];
                match.text = source.text.substr(match.spans[0].begin, match.spans[0].end - match.spans[0].begin);
                match.confidence = source.confidence;
                Token place;
                place.line = static_cast<int>(i);
                place.begin = match.spans[0].begin;
                place.end = match.spans[0].end;
                if (!match.text.empty() && !is_excused(text, rule, place, place)) {
                    out.push_back(std::move(match));
                }
            }
        }
    }
}

bool overlap(const Match& a, const Match& b) {
    return std::any_of(a.spans.begin(), a.spans.end(), [&](const LineSpan& s) {
        return std::any_of(b.spans.begin(), b.spans.end(),
                           [&](const LineSpan& t) { return s.line == t.line && s.begin < t.end && t.begin < s.end; });
    });
}

std::size_t length_of(const Match& match) {
    std::size_t sum = 0;
    for (const LineSpan& span : match.spans) {
        sum += span.end - span.begin;
    }
    return sum;
}

template <typename Better, typename Same> void keep_best(std::vector<Match>& matches, Better better, Same same) {
    std::stable_sort(matches.begin(), matches.end(), better);
    std::vector<Match> kept;
    for (Match& match : matches) {
        const bool told = std::any_of(kept.begin(), kept.end(),
                                      [&](const Match& other) { return same(other, match) && overlap(other, match); });
        if (!told) {
            kept.push_back(std::move(match));
        }
    }
    matches = std::move(kept);
}

// Of one rule's matches on the same words, the exact one tells where it stands. Of several rules with the same meaning,
// the longest match tells the most: "SANGAT RAHASIA" hides "RAHASIA" in it.
std::vector<Match> reduced(std::vector<Match> matches) {
    keep_best(
        matches,
        [](const Match& a, const Match& b) {
            return a.edits != b.edits ? a.edits < b.edits : length_of(a) > length_of(b);
        },
        [](const Match& a, const Match& b) { return a.rule == b.rule; });
    keep_best(
        matches,
        [](const Match& a, const Match& b) {
            return length_of(a) != length_of(b) ? length_of(a) > length_of(b) : a.rule->severity > b.rule->severity;
        },
        [](const Match& a, const Match& b) { return a.rule->category == b.rule->category; });
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return std::pair(a.spans[0].line, a.spans[0].begin) < std::pair(b.spans[0].line, b.spans[0].begin);
    });
    return matches;
}

void find_rule(const NormalText& text, std::span<const Line> lines, const Rule& rule, std::vector<Match>& out) {
    if (has_near(text, rule)) {
        find_terms(text, lines, rule, out);
        find_patterns(text, lines, rule, out);
    }
}

} // namespace

std::vector<Match> Matcher::find(std::span<const Line> lines) const {
    const NormalText text = normalise(lines);
    std::vector<Match> out;
    for (const RulePack& pack : packs_) {
        for (const Rule& rule : pack.rules) {
            find_rule(text, lines, rule, out);
        }
    }
    return reduced(std::move(out));
}

bool finds(const Rule& rule, std::string_view text) {
    const std::vector<Line> lines = lines_of_text(text);
    std::vector<Match> out;
    find_rule(normalise(lines), lines, rule, out);
    return !out.empty();
}

std::vector<Line> lines_of_text(std::string_view text) {
    std::vector<Line> lines;
    std::size_t code_points = 0;
    const auto add_word = [&](std::string_view word, std::size_t length) {
        Word out;
        out.text = word;
        out.confidence = 1;
        out.span = {code_points - length, code_points};
        Line& line = lines.back();
        line.text += (line.text.empty() ? "" : " ") + out.text;
        line.words.push_back(std::move(out));
    };
    const auto new_line = [&] {
        lines.emplace_back();
        lines.back().engine = "plain";
        lines.back().confidence = 1;
    };
    new_line();
    std::size_t word_begin = 0;
    std::size_t word_length = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : '\n';
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
        if (!blank) {
            if (word_length == 0 && (i == 0 || word_begin > i)) {
                word_begin = i;
            }
            if ((c & 0xC0) != 0x80) {
                ++code_points;
                ++word_length;
            }
            continue;
        }
        if (i > word_begin && word_length > 0) {
            add_word(text.substr(word_begin, i - word_begin), word_length);
        }
        word_begin = i + 1;
        word_length = 0;
        if (i < text.size()) {
            ++code_points;
        }
        if (c == '\n' && i < text.size()) {
            new_line();
        }
    }
    return lines;
}

} // namespace saring::match
