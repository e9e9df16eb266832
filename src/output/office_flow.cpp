// Pages to flows: runs of blocks that share their columns.
#include "output/office_layout.hpp"

#include <algorithm>
#include <map>

namespace saring::output {
namespace {

using text::Block;
using text::DocumentPage;

constexpr std::size_t most_columns = 4; // more are a misread table or scattered notes, and run better as one

// The page's columns from left to right; empty where the text runs in one.
std::map<int, Extent> columns_of(const DocumentPage& page) {
    std::map<int, Extent> columns;
    for (const Block& block : page.blocks) {
        if (block.column > 0 && !is_furniture(block)) {
            const auto [place, fresh] = columns.try_emplace(block.column, Extent{block.box.left, block.box.right});
            if (!fresh) {
                place->second.left = std::min(place->second.left, block.box.left);
                place->second.right = std::max(place->second.right, block.box.right);
            }
        }
    }
    return columns.size() < 2 || columns.size() > most_columns ? std::map<int, Extent>{} : columns;
}

std::vector<Flow> flows_of_page(const DocumentPage& page, std::size_t index, const Extent& whole) {
    const std::map<int, Extent> columns = columns_of(page);
    std::vector<Extent> extents;
    std::map<int, std::size_t> place_of;
    for (const auto& [number, extent] : columns) {
        place_of[number] = extents.size();
        extents.push_back(extent);
    }
    std::vector<Flow> flows;
    for (const Block& block : page.blocks) {
        if (is_furniture(block)) {
            continue;
        }
        const bool in_column = place_of.contains(block.column);
        if (flows.empty() || (flows.back().columns.size() > 1) != in_column) {
            flows.push_back({index, flows.empty(), in_column ? extents : std::vector<Extent>{whole}, {}, {}});
        }
        flows.back().blocks.push_back(&block);
        flows.back().places.push_back(in_column ? place_of[block.column] : 0);
    }
    if (flows.empty()) {
        flows.push_back({index, true, {whole}, {}, {}});
    }
    return flows;
}

} // namespace

std::vector<Flow> flows_of(const text::Document& document) {
    const std::vector<PageShape> shapes = page_shapes(document);
    std::vector<Flow> flows;
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        const PageShape& shape = shapes[i];
        const Extent whole{static_cast<float>(shape.margins.left / shape.scale),
                           static_cast<float>((shape.width - shape.margins.right) / shape.scale)};
        std::ranges::move(flows_of_page(document.pages[i], i, whole), std::back_inserter(flows));
    }
    return flows;
}

} // namespace saring::output
