// Two contents are alike when their pictures differ in few of 63 bits and their wordings in few of 64. Look alone would
// not do: at this coarseness all letters on white paper look the same.
//
// Few differing bits leave some band of bits untouched: of `most + 1` bands at least one is equal (pigeonhole). So only
// pairs that share a band of the picture are compared, and where these are many, only those that share a band of the
// wording too. Pairs are joined by union-find (Tarjan 1975), the smaller index being the root.
//
// Limits: a chain of copies of copies is one group even if its ends differ; a picture that is turned or strongly
// cropped looks different; a few short words, one of them misread, read different.
#include "audit/near_duplicates.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace saring::audit {
namespace {

// Bits, of 63 and 64. Measured on 24 drawn samples in six forms each: as they are, JPEG 50, 70 % size, as a messenger
// sends them, 2 % cropped all round, 5 % off the bottom. Of 9,936 pairs of different samples none is alike or grouped.
// Pairs of one sample that are alike: 21 to 23 of 24 between forms that are not cropped, 14 of 24 between those and 2 %
// cropped (11 for the messenger's), 6 or 7 of 24 with 5 % off: it is the picture's hash that a crop turns. With 8 bits
// of the picture 27 pairs of different samples would be alike: 15 in scripts of which no word was read, 12 of two
// letters that read nearly alike. The bounds were chosen on these same samples.
constexpr int most_of_picture = 6;
constexpr int most_of_wording = 12;
constexpr unsigned hash_bits = 64;
constexpr unsigned picture_bands = most_of_picture + 1;
constexpr unsigned wording_bands = most_of_wording + 1;

// Items. So few are sooner compared each with each than sorted thirteen times more.
constexpr std::size_t few = 4096;

class Groups {
public:
    explicit Groups(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

    std::size_t root(std::size_t i) {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        const auto [low, high] = std::minmax({root(a), root(b)}); // by value: root() gives temporaries
        parent_[high] = low;
    }

private:
    std::vector<std::size_t> parent_;
};

// The bits of one of `count` bands, each about 64 / count wide.
std::uint64_t band(std::uint64_t bits, unsigned index, unsigned count) {
    const unsigned from = hash_bits * index / count;
    const unsigned width = hash_bits * (index + 1) / count - from;
    return bits >> from & ((std::uint64_t{1} << width) - 1);
}

struct Item {
    std::uint64_t key = 0;
    std::size_t index = 0;
    Appearance appearance; // here too, since looking it up would take longer than comparing
};

// Joins all that are alike.
void join_all(std::span<const Item> items, Groups& groups) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = i + 1; j < items.size(); ++j) {
            if (alike(items[i].appearance, items[j].appearance)) {
                groups.join(items[i].index, items[j].index);
            }
        }
    }
}

// Sorts by a key of the appearance and works on all that share one.
template <class Key, class Work> void for_each_bucket(std::span<Item> items, const Key& key, const Work& work) {
    for (Item& item : items) {
        item.key = key(item.appearance);
    }
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
    for (auto from = items.begin(); from != items.end();) {
        const auto to = std::find_if(from, items.end(), [&](const Item& item) { return item.key != from->key; });
        work(std::span<Item>(from, to));
        from = to;
    }
}

// Joins those that are alike among items that share a band of the picture.
void join_near(std::span<Item> items, Groups& groups) {
    if (items.size() <= few) {
        join_all(items, groups);
        return;
    }
    for (unsigned w = 0; w < wording_bands; ++w) {
        for_each_bucket(
            items, [&](const Appearance& one) { return band(one.wording, w, wording_bands); },
            [&](std::span<const Item> bucket) { join_all(bucket, groups); });
    }
}

// Items of one appearance are joined at once; the first of each stands for the others from there on, so that a thousand
// exact likes are not a million pairs.
std::vector<std::size_t> distinct(std::span<const Appearance> all, Groups& groups) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].picture != 0) {
            order.push_back(i);
        }
    }
    const auto key = [&](std::size_t i) { return std::pair(all[i].picture, all[i].wording); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::vector<std::size_t> firsts;
    for (const std::size_t i : order) {
        if (!firsts.empty() && key(firsts.back()) == key(i)) {
            groups.join(firsts.back(), i);
        } else {
            firsts.push_back(i);
        }
    }
    return firsts;
}

} // namespace

bool alike(const Appearance& a, const Appearance& b) {
    return std::popcount(a.wording ^ b.wording) <= most_of_wording &&
           std::popcount(a.picture ^ b.picture) <= most_of_picture && a.picture != 0 && b.picture != 0 &&
           (a.wording == 0) == (b.wording == 0);
}

std::vector<std::size_t> group_alike(std::span<const Appearance> all) {
    Groups groups(all.size());
    std::vector<Item> items;
    for (const std::size_t first : distinct(all, groups)) {
        items.push_back({0, first, all[first]});
    }
    for (unsigned p = 0; p < picture_bands; ++p) {
        for_each_bucket(
            std::span(items), [&](const Appearance& one) { return band(one.picture, p, picture_bands); },
            [&](std::span<Item> bucket) { join_near(bucket, groups); });
    }
    std::vector<std::size_t> out(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        out[i] = groups.root(i);
    }
    return out;
}

} // namespace saring::audit
