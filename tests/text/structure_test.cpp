#include "support.hpp"
#include "text/page_ink.hpp"
#include "text/structure.hpp"
#include "text/text_lines.hpp"
#include "text/text_page.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>
#include <limits>

using namespace saring;
using namespace saring::text;
using saring::test::TextPage;

namespace {

using Texts = std::vector<std::string>;

std::string shown(const Block& block) {
    const std::string text = running_text(block.lines);
    switch (block.kind) {
    case BlockKind::heading: return "#" + std::to_string(block.level) + " " + text;
    case BlockKind::list_item:
        return std::string(static_cast<std::size_t>(block.level), ' ') + block.marker + "|" + text;
    case BlockKind::table: return "table";
    case BlockKind::figure: return "<" + block.alternative + ">";
    case BlockKind::page_header: return "head: " + text;
    case BlockKind::page_footer: return "foot: " + text;
    case BlockKind::page_number: return "number: " + text;
    case BlockKind::paragraph: break;
    }
    return text;
}

Texts shown(const std::vector<Block>& blocks) {
    Texts out;
    for (const Block& block : blocks) {
        out.push_back(shown(block));
    }
    return out;
}

const Block& first(const std::vector<Block>& blocks, BlockKind kind) {
    const auto found =
        std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) { return block.kind == kind; });
    REQUIRE(found != blocks.end());
    return *found;
}

// Row by row, cells joined by "|"; a cell's spans stand before its text.
Texts rows(const Block& table) {
    Texts out(static_cast<std::size_t>(table.rows));
    for (const TableCell& cell : table.cells) {
        std::string& row = out.at(static_cast<std::size_t>(cell.row));
        row += cell.column == 0 || row.empty() ? "" : "|";
        if (cell.row_span > 1 || cell.column_span > 1) {
            row += std::to_string(cell.row_span) + "x" + std::to_string(cell.column_span) + " ";
        }
        row += running_text(cell.lines);
    }
    return out;
}

// Every place of a grid belongs to exactly one cell.
bool is_complete(const Block& table) {
    std::vector<int> taken(static_cast<std::size_t>(table.rows) * static_cast<std::size_t>(table.columns));
    for (const TableCell& cell : table.cells) {
        for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
            for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
                ++taken.at(static_cast<std::size_t>(row * table.columns + column));
            }
        }
    }
    return std::all_of(taken.begin(), taken.end(), [](int count) { return count == 1; });
}

std::string repeated(const std::string& word, int times) {
    std::string out = word;
    for (int i = 1; i < times; ++i) {
        out += " " + word;
    }
    return out;
}

// Whether all of the left column ("kiri") is read before the right one ("kanan").
bool is_left_first(const TextPage& page) {
    std::string all;
    for (const std::string& text : shown(page.blocks())) {
        all += text + "\n";
    }
    return all.rfind("kiri") < all.find("kanan");
}

} // namespace

TEST_CASE("structure: two columns are read one after the other, a title over both before them") {
    TextPage page;
    page.centred(620, 150, "Judul di atas dua kolom", 44);
    page.paragraph(100, 260, 480, 6, "kiri");
    page.paragraph(660, 260, 480, 8, "kanan");
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 3);
    CHECK(shown(blocks[0]) == "#1 Judul di atas dua kolom");
    CHECK(blocks[0].alignment == Alignment::centre);
    CHECK(blocks[0].column == 0);
    CHECK(shown(blocks[1]).starts_with("kiri kiri"));
    CHECK(shown(blocks[2]).starts_with("kanan kanan"));
    CHECK(blocks[1].lines.size() == 6);
    CHECK(blocks[2].lines.size() == 8);
    CHECK(blocks[1].column == 1);
    CHECK(blocks[2].column == 2);
    CHECK(blocks[1].alignment == Alignment::justified);
}

