#include "text/table_rows.hpp"

#include "text/boxes.hpp"

namespace saring::text {
namespace {

// In font sizes.
constexpr float same_row = 0.45F;     // between baselines of one row
constexpr float narrowest_gap = 0.4F; // that goes down through all rows
constexpr float wide_gap = 0.9F;      // that parts two runs in at least some of them

// A name and its value run together where the name is long ("Lampiran : 1 berkas"): cut before a colon that stands
// under or over another one.
void cut_at_colons(std::vector<Row>& rows) {
    const auto is_colon = [](const DocumentWord& word) { return word.text.front() == ':'; };
    const auto aligned = [&](std::size_t which, float left) {
        constexpr std::size_t near = 4; // rows
        for (std::size_t i = which > near ? which - near : 0; i < std::min(rows.size(), which + near + 1); ++i) {
            for (const Piece& piece : rows[i].pieces) {
                for (const DocumentWord& word : piece.line.line.words) {
                    if (i != which && is_colon(word) && std::abs(word.box.left - left) < 0.4F * rows[i].size) {
                        return true;
                    }
                }
            }
        }
        return false;
    };
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::vector<Piece> pieces;
        for (const Piece& piece : rows[row].pieces) {
            const auto& words = piece.line.line.words;
            const auto colon = std::find_if(words.begin() + 1, words.end(), is_colon);
            if (colon == words.end() || !aligned(row, colon->box.left)) {
                pieces.push_back(piece);
                continue;
            }
            const auto at = static_cast<std::size_t>(colon - words.begin());
            pieces.push_back({part_of(piece.line, 0, at), piece.item, 0, 0});
            pieces.push_back({part_of(piece.line, at, words.size()), piece.item, 0, 0});
        }
        rows[row].pieces = std::move(pieces);
    }
}

// White gaps that go down through the rows, from left to right.
std::vector<Span> gaps_of(const std::vector<Row>& rows, float size) {
    struct Edge {
        float x = 0;
        int step = 0;
    };
    std::vector<Edge> edges;
    for (const Row& row : rows) {
        for (const Piece& piece : row.pieces) {
            for (const DocumentWord& word : piece.line.line.words) {
                edges.push_back({word.box.left, 1});
                edges.push_back({word.box.right, -1});
            }
        }
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.x < b.x; });
    const int tolerated = static_cast<int>(rows.size() / 8); // rows with a cell that spans columns
    std::vector<Span> out;
    int depth = 0;
    float open = edges.empty() ? 0 : edges.front().x;
    bool white = false;
    for (const Edge& edge : edges) {
        if (white && depth + edge.step > tolerated) {
            if (edge.x - open > narrowest_gap * size) {
                out.push_back({open, edge.x});
            }
            white = false;
        } else if (!white && depth > tolerated && depth + edge.step <= tolerated) {
            open = edge.x;
            white = true;
        }
        depth += edge.step;
    }
    return out;
}

} // namespace

TextLine part_of(const TextLine& line, std::size_t begin, std::size_t end) {
    TextLine out = line;
    out.line.words.assign(line.line.words.begin() + static_cast<std::ptrdiff_t>(begin),
                          line.line.words.begin() + static_cast<std::ptrdiff_t>(end));
    out.line.box = out.line.words.front().box;
    for (const DocumentWord& word : out.line.words) {
        out.line.box = united(out.line.box, word.box);
    }
    return out;
}

std::vector<Row> table_rows(const std::vector<Item>& items) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].is_block) {
            pieces.push_back({items[i].line, i, 0, 0});
        }
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.line.line.baseline < b.line.line.baseline; });
    std::vector<Row> rows;
    for (Piece& piece : pieces) {
        const DocumentLine& line = piece.line.line;
        if (rows.empty() ||
            line.baseline - rows.back().baseline > same_row * std::max(line.font_size, rows.back().size)) {
            rows.push_back({{}, line.baseline, line.font_size});
        }
        rows.back().pieces.push_back(std::move(piece));
    }
    for (Row& row : rows) {
        std::sort(row.pieces.begin(), row.pieces.end(),
                  [](const Piece& a, const Piece& b) { return a.line.line.box.left < b.line.line.box.left; });
    }
    cut_at_colons(rows);
    return rows;
}

std::vector<Span> parting_gaps(const std::vector<Row>& rows, float size) {
    std::vector<Span> out;
    for (const Span& gap : gaps_of(rows, size)) {
        std::size_t wide = 0;
        std::size_t both = 0;
        for (const Row& row : rows) {
            const Box* before = nullptr;
            const Box* after = nullptr;
            const float middle = (gap.left + gap.right) / 2;
            for (const Piece& piece : row.pieces) {
                const Box& box = piece.line.line.box;
                before = box.right <= middle ? &box : before;
                after = after == nullptr && box.left >= middle ? &box : after;
            }
            const bool colon =
                after != nullptr && std::any_of(row.pieces.begin(), row.pieces.end(), [&](const Piece& p) {
                    return p.line.line.box.left == after->left && p.line.line.words.front().text.front() == ':';
                });
            both += before != nullptr && after != nullptr ? 1 : 0;
            wide += before != nullptr && after != nullptr && (colon || after->left - before->right > wide_gap * size)
                        ? 1
                        : 0;
        }
        if (wide >= 2 && 2 * wide >= both) {
            out.push_back(gap);
        }
    }
    return out;
}

void place_pieces(std::vector<Row>& rows, const std::vector<Span>& gaps) {
    const auto column_of = [&](float x) {
        std::size_t column = 0;
        while (column < gaps.size() && x > (gaps[column].left + gaps[column].right) / 2) {
            ++column;
        }
        return column;
    };
    for (Row& row : rows) {
        std::vector<Piece> pieces;
        for (const Piece& piece : row.pieces) {
            const auto& words = piece.line.line.words;
            std::size_t begin = 0;
            for (std::size_t i = 1; i <= words.size(); ++i) {
                const bool cut =
                    i == words.size() || (column_of(words[i].box.left) != column_of(words[i - 1].box.right) &&
                                          column_of(words[i - 1].box.right) == column_of(words[i - 1].box.left) &&
                                          words[i].box.left - words[i - 1].box.right > narrowest_gap * row.size);
                if (cut) {
                    Piece part{part_of(piece.line, begin, i), piece.item, 0, 0};
                    part.first = column_of(part.line.line.box.left);
                    part.last = std::max(part.first, column_of(part.line.line.box.right));
                    pieces.push_back(std::move(part));
                    begin = i;
                }
            }
        }
        row.pieces = std::move(pieces);
    }
}

} // namespace saring::text
