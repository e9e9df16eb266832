#include "audit/near_duplicates.hpp"
#include "match/wording.hpp"
#include "support.hpp"

#include <algorithm>
#include <bit>
#include <random>
#include <set>

using namespace saring;
using namespace saring::audit;

namespace {

Page page_of(const std::vector<std::string>& lines) {
    Page page;
    for (const std::string& text : lines) {
        Line line;
        line.text = text;
        page.lines.push_back(line);
    }
    return page;
}

std::uint64_t wording(const std::vector<std::string>& lines) {
    const std::vector pages{page_of(lines)};
    return match::wording_of(pages);
}

// The groups as the definition has them.
std::vector<std::size_t> by_each_with_each(const std::vector<Appearance>& all) {
    std::vector<std::size_t> out(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        out[i] = i;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (alike(all[i], all[j]) && out[i] != out[j]) {
                const auto [low, high] = std::minmax({out[i], out[j]});
                std::replace(out.begin(), out.end(), high, low);
            }
        }
    }
    return out;
}

} // namespace

TEST_CASE("pictures that look alike are of one group only if they read alike") {
    const Appearance letter{0xF0F0F0F0F0F0F0F, 0x123456789ABCDEF0};
    CHECK(alike(letter, {letter.picture ^ 0b111, letter.wording ^ 0b111}));
    CHECK_FALSE(alike(letter, {letter.picture, ~letter.wording}));
    CHECK_FALSE(alike(letter, {~letter.picture >> 1, letter.wording}));
    CHECK_FALSE(alike(letter, {letter.picture, 0})); // one with words, one without
    CHECK(alike({letter.picture, 0}, {letter.picture, 0}));
    CHECK_FALSE(alike({0, letter.wording}, {0, letter.wording})); // what has no picture is like nothing
}

TEST_CASE("groups are the same as by comparing each with each, in any order") {
    std::mt19937_64 random(11);
    std::vector<Appearance> all;
    for (int i = 0; i < 300; ++i) {
        const Appearance one{random() >> 1, i % 5 == 0 ? 0 : random()};
        all.push_back(one);
        for (std::uint64_t copy = random() % 4; copy > 0; --copy) {
            Appearance other = one;
            for (int bit = 0; bit < 7; ++bit) { // some within, some beyond what counts as alike
                other.picture ^= std::uint64_t{1} << random() % 63;
                other.wording ^= one.wording == 0 ? 0 : std::uint64_t{1} << random() % 64;
            }
            all.push_back(other);
        }
    }
    const std::vector<std::size_t> plain = by_each_with_each(all);
    CHECK(group_alike(all) == plain);
    std::reverse(all.begin(), all.end());
    const std::vector<std::size_t> reversed = group_alike(all);
    const std::size_t last = all.size() - 1;
    for (std::size_t i = 0; i < all.size(); i += 3) {
        for (std::size_t j = 0; j < i; j += 2) {
            REQUIRE((plain[i] == plain[j]) == (reversed[last - i] == reversed[last - j]));
        }
    }
}

TEST_CASE("groups are right where thousands of pictures look alike, as pages full of text do") {
    std::mt19937_64 random(12);
    std::vector<Appearance> all;
    for (int i = 0; i < 4500; ++i) {
        Appearance page{0x5A5A5A5A5A5A5A5A ^ std::uint64_t{1} << random() % 8, random()};
        if (i % 3 == 1) { // as near to the last as may be, or one bit further
            page.wording = all.back().wording ^ (0xFFFULL << random() % 52);
            page.wording ^= std::uint64_t(i % 2) << 63;
        }
        all.push_back(page);
    }
    const std::vector<std::size_t> groups = group_alike(all);
    CHECK(groups == by_each_with_each(all));
    CHECK(std::set<std::size_t>(groups.begin(), groups.end()).size() < all.size());
}

TEST_CASE("the wording of a text does not depend on order, case or line breaks, and little on a misread word") {
    const std::vector<std::string> letter{"KEMENTERIAN Contoh Republik", "undangan rapat koordinasi anggaran",
                                          "bersama seluruh kepala bagian", "pembahasan rencana kegiatan triwulan",
                                          "harap membawa laporan masing-masing"};
    std::vector<std::string> misread = letter;
    misread[3] = "pembahasan rencana kegiatam triwulan";
    CHECK(wording(letter) == wording({"undangan rapat KOORDINASI", "anggaran kementerian contoh republik", letter[4],
                                      letter[3], letter[2]}));
    CHECK(std::popcount(wording(letter) ^ wording(misread)) <= 8);
    CHECK(std::popcount(wording(letter) ^ wording({"daftar belanja minggu depan", "gula kopi beras minyak goreng",
                                                   "telur ayam bawang merah putih"})) > 16);
    CHECK(wording({"a 12 bc", "3201"}) == 0);
    CHECK(wording({"ÉCOLE Über straße"}) == wording({"école über STRAßE"}));
}