TEST_CASE("structure: lines that the reader ran together across columns are parted again") {
    TextPage page;
    for (int i = 0; i < 6; ++i) {
        page.line(100, static_cast<float>(200 + 30 * i), repeated("kiri", 7));
        page.line(100 + 7 * 52.8F + 7 * 7.2F - 7.2F + 26, static_cast<float>(200 + 30 * i), repeated("kanan", 6));
        page.merge_last_two();
    }
    REQUIRE(page.lines.size() == 6);
    CHECK(shown(page.blocks()) == Texts{repeated("kiri", 42), repeated("kanan", 36)});
}

TEST_CASE("structure: specks that were read between two columns do not join them") {
    TextPage page;
    const float gap = 100 + 7 * 52.8F + 7 * 7.2F - 7.2F;
    for (int i = 0; i < 6; ++i) {
        const auto baseline = static_cast<float>(200 + 30 * i);
        page.line(100, baseline, repeated("kiri", 7));
        if (i % 2 == 1) {
            page.line(gap + 1, baseline, "re");
            page.lines.back().words.back().confidence = 0.4F;
            page.merge_last_two();
        }
        page.line(gap + 28, baseline, repeated("kanan", 6));
        page.merge_last_two();
    }
    CHECK(is_left_first(page));
}

TEST_CASE("structure: a line that reaches into the gap between two columns does not join them") {
    TextPage page;
    for (int i = 0; i < 12; ++i) {
        const auto baseline = static_cast<float>(200 + 30 * i);
        const float end = page.line(100, baseline, repeated("kiri", 7));
        if (i == 5) {
            page.line(end + 21, baseline, ".");
            page.merge_last_two();
        }
        page.line(end + 60, baseline, repeated("kanan", 6));
        if (i == 5) {
            page.merge_last_two();
        }
    }
    CHECK(is_left_first(page));
}

TEST_CASE("structure: a line that the reader cut in two is one again") {
    TextPage page;
    page.paragraph(100, 200, 900, 3, "kata");
    Line& whole = page.lines[1];
    Line rest = whole;
    whole.words.resize(5);
    rest.words.erase(rest.words.begin(), rest.words.begin() + 5);
    page.lines.insert(page.lines.begin(), rest);
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].lines.size() == 3);
}

TEST_CASE("structure: a paragraph ends where its last line is short, where space is left, and before an indent") {
    TextPage page;
    float y = page.paragraph(100, 200, 900, 3, "satu");
    y = page.paragraph(100, y, 900, 3, "dua", 40);
    page.paragraph(100, y + 30, 900, 3, "tiga");
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 3);
    CHECK(blocks[1].indent == Approx(40).margin(3));
    CHECK(blocks[2].indent == 0);
}

TEST_CASE("structure: a hyphen that broke a word joins the lines, one that belongs to the word stays") {
    TextPage page;
    page.line(100, 200, "kata kata kata kata kata kata kata pemerin-");
    page.line(100, 230, "tahan kata kata kata kata kata kata undang-");
    page.line(100, 260, "undang kata kata kata kata kata kata sayur-");
    page.line(100, 290, "mayur kata");
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].lines[0].joins_next);
    CHECK_FALSE(blocks[0].lines[1].joins_next);
    const std::string text = running_text(blocks[0].lines);
    CHECK(text.find("pemerintahan") != text.npos);
    CHECK(text.find("undang-undang") != text.npos);
    CHECK(text.find("sayur-mayur") != text.npos);
}

TEST_CASE("structure: list items have markers, levels and their hanging lines") {
    TextPage page;
    page.paragraph(100, 200, 900, 2, "awal");
    page.line(120, 270, "1.");
    page.line(160, 270, repeated("panjang", 8));
    page.line(160, 300, "ekor");
    page.line(160, 330, "a. rincian");
    page.line(160, 360, "b. rincian");
    page.line(120, 390, "2.");
    page.line(160, 390, "singkat");
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 5);
    CHECK(shown(blocks[1]) == "1.|" + repeated("panjang", 8) + " ekor");
    CHECK(shown(blocks[2]) == " a.|rincian");
    CHECK(shown(blocks[3]) == " b.|rincian");
    CHECK(shown(blocks[4]) == "2.|singkat");
    CHECK(blocks[4].marker_word.box.left == Approx(120).margin(2));
}

