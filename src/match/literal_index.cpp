#include "match/literal_index.hpp"

#include <algorithm>
#include <stdexcept>

namespace saring::match {

void LiteralIndex::Grams::add(std::uint32_t gram, std::uint32_t number) {
    if (filter.empty()) {
        filter.resize(bits / 64);
    }
    const std::size_t bit = bit_of(gram);
    filter[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
    literals[gram].push_back(number);
}

std::uint32_t LiteralIndex::add(std::string_view literal) {
    if (literal.size() < least) {
        throw std::invalid_argument("a literal of the index needs two bytes at least");
    }
    const auto [known, is_new] =
        numbers_.try_emplace(std::string(literal), static_cast<std::uint32_t>(literals_.size()));
    if (!is_new) {
        return known->second;
    }
    const std::size_t length = std::min(literal.size(), longest_gram);
    Grams& grams = grams_[length - least];
    std::size_t best_offset = 0;
    std::size_t fewest = SIZE_MAX;
    std::uint32_t best_gram = 0;
    for (std::size_t offset = 0; offset + length <= literal.size(); ++offset) {
        std::uint32_t gram = 0;
        for (const char c : literal.substr(offset, length)) {
            gram = gram << 8 | static_cast<unsigned char>(c);
        }
        const auto found = grams.literals.find(gram);
        const std::size_t sharing = found == grams.literals.end() ? 0 : found->second.size();
        if (sharing < fewest) {
            fewest = sharing;
            best_offset = offset;
            best_gram = gram;
        }
    }
    grams.add(best_gram, known->second);
    literals_.push_back({std::string(literal), best_offset});
    return known->second;
}

} // namespace saring::match
