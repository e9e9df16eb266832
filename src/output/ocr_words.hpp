// What hOCR and ALTO share: words in whole pixels, with markers as the words that they are.
#pragma once

#include "output/document_writer.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saring::output {

// Throws Error(bad_password): plain XML cannot be locked.
void refuse_password(const std::optional<Protection>& protection);

struct IntBox {
    long left;
    long top;
    long right;
    long bottom;
};
IntBox whole(const Box& box);

// Calls back for each group of lines that belong together: a block, or a cell of a table. The marker of a list item is
// the first word of its first line. Figures have none.
void for_each_group(const text::Block& block,
                    const std::function<void(const Box&, const std::vector<text::DocumentLine>&)>& take);

// Ids that are unique in the document: "line_3_17".
class Ids {
public:
    explicit Ids(std::size_t page) : page_(page) {}
    std::string next(const std::string& kind) {
        return kind + "_" + std::to_string(page_ + 1) + "_" + std::to_string(++count_);
    }

private:
    std::size_t page_;
    int count_ = 0;
};

// All words of a document in their order, apart by blanks.
std::string words_of(const text::Document& document);

} // namespace saring::output