TEST_CASE("structure: what readers make of bullets is a bullet, and bullets that they left out are found in the ink") {
    TextPage page;
    page.paragraph(100, 200, 900, 2, "awal");
    for (int i = 0; i < 3; ++i) {
        const auto y = static_cast<float>(280 + 30 * i);
        cv::circle(page.picture, {126, cvRound(y) - 7}, 4, cv::Scalar(0, 0, 0), cv::FILLED);
        page.line(160, y, "butir pertama");
    }
    for (int i = 0; i < 2; ++i) {
        page.line(120, static_cast<float>(370 + 30 * i), "e");
        page.line(160, static_cast<float>(370 + 30 * i), "butir kedua");
    }
    const Texts texts = shown(page.blocks());
    REQUIRE(texts.size() == 6);
    CHECK(Texts(texts.begin() + 1, texts.end()) ==
          Texts{"•|butir pertama", "•|butir pertama", "•|butir pertama", "•|butir kedua", "•|butir kedua"});
}

TEST_CASE("structure: a drawn table has the cells that its rules make, with spans") {
    TextPage page;
    for (const float y : {300.F, 350.F, 400.F, 450.F}) {
        page.rule(100, y, 1100, y);
    }
    page.rule(100, 300, 100, 450);
    page.rule(300, 300, 300, 400); // the last row spans two columns
    page.rule(700, 300, 700, 450);
    page.rule(1100, 300, 1100, 450);
    page.line(110, 335, "No");
    page.line(310, 335, "Uraian", TextPage::size, true);
    page.line(710, 335, "Harga", TextPage::size, true);
    page.line(110, 385, "1");
    page.line(310, 385, "Kertas besar");
    page.line(710, 385, "52.000");
    page.line(110, 435, "Jumlah semua");
    page.line(710, 435, "52.000");
    page.merge_last_two();
    page.paragraph(100, 520, 1000, 3);
    const std::vector<Block> blocks = page.blocks();
    const Block& table = first(blocks, BlockKind::table);
    CHECK(table.ruled);
    CHECK(rows(table) == Texts{"No|Uraian|Harga", "1|Kertas besar|52.000", "1x2 Jumlah semua|52.000"});
    CHECK(is_complete(table));
    CHECK(blocks.size() == 2);
}

TEST_CASE("structure: a word located as tall as its cell is set no larger than the table's other words") {
    TextPage page;
    for (const float y : {300.F, 400.F, 500.F}) {
        page.rule(100, y, 1100, y);
    }
    for (const float x : {100.F, 300.F, 700.F, 1100.F}) {
        page.rule(x, 300, x, 500);
    }
    page.line(110, 385, "ta", 90);
    page.line(310, 360, "Kertas besar");
    page.line(710, 360, "Harga");
    page.line(110, 460, "tb");
    page.line(310, 460, "Pensil");
    page.line(710, 460, "Harga");
    const std::vector<Block> blocks = page.blocks();
    const Block& table = first(blocks, BlockKind::table);
    REQUIRE(rows(table) == Texts{"ta|Kertas besar|Harga", "tb|Pensil|Harga"});
    CHECK(table.cells[0].lines[0].font_size < 1.6F * TextPage::size);
    CHECK(table.cells[1].lines[0].font_size > 0.8F * TextPage::size);
}

