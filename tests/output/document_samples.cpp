#include "output/document_samples.hpp"

#include "output/xml.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <sstream>

namespace saring::test {

using text::Alignment;
using text::Block;
using text::BlockKind;

text::DocumentLine line(std::string_view words, float left, float baseline, float size) {
    text::DocumentLine out;
    std::istringstream stream{std::string(words)};
    float x = left;
    for (std::string word; stream >> word;) {
        const float width = static_cast<float>(word.size()) * size / 2;
        out.words.push_back({word, {x, baseline - 0.7F * size, x + width, baseline}, 0.9F});
        x += width + size / 3;
    }
    out.box = {left, baseline - 0.7F * size, std::max(left, x - size / 3), baseline};
    out.baseline = baseline;
    out.font_size = size;
    return out;
}

Block block(BlockKind kind, const std::vector<std::string>& lines, float left, float top, float size) {
    Block out;
    out.kind = kind;
    out.level = kind == BlockKind::heading ? 1 : 0;
    out.box = {left, top, left, top};
    float baseline = top + 0.7F * size;
    for (const std::string& words : lines) {
        out.lines.push_back(line(words, left, baseline, size));
        out.box.right = std::max(out.box.right, out.lines.back().box.right);
        out.box.bottom = baseline;
        baseline += 1.2F * size;
    }
    return out;
}

Block item(const std::string& marker, const std::string& words, float left, float top, int level) {
    Block out = block(BlockKind::list_item, {words}, left + 60, top);
    out.level = level;
    out.marker = marker;
    out.marker_word = {marker, {left, top, left + 30, top + 28}, 0.9F};
    out.box.left = left;
    return out;
}

Block table(float left, float top) {
    constexpr float width = 600;
    constexpr float height = 80;
    Block out;
    out.kind = BlockKind::table;
    out.rows = 3;
    out.columns = 3;
    out.ruled = true;
    out.box = {left, top, left + 3 * width, top + 3 * height};
    const auto cell = [&](int row, int column, int rows, int columns, const std::string& words) {
        const float x = left + static_cast<float>(column) * width;
        const float y = top + static_cast<float>(row) * height;
        out.cells.push_back({row,
                             column,
                             rows,
                             columns,
                             {x, y, x + static_cast<float>(columns) * width, y + static_cast<float>(rows) * height},
                             row == 0,
                             {line(words, x + 15, y + 55)}});
    };
    cell(0, 0, 1, 1, "Unit");
    cell(0, 1, 1, 2, "Jumlah berkas");
    cell(1, 0, 2, 1, "Keuangan");
    cell(1, 1, 1, 1, "2025");
    cell(1, 2, 1, 1, "120");
    cell(2, 1, 1, 1, "2026");
    cell(2, 2, 1, 1, "135");
    return out;
}

text::DocumentPage page() {
    text::DocumentPage out;
    out.dpi = 300;
    out.picture.width = 2480;
    out.picture.height = 3508;
    out.picture.background_width = 620;
    out.picture.background_height = 877;
    cv::Mat background(877, 620, CV_8UC3, cv::Scalar::all(255));
    cv::rectangle(background, {75, 575}, {225, 675}, cv::Scalar(60, 120, 220), cv::FILLED);
    for (const std::byte byte : encoded(background, ".jpg")) {
        out.picture.background_jpeg.push_back(static_cast<std::uint8_t>(byte));
    }
    return out;
}

namespace {

Block in_column(Block block, int column) {
    block.column = column;
    return block;
}

text::DocumentPage first_page() {
    text::DocumentPage out = page();
    Block title = block(BlockKind::heading, {"Laporan Tahunan"}, 900, 300, 80);
    title.alignment = Alignment::centre;
    Block broken =
        block(BlockKind::paragraph, {"Kegiatan berjalan sesuai ren-", "cana tanpa hambatan apa pun."}, 300, 500);
    broken.lines.front().joins_next = true;
    Block bold = block(BlockKind::paragraph, {"Perhatian: berkas asli."}, 300, 700);
    bold.lines.front().bold = true;
    bold.lines.front().ink = 0xB02028;
    Block figure;
    figure.kind = BlockKind::figure;
    figure.box = {300, 2300, 900, 2700};
    figure.alternative = "Foto ruang kerja";
    Block section = block(BlockKind::heading, {"Hasil"}, 1300, 500, 56);
    section.level = 2;
    out.blocks = {block(BlockKind::page_header, {"Warta Internal"}, 300, 100, 32),
                  title,
                  in_column(broken, 1),
                  in_column(bold, 1),
                  in_column(item("3.", "butir ketiga", 300, 900), 1),
                  in_column(item("a.", "anak butir", 360, 960, 1), 1),
                  in_column(item("4.", "butir keempat", 300, 1020), 1),
                  in_column(figure, 1),
                  in_column(section, 2),
                  in_column(item("•", "peluru", 1300, 700), 2),
                  in_column(block(BlockKind::paragraph, {"Sasaran tercapai 𝛑 dan שלום."}, 1300, 900), 2),
                  table(300, 2800),
                  block(BlockKind::page_number, {"– 7 –"}, 1200, 3400, 32)};
    return out;
}

} // namespace

text::Document two_column_document() {
    text::Document out;
    out.title = "Laporan Tahunan";
    out.language = "id";
    out.creation_date = "2026-08-17T09:30:00+07:00";
    out.producer = "Saring";
    out.pages.push_back(first_page());
    text::DocumentPage second = page();
    second.blocks = {block(BlockKind::page_header, {"Warta Internal"}, 300, 100, 32),
                     block(BlockKind::paragraph, {"Demikian laporan ini dibuat."}, 300, 300),
                     block(BlockKind::page_number, {"– 8 –"}, 1200, 3400, 32)};
    out.pages.push_back(std::move(second));
    return out;
}

Part::Part(const output::FileBytes& archive, std::string_view name) {
    const std::vector<output::ZipEntry> entries = output::unzip(archive);
    const output::ZipEntry* entry = output::find_entry(entries, name);
    INFO(name);
    REQUIRE(entry != nullptr);
    output::parse_xml(part_, entry->bytes, name);
}

std::string Part::value(const char* query) const {
    const pugi::xpath_node found = part_.select_node(query);
    return found.attribute() ? found.attribute().value() : found.node().text().get();
}

std::string Part::text(const char* query) const {
    std::string out;
    for (const pugi::xpath_node& found : part_.select_nodes(query)) {
        out += (out.empty() ? "" : "|") + std::string(found.node().text().get());
    }
    return out;
}

output::FileBytes tampered(const output::FileBytes& archive, std::string_view name, const std::string& from,
                           const std::string& to) {
    std::vector<output::ZipEntry> entries = output::unzip(archive);
    for (output::ZipEntry& entry : entries) {
        if (entry.name == name) {
            std::string text(entry.bytes.begin(), entry.bytes.end());
            const std::size_t place = text.find(from);
            REQUIRE(place != std::string::npos);
            entry.bytes = output::bytes_of(text.replace(place, from.size(), to));
        }
    }
    return output::zip(entries);
}

} // namespace saring::test
