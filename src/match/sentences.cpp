#include "match/sentences.hpp"

#include "match/noise.hpp"
#include "match/plain_text.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace saring::match {
namespace {

std::string decoded(const std::string& text) {
    icu::UnicodeString out;
    const icu::UnicodeString all = icu::UnicodeString::fromUTF8(text);
    for (int i = 0; i < all.length(); ++i) {
        constexpr int hex_digits = 4;
        constexpr int hexadecimal = 16;
        if (all[i] == u'\\' && i + 1 < all.length() && all[i + 1] == u'n') {
            out.append(u'\n');
            ++i;
        } else if (all[i] == u'\\' && i + 1 + hex_digits < all.length() && all[i + 1] == u'u') {
            std::string digits;
            all.tempSubString(i + 2, hex_digits).toUTF8String(digits);
            out.append(static_cast<char16_t>(std::strtoul(digits.c_str(), nullptr, hexadecimal)));
            i += 1 + hex_digits;
        } else {
            out.append(all[i]);
        }
    }
    std::string utf8;
    return out.toUTF8String(utf8);
}

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> out(1);
    for (const char c : line) {
        if (c == '\t') {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

using Scores = std::map<std::pair<std::string, std::string>, SentenceScore>;

SentenceScore& of(Scores& scores, const Sentence& sentence) {
    return scores[{sentence.flag ? "flag" : "clean", sentence.category}];
}

} // namespace

std::vector<Sentence> read_sentences(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::vector<Sentence> out;
    std::string line;
    std::size_t number = 0;
    const auto fail = [&](const std::string& why) {
        throw Error(ErrorCode::read_failed, "rules", file.string() + ":" + std::to_string(number) + ": " + why);
    };
    while (std::getline(stream, line)) {
        ++number;
        const std::vector<std::string> fields = fields_of(line);
        constexpr std::size_t columns = 6;
        if (fields.size() != columns) {
            fail("there must be six columns: expect, category, severity, language, kind, text");
        }
        if (number == 1) {
            continue;
        }
        const auto severity = severity_from(fields[2]);
        const bool flag = fields[0] == "flag";
        if ((!flag && fields[0] != "clean") || (flag && !severity)) {
            fail("a line begins with flag or clean, its category and its severity");
        }
        out.push_back({flag, fields[1], severity.value_or(Severity::low), decoded(fields[columns - 1])});
    }
    if (number == 0) {
        fail("cannot be read, or is empty");
    }
    return out;
}

bool is_right(const Sentence& sentence, const std::vector<Match>& found) {
    if (!sentence.flag) {
        return found.empty();
    }
    const bool near = std::any_of(found.begin(), found.end(), [&](const Match& match) {
        return name_of(match.rule->category) == sentence.category &&
               std::abs(static_cast<int>(match.severity) - static_cast<int>(sentence.severity)) <= 1;
    });
    const bool told =
        std::any_of(found.begin(), found.end(), [](const Match& match) { return match.severity >= Severity::medium; });
    return near && (told || sentence.severity == Severity::low);
}

Scores score(const Matcher& matcher, const std::vector<Sentence>& sentences) {
    Scores out;
    for (const Sentence& sentence : sentences) {
        SentenceScore& total = of(out, sentence);
        ++total.all;
        total.right += is_right(sentence, matcher.find(lines_of_text(sentence.text))) ? 1 : 0;
    }
    return out;
}

Scores score_misread(const Matcher& matcher, const std::vector<Sentence>& sentences, double noise, std::uint32_t seed,
                     int tries) {
    Scores out;
    for (const Sentence& sentence : sentences) {
        const bool quiet = !sentence.flag && !matcher.find(lines_of_text(sentence.text)).empty();
        for (int i = 0; i < tries; ++i) {
            const std::string misread = with_noise(sentence.text, noise, seed++);
            SentenceScore& total = of(out, sentence);
            ++total.all;
            total.right += quiet || is_right(sentence, matcher.find(lines_of_text(misread))) ? 1 : 0;
        }
    }
    return out;
}

} // namespace saring::match