TEST_CASE("structure: a cell may hold several lines, and rows without rules are told by their numbers") {
    TextPage page;
    for (const float x : {100.F, 200.F, 800.F, 1100.F}) {
        page.rule(x, 300, x, 520);
    }
    for (const float y : {300.F, 345.F, 520.F}) {
        page.rule(100, y, 1100, y);
    }
    page.line(110, 332, "No");
    page.line(210, 332, "Barang");
    page.line(810, 332, "Harga");
    for (int i = 0; i < 3; ++i) {
        const auto y = static_cast<float>(375 + 50 * i);
        page.line(110, y, std::to_string(i + 1));
        page.line(210, y, "nama");
        page.line(210, y + 24, "lanjutan");
        page.line(810, y, "1.000");
    }
    const std::vector<Block> blocks = page.blocks();
    const Block& table = first(blocks, BlockKind::table);
    CHECK(rows(table) ==
          Texts{"No|Barang|Harga", "1|nama lanjutan|1.000", "2|nama lanjutan|1.000", "3|nama lanjutan|1.000"});
    CHECK(is_complete(table));
    CHECK(table.cells.front().heading);
    CHECK_FALSE(table.cells.back().heading);
}

TEST_CASE("structure: a frame around the page is no table") {
    TextPage page;
    page.rule(50, 50, 1190, 50);
    page.rule(50, 1700, 1190, 1700);
    page.rule(50, 50, 50, 1700);
    page.rule(1190, 50, 1190, 1700);
    page.paragraph(100, 200, 1000, 12);
    page.paragraph(100, 800, 1000, 12);
    CHECK(shown(page.blocks()).size() == 2);
}

TEST_CASE("structure: aligned columns are a table without rules; a line that goes on belongs to its row") {
    TextPage page;
    page.paragraph(100, 200, 1000, 3);
    page.line(100, 400, "Barang");
    page.right(800, 400, "Banyak");
    page.right(1100, 400, "Harga");
    for (int i = 0; i < 4; ++i) {
        const auto y = static_cast<float>(440 + 40 * i);
        page.line(100, y, "barang");
        page.right(800, y, std::to_string(10 * i + 5));
        page.right(1100, y, std::to_string(1000 * (i + 1)));
    }
    page.paragraph(100, 640, 1000, 3);
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 3);
    CHECK(rows(blocks[1]) ==
          Texts{"Barang|Banyak|Harga", "barang|5|1000", "barang|15|2000", "barang|25|3000", "barang|35|4000"});
    CHECK(is_complete(blocks[1]));
    CHECK(blocks[1].cells.front().heading);
    CHECK_FALSE(blocks[1].ruled);
}

TEST_CASE("structure: names and values with colons are a table") {
    TextPage page;
    page.line(100, 300, "Nomor");
    page.line(300, 300, ": 005");
    page.line(100, 330, "Lampiran");
    page.line(300, 330, ": satu");
    page.line(100, 360, "Hal");
    page.line(300, 360, ": undangan rapat");
    page.line(313, 390, "koordinasi");
    page.paragraph(100, 480, 1000, 3);
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 2);
    CHECK(rows(blocks[0]) == Texts{"Nomor|: 005", "Lampiran|: satu", "Hal|: undangan rapat koordinasi"});
}

TEST_CASE("structure: running head, footer and page number are told from the text") {
    TextPage page;
    page.line(100, 80, "Laporan Tahunan", 18);
    page.paragraph(100, 300, 1000, 5);
    page.paragraph(100, 600, 1000, 5);
    page.line(100, 1650, "Bagian Umum", 18);
    page.centred(620, 1700, "Halaman 3 dari 10", 18);
    const Texts texts = shown(page.blocks());
    REQUIRE(texts.size() == 5);
    CHECK(texts.front() == "head: Laporan Tahunan");
    CHECK(texts[3] == "foot: Bagian Umum");
    CHECK(texts[4] == "number: Halaman 3 dari 10");
}

