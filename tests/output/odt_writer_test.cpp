#include "output/document_samples.hpp"
#include "output/xml.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;
using test::Part;

namespace {

const text::Document& sample() {
    static const text::Document document = test::two_column_document();
    return document;
}

const FileBytes& file() {
    static const FileBytes bytes = write_odt(sample(), {});
    return bytes;
}

} // namespace

TEST_CASE("an ODT can be told by its first bytes") {
    CHECK(std::string(file().begin() + 30, file().begin() + 77) == "mimetypeapplication/vnd.oasis.opendocument.text");
}

TEST_CASE("an ODT says what the page says, with headings, lists, tables and pictures as such") {
    const Part content(file(), "content.xml");
    CHECK(content.text("//text:h[@text:outline-level='1']") == "Laporan Tahunan");
    CHECK(content.text("//text:list-item/text:p") == "butir ketiga|anak butir|butir keempat|peluru");
    CHECK(content.value("//text:list-item/@text:start-value") == "3");
    CHECK(content.value("//draw:frame/svg:title") == "Foto ruang kerja");
    CHECK(content.value("//table:table-cell[text:p='Jumlah berkas']/@table:number-columns-spanned") == "2");
    CHECK(content.value("//table:table-cell[text:p='Keuangan']/@table:number-rows-spanned") == "2");
    CHECK(content.count("//table:table-header-rows/table:table-row") == 1);
    CHECK(content.count("//text:section") == 1);
    CHECK_NOTHROW(verify_odt(file(), sample(), {}));
}

TEST_CASE("running heads and page numbers stand in the master page of an ODT") {
    const Part styles(file(), "styles.xml");
    CHECK(styles.text("//style:master-page/style:header/text:p") == "Warta Internal");
    CHECK(styles.count("//style:footer//text:page-number") == 1);
    CHECK(Part(file(), "content.xml").count("//style:paragraph-properties[@style:page-number='7']") == 1);
    CHECK(styles.value("//style:default-style/style:text-properties/@fo:country") == "ID");
}

TEST_CASE("every entry of an ODT is named in its manifest") {
    const Part manifest(file(), "META-INF/manifest.xml");
    for (const ZipEntry& entry : unzip(file())) {
        if (entry.name != "mimetype" && entry.name != "META-INF/manifest.xml") {
            const std::string query = "//manifest:file-entry[@manifest:full-path='" + entry.name + "']";
            CHECK(manifest.count(query.c_str()) == 1);
        }
    }
}

TEST_CASE("verification of an ODT fails when a word, a page, a list or a head is not as it should be") {
    const auto fails = [](const std::string& name, const std::string& from, const std::string& to) {
        const FileBytes bad = test::tampered(file(), name, from, to);
        return test::code_of([&] { verify_odt(bad, sample(), {}); }) == ErrorCode::write_failed;
    };
    CHECK(fails("content.xml", "Sasaran", "Sasar"));
    CHECK(fails("content.xml", "fo:break-before=\"page\"", ""));
    CHECK(fails("content.xml", "draw:image", "draw:object"));
    CHECK(fails("styles.xml", "Warta", "Harta"));
    CHECK(fails("mimetype", "text", "tent"));
    CHECK(fails("meta.xml", "</office:meta>", ""));
}
