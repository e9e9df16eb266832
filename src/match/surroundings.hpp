// What stands around a match: its place on the page, its words, the cues and labels near it.
#pragma once

#include "match/normalise.hpp"
#include "match/phrase_index.hpp"
#include "match/rule_pack.hpp"
#include "saring/finding.hpp"
#include "saring/page.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace saring::match {

// A run of tokens.
struct Window {
    std::size_t first = 0;
    std::size_t last = 0; // one behind
};

// One flow of lines with all that the rules ask about it. Lines and text are borrowed and must outlive it.
class Surroundings {
public:
    Surroundings(std::span<const Line> lines, const NormalText& text);

    // Cues by their number, harmless phrases by their rule, phrases that the allowlist holds.
    void add_cue(std::uint32_t cue, Window window, bool misread = false) { cues_.push_back({cue, window, misread}); }
    void add_excuse(std::uint32_t rule, const Hit& hit) {
        excuses_.push_back({rule, {hit.first, hit.last}, !hit.exact});
    }
    void add_allowed(const Hit& hit) { allowed_.push_back({0, {hit.first, hit.last}, !hit.exact}); }

    // To be called when all of the above are known.
    void sort();

    // One span for each line that the window touches.
    [[nodiscard]] std::vector<LineSpan> spans(Window window) const;

    // The tokens that spans touch.
    [[nodiscard]] Window window(const std::vector<LineSpan>& spans) const;

    // The spans' text as read, joined by blanks.
    [[nodiscard]] std::string source(const std::vector<LineSpan>& spans) const;

    // Mean confidence of the tokens, weighted by their letters.
    [[nodiscard]] float confidence(Window window) const;

    // Whether a phrase of the allowlist touches the window.
    [[nodiscard]] bool is_allowed(Window window) const;

    // The harmless phrase of the rule that touches the window.
    [[nodiscard]] std::optional<Window> excuse(std::size_t rule, Window window) const;

    // Whether a cue stands near enough. Where `apart`, words of the match itself are none; nor are they ever read as a
    // cue that they only resemble.
    [[nodiscard]] bool is_near(const Cue& cue, std::size_t number, Window window, bool apart) const;

    // Whether a cue ends right before the window, on its line or the one above.
    [[nodiscard]] bool is_labelled(std::size_t cue, Window window) const;

    // Whether the window stands where the place says.
    [[nodiscard]] bool is_at(Window window, Place place) const;

private:
    // A window that belongs to a rule or a cue.
    struct Owned {
        std::size_t owner = 0;
        Window window;
        bool misread = false; // only like the phrase
    };

    template <typename Accept>
    static std::optional<Window> find_between(const std::vector<Owned>& all, std::size_t owner, std::size_t from,
                                              std::size_t to, Accept accept);
    [[nodiscard]] const Line& line(int index) const { return lines_[static_cast<std::size_t>(index)]; }
    [[nodiscard]] std::size_t letters_before(Window window) const;
    [[nodiscard]] std::size_t letters_behind(Window window) const;
    [[nodiscard]] bool is_in_capitals(Window window) const;
    [[nodiscard]] bool is_emphasised(Window window) const;
    [[nodiscard]] bool is_label(Window window) const;
    [[nodiscard]] bool is_in_part(int index, bool upper) const;

    std::span<const Line> lines_;
    const NormalText& text_;
    std::vector<Owned> cues_;
    std::vector<Owned> excuses_;
    std::vector<Owned> allowed_;
    float top_ = 0;
    float bottom_ = 0;
    float usual_height_ = 0;
};

} // namespace saring::match
