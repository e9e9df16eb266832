#include "output/office_furniture.hpp"

#include <algorithm>
#include <charconv>

namespace saring::output {
namespace {

using text::Alignment;
using text::Block;
using text::BlockKind;
using text::DocumentPage;

constexpr float middle_share = 0.08F; // of the width: a centre that near to the page's centre is centred
constexpr int most_number = 99'999;

Alignment place_of(const Box& box, float width) {
    const float centre = (box.left + box.right) / 2;
    if (std::abs(centre - width / 2) < middle_share * width) {
        return Alignment::centre;
    }
    const bool wide = box.width() > width / 2;
    return centre < width / 2 || wide ? Alignment::left : Alignment::right;
}

// "Halaman 3 dari 10": the first number counts.
void find_number(FurniturePart& part, std::optional<int>& number, const std::string& text) {
    constexpr std::string_view digits = "0123456789";
    const std::size_t begin = text.find_first_of(digits);
    if (begin == std::string::npos) {
        return;
    }
    const std::size_t end = std::min(text.size(), text.find_first_not_of(digits, begin));
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data() + begin, text.data() + end, value);
    if (error != std::errc{} || value > most_number || text[begin] == '0') {
        return;
    }
    number = value;
    part.is_number = true;
    part.before = text.substr(0, begin);
    part.after = text.substr(end);
}

bool share_height(const Box& a, const Box& b) {
    const float overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return overlap > 0.5F * std::min(a.height(), b.height());
}

bool disjoint(const Box& a, const Box& b) { return a.right <= b.left || b.right <= a.left; }

// Lines of heads and feet keep their ends; those that stand beside each other share a row.
class Rows {
public:
    void take(FurniturePart part, const Box& box) {
        const bool beside = !rows_.empty() && share_height(box, last_) && disjoint(box, last_);
        if (!beside) {
            rows_.emplace_back();
            last_ = box;
        } else {
            last_ = {std::min(last_.left, box.left), std::max(last_.top, box.top), std::max(last_.right, box.right),
                     std::min(last_.bottom, box.bottom)};
        }
        auto& parts = rows_.back().parts;
        const auto after = [&](const FurniturePart& other) { return other.place > part.place; };
        parts.insert(std::find_if(parts.begin(), parts.end(), after), std::move(part));
    }
    std::vector<FurnitureRow> rows() && { return std::move(rows_); }

private:
    std::vector<FurnitureRow> rows_;
    Box last_;
};

bool alike(const FurniturePart& a, const FurniturePart& b) {
    const auto same = [](const TextRun& x, const TextRun& y) { return x.text == y.text && x.bold == y.bold; };
    return a.is_number == b.is_number && a.before == b.before && a.after == b.after && a.place == b.place &&
           std::ranges::equal(a.runs, b.runs, same);
}

bool alike(const std::vector<FurnitureRow>& a, const std::vector<FurnitureRow>& b) {
    return std::ranges::equal(a, b, [](const FurnitureRow& x, const FurnitureRow& y) {
        return std::ranges::equal(x.parts, y.parts,
                                  [](const FurniturePart& p, const FurniturePart& q) { return alike(p, q); });
    });
}

} // namespace

bool Furniture::alike(const Furniture& other) const {
    return output::alike(header, other.header) && output::alike(footer, other.footer) &&
           number.has_value() == other.number.has_value();
}

Furniture furniture_of(const DocumentPage& page, const PageShape& shape) {
    Furniture furniture;
    Rows header;
    Rows footer;
    const auto width = static_cast<float>(page.picture.width);
    for (const Block& block : page.blocks) {
        if (!is_furniture(block)) {
            continue;
        }
        const bool above = (block.box.top + block.box.bottom) / 2 < static_cast<float>(page.picture.height) / 2;
        for (text::DocumentLine line : block.lines) {
            line.joins_next = false; // each line stays a line
            FurniturePart part;
            part.place = place_of(line.box, width);
            part.size = size_of({line}, shape.type);
            if (block.kind == BlockKind::page_number && !furniture.number) {
                find_number(part, furniture.number, text::text_of(line));
            }
            if (!part.is_number) {
                part.runs = runs_of({line});
            }
            (above ? header : footer).take(std::move(part), line.box);
        }
    }
    furniture.header = std::move(header).rows();
    furniture.footer = std::move(footer).rows();
    return furniture;
}

std::string furniture_text(const std::vector<FurnitureRow>& rows, const std::string& number) {
    std::string out;
    for (const FurnitureRow& row : rows) {
        for (const FurniturePart& part : row.parts) {
            out += out.empty() ? "" : " ";
            out += part.is_number ? part.before + number + part.after : "";
            for (const TextRun& run : part.runs) {
                out += run.text;
            }
        }
    }
    return out;
}

} // namespace saring::output