TEST_CASE("structure: a letter: letterhead, reference, addressee, text, signature, copies") {
    TextPage page;
    page.centred(620, 100, "PEMERINTAH KOTA", 30);
    page.centred(620, 140, "DINAS PENDIDIKAN", 34, true);
    page.centred(620, 170, "Jalan Merdeka Nomor 1", 18);
    page.rule(100, 185, 1140, 185);
    page.right(1140, 240, "Sukamaju, 17 Agustus 2026");
    page.line(100, 300, "Nomor");
    page.line(240, 300, ": 005");
    page.line(100, 330, "Sifat");
    page.line(240, 330, ": biasa");
    page.line(100, 360, "Hal");
    page.line(240, 360, ": undangan");
    page.line(100, 420, "Yth. Kepala Sekolah");
    page.line(100, 450, "di Tempat");
    page.paragraph(100, 520, 1040, 4, "kata", 50);
    page.centred(900, 720, "Kepala Dinas");
    cv::ellipse(page.picture, {900, 780}, {90, 25}, 10, 0, 330, cv::Scalar(120, 30, 20), 2);
    page.centred(900, 860, "Budi Santoso");
    page.line(100, 940, "Tembusan");
    page.line(100, 970, "1. Wali Kota");
    page.line(100, 1000, "2. Arsip");
    const std::vector<Block> blocks = page.blocks();
    CHECK(shown(blocks) == Texts{"head: PEMERINTAH KOTA", "head: DINAS PENDIDIKAN", "head: Jalan Merdeka Nomor 1",
                                 "Sukamaju, 17 Agustus 2026", "table", "Yth. Kepala Sekolah", "di Tempat",
                                 shown(blocks.at(7)), "Kepala Dinas", "<Signature>", "Budi Santoso", "Tembusan",
                                 "1.|Wali Kota", "2.|Arsip"});
    CHECK(blocks[0].alignment == Alignment::centre);
    CHECK(blocks[3].alignment == Alignment::right);
    CHECK(blocks[7].indent == Approx(50).margin(3));
}

TEST_CASE("structure: headings are told by size, weight, capitals and numbers, and have levels") {
    TextPage page;
    page.centred(620, 150, "BAB I", 34, true);
    page.centred(620, 195, "PENDAHULUAN", 34, true);
    page.line(100, 260, "1.1 Latar Belakang", TextPage::size, true);
    page.paragraph(100, 300, 1000, 5);
    page.line(100, 480, "Tujuan", TextPage::size, true);
    page.paragraph(100, 520, 1000, 5);
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 5);
    CHECK(shown(blocks[0]) == "#1 BAB I PENDAHULUAN");
    CHECK(shown(blocks[1]) == "#2 1.1 Latar Belakang");
    CHECK(shown(blocks[3]) == "#2 Tujuan");
    CHECK(blocks[1].lines[0].bold);
    CHECK_FALSE(blocks[2].lines[0].bold);
}

TEST_CASE("structure: a line tells where it stands, how large it is and its ink") {
    TextPage page;
    page.line(100, 300, "Kapal besar");
    const std::vector<Block> blocks = page.blocks();
    REQUIRE(blocks.size() == 1);
    const DocumentLine& line = blocks[0].lines.at(0);
    CHECK(line.baseline == Approx(300).margin(2));
    CHECK(line.font_size == Approx(TextPage::size).epsilon(0.1));
    CHECK(line.ink == 0);
}

TEST_CASE("structure: blurred print on white paper is black, as pale letters on a darker ground are not") {
    const auto ink_of_line = [](std::uint8_t letters, std::uint8_t ground) {
        TextPage page;
        page.line(100, 300, "Kapal besar", 80);
        cv::Mat black;
        cv::inRange(page.picture, cv::Scalar::all(0), cv::Scalar::all(127), black);
        page.picture.setTo(cv::Scalar::all(ground));
        page.picture.setTo(cv::Scalar::all(letters), black);
        return page.blocks().at(0).lines.at(0).ink;
    };
    CHECK(ink_of_line(155, 255) == 0);
    CHECK(ink_of_line(145, 180) != 0);
}

