#include "output/office_plan.hpp"

namespace saring::output {

OfficePlan::OfficePlan(const text::Document& source)
    : document(source), shapes(page_shapes(source)), sizes(type_sizes(source, shapes)), flows(flows_of(source)),
      lists(plan_lists(flows, shapes)) {
    for (std::size_t i = 0; i < source.pages.size(); ++i) {
        furniture.push_back(furniture_of(source.pages[i], shapes[i]));
    }
}

bool OfficePlan::goes_on(std::size_t page) const {
    if (page == 0) {
        return false;
    }
    const PageShape& shape = shapes[page];
    const PageShape& before = shapes[page - 1];
    const std::optional<int>& number = furniture[page].number;
    const std::optional<int>& number_before = furniture[page - 1].number;
    return shape.width == before.width && shape.height == before.height && shape.margins == before.margins &&
           furniture[page].alike(furniture[page - 1]) && (!number || *number == *number_before + 1);
}

} // namespace saring::output
