#include "output/office_lists.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace saring::output {
namespace {

constexpr int most_value = 9999; // beyond it "numbers" are codes or years

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

int roman_digit(char c) {
    switch (c) {
    case 'i': return 1;
    case 'v': return 5;
    case 'x': return 10;
    case 'l': return 50;
    case 'c': return 100;
    default: return 0;
    }
}

std::string roman(int value) {
    constexpr std::array<std::pair<int, std::string_view>, 9> signs{
        {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
    std::string out;
    for (const auto& [worth, sign] : signs) {
        for (; value >= worth; value -= worth) {
            out += sign;
        }
    }
    return out;
}

// 0 for what is no well-formed number.
int roman_value(const std::string& lower) {
    int value = 0;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const int digit = roman_digit(lower[i]);
        const int next = i + 1 < lower.size() ? roman_digit(lower[i + 1]) : 0;
        value += digit < next ? -digit : digit;
    }
    return value > 0 && value < 400 && roman(value) == lower ? value : 0;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

// Letters alone: a single one counts as itself unless it goes on a roman count or begins one with "i".
void count_letters(Marker& marker, std::string_view letters, const Marker* previous) {
    const bool upper = is_upper(letters.front());
    const std::string lower = lowered(letters);
    const auto roman_kind = upper ? Numbering::upper_roman : Numbering::lower_roman;
    const auto letter_kind = upper ? Numbering::upper_letter : Numbering::lower_letter;
    const int as_roman = roman_value(lower);
    const bool goes_on_roman = previous != nullptr && previous->numbering == roman_kind;
    const bool goes_on_letters =
        previous != nullptr && previous->numbering == letter_kind && previous->value == 'h' - 'a' + 1;
    if (as_roman > 0 && (lower.size() > 1 || goes_on_roman || (lower == "i" && !goes_on_letters))) {
        marker.numbering = roman_kind;
        marker.value = as_roman;
    } else if (lower.size() == 1) {
        marker.numbering = letter_kind;
        marker.value = lower.front() - 'a' + 1;
    }
}

bool is_bullet(std::string_view marker) {
    constexpr std::array<std::string_view, 16> bullets{"•", "●", "○", "◦", "▪", "■", "□", "–",
                                                       "—", "-", "*", "·", "►", "➢", "✓", "o"};
    return std::ranges::find(bullets, marker) != bullets.end();
}

bool only_signs(std::string_view text, std::string_view signs) {
    return text.find_first_not_of(signs) == std::string_view::npos;
}

// The last run of digits or letters counts; what stands before it is kept as it is.
void take_apart(Marker& marker, std::string_view text, const Marker* previous) {
    const auto counts = [](char c) { return is_digit(c) || is_lower(c) || is_upper(c); };
    const auto last = std::find_if(text.rbegin(), text.rend(), counts);
    if (last == text.rend()) {
        return;
    }
    const auto end = static_cast<std::size_t>(text.rend() - last);
    std::size_t begin = end - 1;
    const bool digits = is_digit(text[begin]);
    while (begin > 0 && counts(text[begin - 1]) && is_digit(text[begin - 1]) == digits) {
        --begin;
    }
    const std::string_view core = text.substr(begin, end - begin);
    marker.prefix = text.substr(0, begin);
    marker.suffix = text.substr(end);
    if (!only_signs(marker.suffix, ".):") || (!marker.prefix.empty() && !only_signs(marker.prefix, "(.0123456789"))) {
        return;
    }
    if (!digits) {
        count_letters(marker, core, previous);
        return;
    }
    int value = 0;
    const auto [stop, error] = std::from_chars(core.data(), core.data() + core.size(), value);
    const bool padded = core.size() > 1 && core.front() == '0';
    if (error == std::errc{} && stop == core.data() + core.size() && value <= most_value && !padded) {
        marker.numbering = Numbering::decimal;
        marker.value = value;
    }
}

ListLevel measured(const text::Block& item, const Marker& marker, const Extent& column, double scale) {
    constexpr double least_hanging = 14; // points: "1." and a gap
    constexpr double most_hanging = 54;
    const double size = std::max(8.0, size_of(item.lines, scale));
    float text_left = item.box.right;
    for (const text::DocumentLine& line : item.lines) {
        text_left = std::min(text_left, line.box.left);
    }
    const bool placed = item.marker_word.box.width() > 0;
    const float marker_left = placed ? item.marker_word.box.left : item.box.left;
    const auto signs =
        std::ranges::count_if(item.marker, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80; });
    const double needed = size * (0.6 * static_cast<double>(signs) + 0.4);
    const double hanging = std::clamp(std::round((text_left - marker_left) * scale), least_hanging, most_hanging);
    const double most_left = (column.right - column.left) * scale / 2;
    ListLevel level{marker, 0, std::max(hanging, std::min(needed, most_hanging))};
    level.left =
        std::clamp(std::round((text_left - column.left) * scale), level.hanging, std::max(level.hanging, most_left));
    return level;
}

// Follows the items of a document and says which list each belongs to.
class Tracker {
public:
    explicit Tracker(ListPlan& plan) : plan_(plan) {}

    void take(const text::Block& item, const Extent& column, double scale) {
        const int level = std::clamp(item.level, 0, list_levels - 1);
        const auto at = static_cast<std::size_t>(level);
        const Marker marker = parse_marker(item.marker, last_[at] ? &*last_[at] : nullptr);
        if (!continues(marker, at)) {
            plan_.lists.emplace_back();
            last_.fill(std::nullopt);
        }
        std::optional<ListLevel>& shape = plan_.lists.back().levels[at];
        shape = shape ? shape : measured(item, marker, column, scale);
        last_[at] = marker;
        std::fill(last_.begin() + level + 1, last_.end(), std::nullopt); // deeper levels begin again
        plan_.places[&item] = {plan_.lists.size() - 1, level, marker.value};
    }

private:
    [[nodiscard]] bool continues(const Marker& marker, std::size_t level) const {
        if (plan_.lists.empty()) {
            return false;
        }
        const std::optional<ListLevel>& shape = plan_.lists.back().levels[level];
        if (!last_[level]) { // the first on this level below its parent
            const bool below = level > 0 && last_[level - 1];
            return below && (!shape || (shape->marker.alike(marker) && shape->marker.value == marker.value));
        }
        const bool counts = marker.numbering != Numbering::bullet && marker.numbering != Numbering::literal;
        return shape->marker.alike(marker) && (!counts || marker.value == last_[level]->value + 1);
    }

    ListPlan& plan_;
    std::array<std::optional<Marker>, list_levels> last_; // of the current list
};

} // namespace

bool Marker::alike(const Marker& other) const {
    return numbering == other.numbering && prefix == other.prefix && suffix == other.suffix && text == other.text;
}

Marker parse_marker(std::string_view text, const Marker* previous) {
    Marker marker;
    if (text.empty() || is_bullet(text)) {
        marker.numbering = Numbering::bullet;
        marker.text = text.empty() || text == "*" || text == "·" ? "•" : text;
        return marker;
    }
    take_apart(marker, text, previous);
    if (marker.numbering == Numbering::literal) {
        marker = {Numbering::literal, 1, "", "", std::string(text)};
    }
    return marker;
}

ListPlan plan_lists(const std::vector<Flow>& flows, const std::vector<PageShape>& shapes) {
    ListPlan plan;
    Tracker tracker(plan);
    for (const Flow& flow : flows) {
        for (std::size_t i = 0; i < flow.blocks.size(); ++i) {
            if (flow.blocks[i]->kind == text::BlockKind::list_item) {
                tracker.take(*flow.blocks[i], flow.columns[flow.places[i]], shapes[flow.page].scale);
            }
        }
    }
    return plan;
}

} // namespace saring::output
