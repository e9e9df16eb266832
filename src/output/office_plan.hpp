// A document as the writers of flowing text see it, each question asked once.
#pragma once

#include "output/office_furniture.hpp"
#include "output/office_layout.hpp"
#include "output/office_lists.hpp"

#include <vector>

namespace saring::output {

struct OfficePlan {
    explicit OfficePlan(const text::Document& source);

    const text::Document& document;   // outlives the plan
    std::vector<PageShape> shapes;    // by page
    std::vector<Furniture> furniture; // by page
    TypeSizes sizes;
    std::vector<Flow> flows;
    ListPlan lists;

    // Whether a page goes on as the one before it: same paper, same head and foot, its number the next.
    [[nodiscard]] bool goes_on(std::size_t page) const;
};

} // namespace saring::output
