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
    static const FileBytes bytes = write_docx(sample(), {});
    return bytes;
}

} // namespace

TEST_CASE("a DOCX says what the page says, with headings, lists, tables and pictures as such") {
    const Part body(file(), "word/document.xml");
    CHECK(body.text("//w:p[w:pPr/w:pStyle/@w:val='Heading1']//w:t") == "Laporan Tahunan");
    CHECK(body.text("//w:p[w:pPr/w:pStyle/@w:val='Heading2']//w:t") == "Hasil");
    CHECK(body.text("//w:p[w:pPr/w:numPr]//w:t") == "butir ketiga|anak butir|butir keempat|peluru");
    CHECK(body.value("//w:drawing//wp:docPr/@descr") == "Foto ruang kerja");
    CHECK_NOTHROW(verify_docx(file(), sample(), {}));
}

TEST_CASE("words that a line end broke are whole again in a DOCX") {
    const Part body(file(), "word/document.xml");
    CHECK(body.text("//w:t").find("sesuai rencana tanpa") != std::string::npos);
}

TEST_CASE("columns of a page are columns of a section, with the second begun where it began") {
    const Part body(file(), "word/document.xml");
    CHECK(body.value("//w:sectPr/w:cols/@w:num") == "2");
    CHECK(body.count("//w:br[@w:type='column']") == 1);
    CHECK(body.count("//w:sectPr") == 3); // the title, the columns, the table with the second page
    CHECK(body.count("//w:pageBreakBefore") == 1);
}

TEST_CASE("weight and colour are kept where they say something, black ink is plain") {
    const Part body(file(), "word/document.xml");
    CHECK(body.text("//w:r[w:rPr/w:b]//w:t") == "Perhatian: berkas asli.");
    CHECK(body.value("//w:rPr/w:color/@w:val") == "B02028");
    CHECK(body.count("//w:rPr/w:color") == 1);
}

TEST_CASE("a table keeps its spans, its heading row and its rules") {
    const Part body(file(), "word/document.xml");
    CHECK(body.value("//w:tc[.//w:t='Jumlah berkas']/w:tcPr/w:gridSpan/@w:val") == "2");
    CHECK(body.value("//w:tc[.//w:t='Keuangan']/w:tcPr/w:vMerge/@w:val") == "restart");
    CHECK(body.count("//w:tr[1]/w:trPr/w:tblHeader") == 1);
    CHECK(body.value("//w:tbl/w:tblPr/w:tblStyle/@w:val") == "TableGrid");
    CHECK(body.count("//w:tr") == 3);
}

TEST_CASE("lists count by themselves from the number that was printed") {
    const Part numbering(file(), "word/numbering.xml");
    CHECK(numbering.value("//w:abstractNum[@w:abstractNumId='0']/w:lvl[@w:ilvl='0']/w:start/@w:val") == "3");
    CHECK(numbering.value("//w:abstractNum[@w:abstractNumId='0']/w:lvl[@w:ilvl='1']/w:numFmt/@w:val") == "lowerLetter");
    CHECK(numbering.value("//w:abstractNum[@w:abstractNumId='1']/w:lvl/w:lvlText/@w:val") == "•");
}

TEST_CASE("running heads and page numbers are heads and fields, the number going on from the printed one") {
    CHECK(Part(file(), "word/header1.xml").text("//w:t") == "Warta Internal");
    const Part footer(file(), "word/footer1.xml");
    CHECK(footer.value("//w:fldSimple/@w:instr") == " PAGE ");
    CHECK(footer.text("//w:t") == "– |7| –");
    CHECK(Part(file(), "word/document.xml").value("//w:pgNumType/@w:start") == "7");
    CHECK(find_entry(unzip(file()), "word/header2.xml") == nullptr); // both pages share them
}

TEST_CASE("a page of A4 is A4, in the language of its text, with the title of the document") {
    const Part body(file(), "word/document.xml");
    CHECK(body.value("//w:pgSz/@w:w") == "11906");
    CHECK(body.value("//w:pgSz/@w:h") == "16838");
    CHECK(Part(file(), "word/styles.xml").value("//w:rPrDefault//w:lang/@w:val") == "id-ID");
    const Part core(file(), "docProps/core.xml");
    CHECK(core.value("//dc:title") == "Laporan Tahunan");
    CHECK(core.value("//dcterms:created") == "2026-08-17T02:30:00Z");
}

TEST_CASE("verification of a DOCX fails when a word, a page, a list, a head or a part is not as it should be") {
    const auto fails = [](const std::string& name, const std::string& from, const std::string& to) {
        const FileBytes bad = test::tampered(file(), name, from, to);
        return test::code_of([&] { verify_docx(bad, sample(), {}); }) == ErrorCode::write_failed;
    };
    CHECK(fails("word/document.xml", "Sasaran", "Sasar"));
    CHECK(fails("word/document.xml", "<w:pageBreakBefore/>", ""));
    CHECK(fails("word/document.xml", "<w:numPr>", "<w:numbers>"));
    CHECK(fails("word/document.xml", "<w:tbl>", ""));
    CHECK(fails("word/header1.xml", "Warta", "Harta"));
    CHECK(fails("word/styles.xml", "</w:styles>", ""));
    text::Document other = sample();
    other.pages.pop_back();
    CHECK(test::code_of([&] { verify_docx(file(), other, {}); }) == ErrorCode::write_failed);
    CHECK(test::code_of([&] { verify_docx(FileBytes(100, 'x'), sample(), {}); }) == ErrorCode::write_failed);
}