TEST_CASE("structure: unread writing is a figure, neighbours are one, and writing that was read is none") {
    TextPage page;
    page.paragraph(100, 200, 1000, 4);
    const auto scribble = [&](int x, int y) {
        for (int i = 0; i < 5; ++i) {
            cv::ellipse(page.picture, {x + 35 * i, y}, {15, 20}, 0, 0, 300, cv::Scalar(60, 20, 20), 2);
        }
    };
    scribble(200, 600);
    scribble(200, 650);
    const std::vector<Block> blocks =
        page.blocks({quad_of({180, 575, 380, 625}), quad_of({180, 628, 380, 675}), quad_of({100, 180, 900, 205})});
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[1].kind == BlockKind::figure);
    CHECK(blocks[1].handwriting);
    CHECK(blocks[1].alternative == "Handwriting");
    CHECK(blocks[1].box.top < 585);
    CHECK(blocks[1].box.bottom > 665);
}

TEST_CASE("structure: pictures and stamps are figures; specks and the edge of the sheet are none") {
    TextPage page;
    page.paragraph(100, 200, 1000, 4);
    cv::rectangle(page.picture, cv::Rect(300, 500, 500, 300), cv::Scalar(90, 120, 60), cv::FILLED);
    cv::circle(page.picture, {500, 640}, 90, cv::Scalar(30, 60, 200), cv::FILLED);
    cv::circle(page.picture, {700, 1100}, 90, cv::Scalar(200, 60, 40), 6);
    cv::circle(page.picture, {700, 1100}, 60, cv::Scalar(200, 60, 40), 4);
    cv::rectangle(page.picture, cv::Rect(0, 0, 12, 1754), cv::Scalar(60, 60, 60), cv::FILLED);
    cv::circle(page.picture, {1000, 900}, 4, cv::Scalar(0, 0, 0), cv::FILLED);
    const Texts texts = shown(page.blocks());
    REQUIRE(texts.size() == 3);
    CHECK(texts[1] == "<Picture>");
    CHECK(texts[2] == "<Stamp>");
}

TEST_CASE("structure: what many words stand on is their ground, a picture with a word on it is a picture") {
    TextPage page;
    const cv::Rect shade(60, 100, 500, 650);
    for (int x = 0; x < shade.width; ++x) { // uneven, with something drawn in it, as in a photo of a screen
        page.picture(shade).col(x).setTo(cv::Scalar::all(120 + x / 5));
    }
    for (int y = 200; y < 700; y += 40) {
        cv::circle(page.picture, {470, y}, 40, cv::Scalar::all(20), 4);
    }
    cv::rectangle(page.picture, cv::Rect(300, 1000, 500, 300), cv::Scalar(90, 120, 60), cv::FILLED);
    cv::circle(page.picture, {500, 1140}, 90, cv::Scalar(30, 60, 200), cv::FILLED);
    for (float baseline = 200; baseline < 700; baseline += 50) {
        page.line(100, baseline, "kata kata kata kata");
    }
    page.line(330, 1050, "kata");
    const std::vector<Block> blocks = page.blocks();
    const auto figures =
        std::count_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.kind == BlockKind::figure; });
    REQUIRE(figures == 1);
    CHECK(first(blocks, BlockKind::figure).box.top > 900);
}

TEST_CASE("structure: a coloured title that was also read as coloured ink is text of the page, no stamp") {
    TextPage page;
    page.line(100, 160, "Judul berwarna biru", 40);
    Line again = page.lines.back();
    again.style = LineStyle::stamp;
    for (Word& word : again.words) {
        word.confidence = 0.99F;
    }
    page.lines.push_back(again);
    const std::vector<text::PageWord> words = text::words_of(page.lines, text::ink_of(page.picture, TextPage::dpi));
    REQUIRE(words.size() == 3);
    CHECK(std::none_of(words.begin(), words.end(), [](const text::PageWord& word) { return word.stamp; }));
}

