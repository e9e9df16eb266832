// The table holds confusions that Tesseract and CTC readers make on print and handwriting: signs of one shape (0 O, 1 l
// I), strokes joined or parted (rn m, cl d, vv w), strokes lost (c e, h b, t f).
#include "match/noise.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace saring::match {
namespace {

struct Confusion {
    char sign;
    std::array<std::string_view, 4> readings; // empty ones are not used
};

constexpr std::array<Confusion, 50> confusions{{
    {'a', {"o", "e", "4", "s"}},  {'b', {"h", "6", "lo", ""}}, {'c', {"e", "o", "", ""}},   {'d', {"cl", "a", "o", ""}},
    {'e', {"c", "o", "3", "a"}},  {'f', {"t", "l", "", ""}},   {'g', {"q", "9", "y", ""}},  {'h', {"b", "n", "li", ""}},
    {'i', {"l", "1", "j", "!"}},  {'j', {"i", ";", "", ""}},   {'k', {"lc", "h", "x", ""}}, {'l', {"1", "i", "I", "t"}},
    {'m', {"rn", "n", "nn", ""}}, {'n', {"m", "u", "h", "r"}}, {'o', {"0", "c", "a", "e"}}, {'p', {"n", "o", "q", ""}},
    {'q', {"g", "9", "", ""}},    {'r', {"n", "v", "t", ""}},  {'s', {"5", "z", "8", ""}},  {'t', {"f", "l", "r", ""}},
    {'u', {"n", "v", "ii", ""}},  {'v', {"u", "y", "r", ""}},  {'w', {"vv", "v", "", ""}},  {'x', {"k", "z", "", ""}},
    {'y', {"v", "g", "", ""}},    {'z', {"2", "s", "", ""}},   {'A', {"4", "R", "H", ""}},  {'B', {"8", "R", "E", ""}},
    {'C', {"G", "(", "O", ""}},   {'D', {"O", "0", "B", ""}},  {'E', {"F", "B", "L", ""}},  {'G', {"C", "6", "", ""}},
    {'H', {"N", "M", "K", ""}},   {'I', {"l", "1", "T", "!"}}, {'K', {"X", "R", "H", ""}},  {'L', {"I", "1", "", ""}},
    {'M', {"N", "H", "W", ""}},   {'N', {"M", "H", "", ""}},   {'O', {"0", "Q", "D", "C"}}, {'R', {"K", "A", "B", ""}},
    {'S', {"5", "8", "", ""}},    {'T', {"I", "7", "F", ""}},  {'U', {"V", "O", "", ""}},   {'0', {"O", "o", "D", "8"}},
    {'1', {"l", "I", "7", "i"}},  {'2', {"Z", "z", "", ""}},   {'5', {"S", "s", "6", ""}},  {'6', {"b", "G", "8", ""}},
    {'8', {"B", "3", "6", ""}},   {'9', {"g", "q", "4", ""}},
}};

} // namespace

std::string with_noise(std::string_view text, double share, std::uint32_t seed) {
    std::mt19937 random(seed); // its numbers are fixed by the standard, those of distributions are not
    std::string out;
    for (const char c : text) {
        const auto* found =
            std::find_if(confusions.begin(), confusions.end(), [&](const Confusion& row) { return row.sign == c; });
        const bool wrong = static_cast<double>(random()) < share * static_cast<double>(std::mt19937::max());
        const auto choice = static_cast<std::uint32_t>(random());
        if (found == confusions.end() || !wrong) {
            out += c;
            continue;
        }
        const auto known = static_cast<std::uint32_t>(std::count_if(found->readings.begin(), found->readings.end(),
                                                                    [](auto reading) { return !reading.empty(); }));
        out += found->readings.at(choice % known);
    }
    return out;
}

} // namespace saring::match
