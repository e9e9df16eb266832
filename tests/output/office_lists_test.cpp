#include "output/document_samples.hpp"
#include "output/office_lists.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

namespace {

text::Document document_of(std::vector<text::Block> blocks) {
    text::Document document;
    document.pages.push_back(test::page());
    document.pages.front().blocks = std::move(blocks);
    return document;
}

ListPlan plan_of(const text::Document& document) { return plan_lists(flows_of(document), page_shapes(document)); }

const ListPlace& place_of(const ListPlan& plan, const text::Document& document, std::size_t block) {
    return plan.places.at(&document.pages.front().blocks[block]);
}

} // namespace

TEST_CASE("markers are taken apart into what counts and what stands around it") {
    CHECK(parse_marker("3.").numbering == Numbering::decimal);
    CHECK(parse_marker("3.").value == 3);
    CHECK(parse_marker("(12)").prefix == "(");
    CHECK(parse_marker("(12)").suffix == ")");
    CHECK(parse_marker("2.3.").prefix == "2.");
    CHECK(parse_marker("b)").numbering == Numbering::lower_letter);
    CHECK(parse_marker("b)").value == 2);
    CHECK(parse_marker("IV.").numbering == Numbering::upper_roman);
    CHECK(parse_marker("IV.").value == 4);
    CHECK(parse_marker("•").numbering == Numbering::bullet);
    CHECK(parse_marker("Pasal").numbering == Numbering::literal);
    CHECK(parse_marker("007.").numbering == Numbering::literal);
    CHECK(parse_marker("99999999999.").numbering == Numbering::literal);
}

TEST_CASE("a letter i counts as a letter behind h and as a number elsewhere") {
    const Marker h = parse_marker("h.");
    CHECK(parse_marker("i.", &h).numbering == Numbering::lower_letter);
    CHECK(parse_marker("i.").numbering == Numbering::lower_roman);
    const Marker iv = parse_marker("iv.");
    CHECK(parse_marker("v.", &iv).numbering == Numbering::lower_roman);
    CHECK(parse_marker("v.").numbering == Numbering::lower_letter);
}

TEST_CASE("a list goes on where its numbers go on, through text and deeper levels, and begins anew elsewhere") {
    const text::Document document =
        document_of({test::item("3.", "tiga", 300, 300), test::item("a.", "anak", 360, 400, 1),
                     test::item("4.", "empat", 300, 500), test::block(text::BlockKind::paragraph, {"teks"}, 300, 600),
                     test::item("5.", "lima", 300, 700), test::item("1.", "baru", 300, 800)});
    const ListPlan plan = plan_of(document);
    CHECK(plan.lists.size() == 2);
    CHECK(place_of(plan, document, 1).level == 1);
    for (const std::size_t block : {0U, 1U, 2U, 4U}) {
        CHECK(place_of(plan, document, block).list == 0);
    }
    CHECK(plan.lists[0].levels[0]->marker.value == 3);
    CHECK(place_of(plan, document, 5).list == 1);
}

TEST_CASE("a gap in the numbers begins a list that starts at the printed number") {
    const text::Document document =
        document_of({test::item("1.", "satu", 300, 300), test::item("4.", "empat", 300, 400)});
    const ListPlan plan = plan_of(document);
    REQUIRE(plan.lists.size() == 2);
    CHECK(plan.lists[1].levels[0]->marker.value == 4);
}