TEST_CASE("structure: coloured words within a frame around running text make no stamp of it") {
    TextPage page;
    for (float baseline = 270; baseline < 800; baseline += 34) {
        page.line(160, baseline, "kata kata kata kata kata kata kata kata kata kata kata", 30);
    }
    cv::ellipse(page.picture, {620, 520}, {560, 380}, 0, 0, 360, cv::Scalar(40, 40, 200), 8);
    page.line(500, 850, "LUNAS", 30);
    page.lines.back().style = LineStyle::stamp;
    cv::Mat ink = page.picture(cv::Rect(490, 810, 200, 60));
    cv::Mat black;
    cv::inRange(ink, cv::Scalar::all(0), cv::Scalar::all(127), black);
    ink.setTo(cv::Scalar(40, 40, 200), black);
    const std::vector<Block> blocks = page.blocks();
    CHECK(std::none_of(blocks.begin(), blocks.end(),
                       [](const Block& block) { return block.kind == BlockKind::figure && block.box.width() > 600; }));
}

TEST_CASE("structure: what a reader makes of texture is no text") {
    TextPage page;
    page.paragraph(100, 200, 1000, 4);
    page.line(700, 900, "~");
    page.lines.back().words[0].confidence = 0.3F;
    page.lines.push_back({});
    page.lines.back().words.push_back({"hantu", quad_of({500, 1200, 600, 1230}), 0.9F, {}}); // no ink there
    CHECK(page.blocks().size() == 1);
}

