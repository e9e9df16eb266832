// Terms that stand in a row: who names two levels of secrecy explains them, a mark names one.
#pragma once

#include "match/normalise.hpp"
#include "match/phrase_index.hpp"
#include "match/rule_pack.hpp"
#include "match/surroundings.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace saring::match {

// A place of an item of a cue's enumeration.
struct Item {
    std::uint32_t cue = 0;
    const Enumeration* enumeration = nullptr;
    std::uint32_t phrase = 0;
    Window window;
};

// The places where two different items are joined, from the first one's begin to the second's end. `items` are ordered
// by their first tokens.
std::vector<Item> joined_items(std::span<const Item> items, const NormalText& text);

// The items as phrases: a level beside a level may be misread from six letters on, elsewhere from seven.
Phrase item_of(Phrase phrase);

} // namespace saring::match
