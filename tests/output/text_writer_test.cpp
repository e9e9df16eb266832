#include "output/document_samples.hpp"
#include "output/verify_plain.hpp"
#include "output/xml.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

namespace {

std::string markdown_of(const text::Block& block) {
    text::Document document;
    document.pages.push_back(test::page());
    document.pages.front().blocks = {block};
    const FileBytes bytes = write_markdown(document, {});
    CHECK_NOTHROW(verify_markdown(bytes, document, {}));
    return {bytes.begin(), bytes.end()};
}

std::string markdown_of(const std::string& words) {
    return markdown_of(test::block(text::BlockKind::paragraph, {words}, 300, 300));
}

} // namespace

TEST_CASE("Markdown has headings, lists with levels, tables and a note for each figure") {
    const text::Document document = test::two_column_document();
    const FileBytes bytes = write_markdown(document, {});
    const std::string text(bytes.begin(), bytes.end());
    const auto has = [&](const char* piece) { return text.find(piece) != std::string::npos; };
    CHECK(has("\n# Laporan Tahunan\n"));
    CHECK(has("\n## Hasil\n"));
    CHECK(has("\n3. butir ketiga\n    - a. anak butir\n4. butir keempat\n"));
    CHECK(has("\n- peluru\n"));
    CHECK(has("| Unit | Jumlah berkas |  |\n| --- | --- | --- |\n| Keuangan | 2025 | 120 |\n|  | 2026 | 135 |\n"));
    CHECK(has("\\[Foto ruang kerja\\]"));
    CHECK(has("sesuai rencana tanpa"));
    CHECK_NOTHROW(verify_markdown(bytes, document, {}));
}

TEST_CASE("text that looks like Markdown stays text") {
    CHECK(markdown_of("# bukan judul") == "\\# bukan judul\n");
    CHECK(markdown_of("1. bukan butir") == "1\\. bukan butir\n");
    CHECK(markdown_of("1.250 berkas") == "1.250 berkas\n");
    CHECK(markdown_of("- bukan butir") == "\\- bukan butir\n");
    CHECK(markdown_of("*tebal* a|b <b> _c_") == "\\*tebal\\* a\\|b \\<b\\> \\_c\\_\n");
}

TEST_CASE("plain text is the text of the document, and a lost word is noticed") {
    const text::Document document = test::two_column_document();
    FileBytes bytes = write_text(document, {});
    CHECK(std::string(bytes.begin(), bytes.end()) == text::plain_text(document));
    CHECK_NOTHROW(verify_text(bytes, document, {}));
    bytes.erase(bytes.begin(), bytes.begin() + 6);
    CHECK(test::code_of([&] { verify_text(bytes, document, {}); }) == ErrorCode::write_failed);
}
