// Pages to flows: runs of blocks that share their columns. A page may have zones of two and of three columns between
// text that spans them; a zone ends where the columns begin again from the left.
#include "output/office_layout.hpp"

#include <algorithm>
#include <map>

namespace saring::output {
namespace {

using text::Block;
using text::DocumentPage;

constexpr std::size_t most_columns = 4; // more are a misread table or scattered notes, and run better as one
constexpr float most_overlap = 0.1F;    // of a column's width: columns that overlap more are none

// Blocks that follow one another: all in columns, or all across them.
struct Zone {
    bool in_columns = false;
    std::vector<const Block*> blocks;
};

std::vector<Zone> zones_of(const DocumentPage& page) {
    std::vector<Zone> zones;
    for (const Block& block : page.blocks) {
        if (is_furniture(block)) {
            continue;
        }
        const bool in_columns = block.column > 0;
        const bool goes_on = !zones.empty() && zones.back().in_columns == in_columns &&
                             (!in_columns || block.column >= zones.back().blocks.back()->column);
        if (!goes_on) {
            zones.push_back({in_columns, {}});
        }
        zones.back().blocks.push_back(&block);
    }
    return zones;
}

// The zone's columns from left to right by their numbers; empty where they are no columns.
std::map<int, Extent> columns_of(const Zone& zone) {
    std::map<int, Extent> columns;
    for (const Block* block : zone.blocks) {
        const auto [place, fresh] = columns.try_emplace(block->column, Extent{block->box.left, block->box.right});
        if (!fresh) {
            place->second.left = std::min(place->second.left, block->box.left);
            place->second.right = std::max(place->second.right, block->box.right);
        }
    }
    const Extent* before = nullptr;
    bool apart = true;
    for (auto& [number, extent] : columns) {
        if (before != nullptr) {
            const float overlap = before->right - extent.left;
            apart = apart && overlap < most_overlap * (extent.right - extent.left);
        }
        before = &extent;
    }
    return columns.size() < 2 || columns.size() > most_columns || !apart ? std::map<int, Extent>{} : columns;
}

Flow flow_of(const Zone& zone, std::size_t page, const Extent& whole) {
    const std::map<int, Extent> columns = zone.in_columns ? columns_of(zone) : std::map<int, Extent>{};
    Flow flow{page, false, {}, zone.blocks, {}};
    std::map<int, std::size_t> place_of;
    for (const auto& [number, extent] : columns) {
        place_of[number] = flow.columns.size();
        flow.columns.push_back(extent);
    }
    if (columns.empty()) {
        flow.columns.push_back(whole);
    }
    for (const Block* block : zone.blocks) {
        flow.places.push_back(columns.empty() ? 0 : place_of[block->column]);
    }
    return flow;
}

// Flows of one column that follow one another are one.
void append(std::vector<Flow>& flows, Flow flow) {
    const bool joins = !flow.starts_page && flow.columns.size() == 1 && flows.back().columns.size() == 1;
    if (!joins) {
        flows.push_back(std::move(flow));
        return;
    }
    Flow& last = flows.back();
    last.blocks.insert(last.blocks.end(), flow.blocks.begin(), flow.blocks.end());
    last.places.insert(last.places.end(), flow.places.begin(), flow.places.end());
}

} // namespace

std::vector<Flow> flows_of(const text::Document& document) {
    const std::vector<PageShape> shapes = page_shapes(document);
    std::vector<Flow> flows;
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        const PageShape& shape = shapes[i];
        const Extent whole{static_cast<float>(shape.margins.left / shape.scale),
                           static_cast<float>((shape.width - shape.margins.right) / shape.scale)};
        std::vector<Zone> zones = zones_of(document.pages[i]);
        if (zones.empty()) {
            zones.emplace_back(); // an empty page is a page
        }
        for (std::size_t zone = 0; zone < zones.size(); ++zone) {
            Flow flow = flow_of(zones[zone], i, whole);
            flow.starts_page = zone == 0;
            append(flows, std::move(flow));
        }
    }
    return flows;
}

} // namespace saring::output
