// Which letter is likely after which, in Indonesian and English.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace saring::text {

// The n-grams of models/letter-model.bin with back-off, as scripts/train/train_letters.py writes them. Letters of both
// cases count as one, all digits as one, and all other marks.
class LetterModel {
public:
    // Throws Error(missing_model) where the file cannot be read or is none.
    explicit LetterModel(const std::filesystem::path& file);

    // The signs before, as far back as the model looks.
    struct Context {
        std::uint32_t key = 0;
        std::size_t length = 0;
    };

    // Natural logarithm of the probability that the sign follows; the context then ends with it. Any byte is a sign.
    float advance(Context& context, char sign) const;

private:
    struct Table { // of the n-grams of one length
        std::vector<std::uint32_t> keys;
        std::vector<std::uint8_t> probabilities;
        std::vector<std::uint8_t> left_over;
    };

    std::vector<Table> tables_; // from single signs on
    std::vector<std::uint32_t> powers_;
};

} // namespace saring::text
