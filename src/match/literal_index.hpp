// Many literals in one pass over a text: the prefilter of terms and patterns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace saring::match {

// Finds every place of every literal. A literal is found by one gram of two to four of its bytes, the one that the other
// literals use least; what the text costs beyond that depends on how many literals share the grams that it holds.
class LiteralIndex {
public:
    static constexpr std::size_t least = 2; // bytes of a literal

    // Returns the literal's number, the same for the same bytes. Throws std::invalid_argument below `least` bytes.
    std::uint32_t add(std::string_view literal);

    [[nodiscard]] std::size_t size() const { return literals_.size(); }

    // Calls visit(number, position) for every place of every literal, ordered by where their grams stand.
    template <typename Visit> void scan(std::string_view text, Visit visit) const {
        std::uint32_t four = 0; // the last four bytes
        for (std::size_t i = 0; i < text.size(); ++i) {
            four = four << 8 | static_cast<unsigned char>(text[i]);
            for (std::size_t length = least; length <= longest_gram && length <= i + 1; ++length) {
                const std::uint32_t gram = four & mask(length);
                const Grams& grams = grams_[length - least];
                if (!grams.may_have(gram)) {
                    continue;
                }
                const auto found = grams.literals.find(gram);
                if (found == grams.literals.end()) {
                    continue;
                }
                for (const std::uint32_t number : found->second) {
                    const Literal& literal = literals_[number];
                    const std::size_t gram_begin = i + 1 - length;
                    if (gram_begin >= literal.offset &&
                        text.substr(gram_begin - literal.offset, literal.bytes.size()) == literal.bytes) {
                        visit(number, gram_begin - literal.offset);
                    }
                }
            }
        }
    }

private:
    static constexpr std::size_t longest_gram = 4;

    struct Literal {
        std::string bytes;
        std::size_t offset = 0; // of its gram
    };

    struct Grams {
        static constexpr std::size_t bits = 1U << 18U;
        std::vector<std::uint64_t> filter; // a bit for each hashed gram; empty where there are none
        std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> literals;

        static std::size_t bit_of(std::uint32_t gram) { return gram * 2654435761U >> 14U; }
        [[nodiscard]] bool may_have(std::uint32_t gram) const {
            const std::size_t bit = bit_of(gram);
            return !filter.empty() && (filter[bit >> 6U] >> (bit & 63U) & 1U) != 0;
        }
        void add(std::uint32_t gram, std::uint32_t number);
    };

    static constexpr std::uint32_t mask(std::size_t length) {
        return length >= longest_gram ? 0xFFFFFFFFU : (1U << 8U * static_cast<std::uint32_t>(length)) - 1;
    }

    std::vector<Literal> literals_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::array<Grams, longest_gram - least + 1> grams_;
};

} // namespace saring::match
