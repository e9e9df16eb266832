#include "output/document_samples.hpp"
#include "output/verify_plain.hpp"
#include "output/xml.hpp"
#include "support.hpp"

#include <pugixml.hpp>

using namespace saring;
using namespace saring::output;

namespace {

std::size_t count(const FileBytes& file, const char* query) {
    pugi::xml_document part;
    parse_xml(part, file, "file");
    return part.select_nodes(query).size();
}

FileBytes replaced(const FileBytes& file, const std::string& from, const std::string& to) {
    std::string text(file.begin(), file.end());
    text.replace(text.find(from), from.size(), to);
    return bytes_of(text);
}

} // namespace

TEST_CASE("hOCR places every word, with its confidence, in its line, paragraph and page") {
    const text::Document document = test::two_column_document();
    const FileBytes file = write_hocr(document, {});
    CHECK(count(file, "//div[@class='ocr_page']") == 2);
    CHECK(count(file, "//span[@class='ocr_line']/span[@class='ocrx_word'][.='Tahunan']") == 1);
    CHECK(count(file, "//span[@title='bbox 1207 300 1487 356; x_wconf 90'][.='Tahunan']") == 1);
    CHECK(count(file, "//span[contains(@title, 'baseline 0 ')]") == 22);
    CHECK(count(file, "//span[contains(@title, 'x_wconf 90')]") > 30);
    CHECK_NOTHROW(verify_hocr(file, document, {}));
    CHECK(test::code_of([&] { verify_hocr(replaced(file, ">Tahunan<", ">Tahun<"), document, {}); }) ==
          ErrorCode::write_failed);
}

TEST_CASE("ALTO places every word in pixels and sets hyphens that break a word apart") {
    const text::Document document = test::two_column_document();
    const FileBytes file = write_alto(document, {});
    CHECK(count(file, "//MeasurementUnit[.='pixel']") == 1);
    CHECK(count(file, "//Page[@WIDTH='2480'][@HEIGHT='3508']") == 2);
    CHECK(count(file, "//TextLine/String[@CONTENT='ren']/following-sibling::HYP[@CONTENT='-']") == 1);
    CHECK(count(file, "//String[@CONTENT='Laporan'][@HPOS='900'][@VPOS='300'][@WIDTH='280'][@HEIGHT='56']") == 1);
    CHECK(count(file, "//Illustration") == 1);
    CHECK_NOTHROW(verify_alto(file, document, {}));
    CHECK(test::code_of([&] {
              verify_alto(replaced(file, "CONTENT=\"Tahunan\"", "CONTENT=\"Tahun\""), document, {});
          }) == ErrorCode::write_failed);
}