TEST_CASE("structure: hostile input is survived") {
    TextPage page;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float huge = std::numeric_limits<float>::max();
    const std::string text = "kata";
    SECTION("no lines") { CHECK(page.blocks().empty()); }
    SECTION("no picture") { CHECK(structure({}, {}, {}, 300).empty()); }
    SECTION("quads that are none") {
        for (const Quad& quad :
             {quad_of({nan, nan, nan, nan}), quad_of({-huge, -huge, huge, huge}), Quad{},
              quad_of({5000, 5000, 6000, 6000}), quad_of({100, 100, 50, 50}), quad_of({10, 10, 10, 400})}) {
            Line& line = page.lines.emplace_back();
            line.words.push_back({text, quad, nan, {}});
            line.quad = quad;
        }
        CHECK(page.blocks({quad_of({nan, nan, nan, nan}), quad_of({-huge, -huge, huge, huge}), Quad{}}).size() < 3);
    }
    SECTION("pages of a few pixels, black ones too") {
        for (const int side : {1, 2, 9, 30}) {
            for (const int colour : {0, 255}) {
                const cv::Mat tiny(side, 40, CV_8UC3, cv::Scalar::all(colour));
                CHECK(structure(tiny, page.lines, {quad_of({0, 0, 40, 9})}, 400).size() < 3);
                CHECK(structure(tiny.t(), page.lines, {}, 400).size() < 3);
            }
        }
    }
    SECTION("a resolution that is none") {
        page.paragraph(100, 200, 900, 3);
        for (const float dpi : {0.F, -1.F, nan, huge}) {
            CHECK_FALSE(structure(page.picture, page.lines, {}, dpi).empty());
        }
    }
    SECTION("20,000 words") {
        cv::randu(page.picture, 0, 255);
        for (int i = 0; i < 20'000; ++i) {
            const auto x = static_cast<float>(i * 37 % 1200);
            const auto y = static_cast<float>(i * 101 % 1740);
            Line& line = page.lines.emplace_back();
            line.words.push_back({text, quad_of({x, y, x + 30, y + 12}), 0.9F, {}});
        }
        const auto start = std::chrono::steady_clock::now();
        CHECK(page.blocks().size() < 20'000);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    }
}

TEST_CASE("structure: three columns under a title, with a picture in one, are read in order") {
    TextPage page;
    page.line(100, 120, "Warta kota hari ini", 50);
    cv::rectangle(page.picture, cv::Rect(480, 200, 330, 200), cv::Scalar(60, 90, 130), cv::FILLED);
    cv::circle(page.picture, {600, 300}, 60, cv::Scalar(200, 220, 240), cv::FILLED);
    page.paragraph(100, 220, 330, 12, "satu");
    page.paragraph(480, 460, 330, 4, "dua");
    page.paragraph(860, 220, 330, 14, "tiga");
    const std::vector<Block> blocks = page.blocks();
    const Texts texts = shown(blocks);
    REQUIRE(texts.size() == 5);
    CHECK(texts[0] == "#1 Warta kota hari ini");
    CHECK(texts[1].starts_with("satu"));
    CHECK(texts[2] == "<Picture>");
    CHECK(texts[3].starts_with("dua"));
    CHECK(texts[4].starts_with("tiga"));
    CHECK(blocks[4].column == 3);
}

TEST_CASE("structure: signatures side by side are read one after the other") {
    TextPage page;
    page.paragraph(100, 200, 1040, 4);
    page.centred(350, 400, "Mengetahui");
    page.centred(350, 430, "Ketua Tim");
    page.centred(350, 560, "Siti Aminah");
    page.centred(900, 400, "Sukamaju 3 Agustus");
    page.centred(900, 430, "Notulis");
    page.centred(900, 560, "Budi Santoso");
    const Texts texts = shown(page.blocks());
    CHECK(Texts(texts.begin() + 1, texts.end()) ==
          Texts{"Mengetahui", "Ketua Tim", "Siti Aminah", "Sukamaju 3 Agustus", "Notulis", "Budi Santoso"});
}

TEST_CASE("structure: a dark head of a table parts its cells like the rules below it") {
    TextPage page;
    cv::rectangle(page.picture, cv::Rect(100, 300, 1000, 40), cv::Scalar(60, 30, 20), cv::FILLED);
    for (const float x : {100.F, 400.F, 1100.F}) {
        page.rule(x, 340, x, 430);
    }
    page.rule(100, 385, 1100, 385);
    page.rule(100, 430, 1100, 430);
    for (const auto& [x, text] : {std::pair{150.F, "Nama"}, std::pair{500.F, "Jabatan"}}) {
        Line& line = page.lines.emplace_back();
        line.polarity = Polarity::light_on_dark;
        line.words.push_back({text, quad_of({x, 308, x + 90, 332}), 0.9F, {}});
        cv::putText(page.picture, text, cv::Point(cvRound(x), 330), cv::FONT_HERSHEY_SIMPLEX, 0.8,
                    cv::Scalar(255, 255, 255), 2);
    }
    page.line(110, 370, "Siti");
    page.line(410, 370, "ketua");
    page.line(110, 415, "Budi");
    page.line(410, 415, "anggota");
    const std::vector<Block> blocks = page.blocks();
    const Block& table = first(blocks, BlockKind::table);
    CHECK(rows(table) == Texts{"Nama|Jabatan", "Siti|ketua", "Budi|anggota"});
    CHECK(is_complete(table));
}

TEST_CASE("structure: signatures in a table stand behind it, and an empty row of it stays") {
    TextPage page;
    for (const float y : {300.F, 360.F, 420.F, 480.F}) {
        page.rule(100, y, 1100, y);
    }
    for (const float x : {100.F, 600.F, 1100.F}) {
        page.rule(x, 300, x, 480);
    }
    page.line(110, 340, "Nama");
    page.line(610, 340, "Tanda tangan");
    page.line(110, 400, "Siti");
    cv::ellipse(page.picture, {800, 390}, {70, 15}, 5, 0, 320, cv::Scalar(120, 30, 20), 2);
    const Texts texts = shown(page.blocks());
    CHECK(texts == Texts{"table", "<Signature>"});
    CHECK(first(page.blocks(), BlockKind::table).rows == 3);
}
