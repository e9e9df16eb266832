#include "text/letter_model.hpp"

#include "image/load.hpp"
#include "saring/error.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <span>
#include <string_view>

namespace saring::text {
namespace {

constexpr std::string_view kind = "SLM1";
constexpr std::uint32_t signs = 29; // blank, a to z, a digit, another mark
constexpr std::size_t longest = 6;  // so that keys fit 32 bits
constexpr float step = 1.0F / 16;   // of a quantised logarithm

std::uint32_t sign_of(char c) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::uint32_t digit = signs - 2;
    if (c == ' ') {
        return 0;
    }
    if (byte < 0x80 && std::isalpha(byte) != 0) {
        return static_cast<std::uint32_t>(std::tolower(byte) - 'a') + 1;
    }
    return byte < 0x80 && std::isdigit(byte) != 0 ? digit : digit + 1;
}

// Takes little-endian numbers from the front; all are nought behind the end.
class Source {
public:
    explicit Source(std::span<const std::byte> bytes) : rest_(bytes) {}

    std::uint8_t byte() {
        if (rest_.empty()) {
            is_whole_ = false;
            return 0;
        }
        const auto out = std::to_integer<std::uint8_t>(rest_.front());
        rest_ = rest_.subspan(1);
        return out;
    }

    std::uint32_t number() {
        std::uint32_t out = 0;
        for (std::uint32_t shift = 0; shift < 32; shift += 8) {
            out |= static_cast<std::uint32_t>(byte()) << shift;
        }
        return out;
    }

    [[nodiscard]] std::size_t left() const { return rest_.size(); }
    [[nodiscard]] bool is_whole() const { return is_whole_; }

private:
    std::span<const std::byte> rest_;
    bool is_whole_ = true;
};

} // namespace

LetterModel::LetterModel(const std::filesystem::path& file) {
    const auto refuse = [&] { throw Error(ErrorCode::missing_model, "recognise", file.string()); };
    std::vector<std::byte> bytes;
    try {
        bytes = image::read_file(file, {});
    } catch (const Error&) {
        refuse();
    }
    Source source(bytes);
    for (const char c : kind) {
        if (source.byte() != static_cast<std::uint8_t>(c)) {
            refuse();
        }
    }
    const bool same_signs = source.byte() == signs;
    const std::size_t order = source.byte();
    (void)source.byte();
    (void)source.byte();
    if (!same_signs || order == 0 || order > longest) {
        refuse();
    }
    powers_.push_back(1);
    for (std::size_t length = 0; length < order; ++length) {
        powers_.push_back(powers_.back() * signs);
        const std::size_t count = source.number();
        constexpr std::size_t bytes_each = 6;
        if (count > source.left() / bytes_each) {
            refuse();
        }
        Table table;
        std::generate_n(std::back_inserter(table.keys), count, [&] { return source.number(); });
        std::generate_n(std::back_inserter(table.probabilities), count, [&] { return source.byte(); });
        std::generate_n(std::back_inserter(table.left_over), count, [&] { return source.byte(); });
        tables_.push_back(std::move(table));
    }
    if (!source.is_whole()) {
        refuse();
    }
}

float LetterModel::advance(Context& context, char sign) const {
    constexpr float never_seen = -12;
    const auto find = [](const Table& table, std::uint32_t key) {
        const auto at = std::lower_bound(table.keys.begin(), table.keys.end(), key);
        return at != table.keys.end() && *at == key ? at - table.keys.begin() : -1;
    };
    const std::uint32_t next = sign_of(sign);
    float out = 0;
    for (std::size_t length = context.length;; --length) {
        const std::uint32_t before = context.key % powers_[length];
        const std::ptrdiff_t at = find(tables_[length], before * signs + next);
        if (at >= 0) {
            out -= step * static_cast<float>(tables_[length].probabilities[static_cast<std::size_t>(at)]);
            break;
        }
        if (length == 0) {
            out += never_seen;
            break;
        }
        const std::ptrdiff_t left = find(tables_[length - 1], before);
        if (left >= 0) {
            out -= step * static_cast<float>(tables_[length - 1].left_over[static_cast<std::size_t>(left)]);
        }
    }
    context.length = std::min(context.length + 1, tables_.size() - 1);
    context.key = (context.key * signs + next) % powers_[context.length];
    return out;
}

} // namespace saring::text
