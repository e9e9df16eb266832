#include "text/beam_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace saring::text {
namespace {

// Measured by scripts/train/measure_decoding.py on lines that neither model was trained on.
constexpr float language_weight = 0.4F; // of the letter model's logarithm
constexpr float sign_bonus = 0.6F;      // for every sign, so that the letter model does not prefer short texts
constexpr std::size_t beam_width = 12;
constexpr float least_score = -7; // of a sign, for it to be tried
constexpr float never = -1e9F;

float log_sum(float a, float b) {
    const float most = std::max(a, b);
    return most + std::log1p(std::exp(std::min(a, b) - most));
}

// A line begins as after a blank.
LetterModel::Context beginning(const LetterModel& letters) {
    LetterModel::Context out;
    (void)letters.advance(out, ' ');
    return out;
}

char letter_of(int sign, std::string_view alphabet) {
    const auto at = static_cast<std::size_t>(sign) - 1;
    return at < alphabet.size() ? alphabet[at] : '.';
}

class Search {
public:
    Search(const cv::Mat& scores, std::string_view alphabet, const LetterModel& letters)
        : scores_(scores), alphabet_(alphabet), letters_(letters) {
        prefixes_.push_back({});
        prefixes_[0].context = beginning(letters_);
        beam_.push_back({0, 0, never});
    }

    // The signs of the most likely text.
    std::vector<int> run() {
        for (int t = 0; t < scores_.rows; ++t) {
            step(t);
        }
        const auto best = std::max_element(beam_.begin(), beam_.end(),
                                           [&](const State& a, const State& b) { return total(a) < total(b); });
        std::vector<int> out;
        for (std::size_t at = best->prefix; at != 0; at = prefixes_[at].before) {
            out.push_back(prefixes_[at].sign);
        }
        std::reverse(out.begin(), out.end());
        return out;
    }

private:
    struct Prefix {
        std::size_t before = 0; // the text without its last sign
        int sign = 0;
        float language = 0; // what the letter model thinks of all of it
        LetterModel::Context context;
    };

    struct State {
        std::size_t prefix = 0;
        float blank = never; // likelihood of the paths that end with a blank
        float sign = never;  // … with the prefix' last sign
    };

    [[nodiscard]] float total(const State& state) const {
        return log_sum(state.blank, state.sign) + prefixes_[state.prefix].language;
    }

    std::size_t longer(std::size_t prefix, int sign) {
        const std::uint64_t key = (static_cast<std::uint64_t>(prefix) << 8) | static_cast<std::uint64_t>(sign);
        const auto [at, fresh] = children_.try_emplace(key, prefixes_.size());
        if (fresh) {
            Prefix next;
            next.before = prefix;
            next.sign = sign;
            next.context = prefixes_[prefix].context;
            const float likelihood = letters_.advance(next.context, letter_of(sign, alphabet_));
            next.language = prefixes_[prefix].language + language_weight * likelihood + sign_bonus;
            prefixes_.push_back(next);
        }
        return at->second;
    }

    State& following(std::size_t prefix) {
        const auto [at, fresh] = places_.try_emplace(prefix, next_.size());
        if (fresh) {
            next_.push_back({prefix, never, never});
        }
        return next_[at->second];
    }

    void step(int t) {
        const auto* row = scores_.ptr<float>(t);
        signs_.clear();
        for (int k = 1; k < scores_.cols; ++k) {
            if (row[k] > least_score) {
                signs_.push_back(k);
            }
        }
        next_.clear();
        places_.clear();
        for (const State& state : beam_) {
            const float both = log_sum(state.blank, state.sign);
            State& same = following(state.prefix);
            same.blank = log_sum(same.blank, both + row[0]);
            for (const int k : signs_) {
                const bool again = state.prefix != 0 && prefixes_[state.prefix].sign == k;
                if (again) {
                    State& held = following(state.prefix);
                    held.sign = log_sum(held.sign, state.sign + row[k]);
                }
                const float from = again ? state.blank : both; // a sign twice needs a blank between
                if (from > never / 2) {
                    State& more = following(longer(state.prefix, k));
                    more.sign = log_sum(more.sign, from + row[k]);
                }
            }
        }
        const std::size_t kept = std::min(beam_width, next_.size());
        std::partial_sort(next_.begin(), next_.begin() + static_cast<std::ptrdiff_t>(kept), next_.end(),
                          [&](const State& a, const State& b) { return total(a) > total(b); });
        next_.resize(kept);
        std::swap(beam_, next_);
    }

    const cv::Mat& scores_;
    std::string_view alphabet_;
    const LetterModel& letters_;
    std::vector<Prefix> prefixes_; // the first is the empty text
    std::unordered_map<std::uint64_t, std::size_t> children_;
    std::vector<State> beam_;
    std::vector<State> next_;
    std::unordered_map<std::size_t, std::size_t> places_; // of prefixes in next_
    std::vector<int> signs_;
};

// Where each sign stands out most, on the best path that writes them all (Viterbi).
std::vector<DecodedSign> aligned(const cv::Mat& scores, const std::vector<int>& signs) {
    const std::size_t states = 2 * signs.size() + 1; // blank, sign, blank, …, blank
    const auto frames = static_cast<std::size_t>(scores.rows);
    std::vector<float> best(states, never);
    std::vector<std::uint8_t> steps(frames * states); // how many states back the best path comes from
    const auto class_of = [&](std::size_t state) { return state % 2 == 0 ? 0 : signs[state / 2]; };
    for (std::size_t t = 0; t < frames; ++t) {
        const auto* row = scores.ptr<float>(static_cast<int>(t));
        for (std::size_t s = states; s-- > 0;) {
            float from = t == 0 && s > 1 ? never : best[s];
            if (t == 0 && s <= 1) {
                from = 0;
            }
            const bool may_skip = s > 1 && s % 2 == 1 && signs[s / 2] != signs[s / 2 - 1];
            for (std::size_t back = 1; t > 0 && back <= (may_skip ? 2U : 1U) && back <= s; ++back) {
                if (best[s - back] > from) {
                    from = best[s - back];
                    steps[t * states + s] = static_cast<std::uint8_t>(back);
                }
            }
            best[s] = std::max(never, from + row[class_of(s)]);
        }
    }
    std::vector<DecodedSign> out(signs.size());
    std::vector<float> most(signs.size(), never);
    std::size_t s = states > 1 && best[states - 2] > best[states - 1] ? states - 2 : states - 1;
    for (std::size_t t = frames; t-- > 0;) {
        if (s % 2 == 1) {
            const float score = scores.at<float>(static_cast<int>(t), class_of(s));
            if (score > most[s / 2]) {
                most[s / 2] = score;
                out[s / 2] = {class_of(s), static_cast<int>(t), 0};
            }
        }
        s -= steps[t * states + s];
    }
    return out;
}

} // namespace

std::vector<DecodedSign> decode(const cv::Mat& scores, std::string_view alphabet, const LetterModel& letters) {
    std::vector<DecodedSign> out = aligned(scores, Search(scores, alphabet, letters).run());
    LetterModel::Context context = beginning(letters);
    for (DecodedSign& sign : out) {
        sign.language = letters.advance(context, letter_of(sign.sign, alphabet));
    }
    return out;
}

} // namespace saring::text
