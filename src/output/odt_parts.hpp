// The parts of an ODT file (OASIS Open Document Format 1.3 part 3) and what they share while it is written.
#pragma once

#include "output/office_plan.hpp"
#include "output/xml.hpp"
#include "output/zip_archive.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

// How a paragraph differs from its style. Points.
struct OdtParagraph {
    std::string parent = "Standard";
    text::Alignment alignment = text::Alignment::left;
    double before = 0;
    double after = 0;
    double spacing = 1;
    double left = 0;
    double first = 0;
    double size = 0;      // 0: as the style
    std::string master{}; // a page of this master begins here
    int page_number = 0;  // and counts from this, where it is not 0
    bool page_break = false;
    bool column_break = false;
    bool tiny = false;     // holds a break and shows nothing
    double tab_middle = 0; // tab stops, where they are not 0
    double tab_right = 0;
};

// Automatic styles: one for each look that occurs, named in the order of their first use.
class OdtStyles {
public:
    explicit OdtStyles(std::string_view prefix) : prefix_(prefix) {}

    std::string paragraph(const OdtParagraph& facts);
    std::string run(const TextRun& run, bool bold_style); // empty where nothing differs
    std::string columns(const Flow& flow, const PageShape& shape);
    std::string table(double width, double left);
    std::string table_column(double width);
    std::string table_row(double height);
    std::string table_cell(bool ruled, bool middle);
    std::string frame();

    // All of them as one string of elements.
    [[nodiscard]] std::string elements() const;

private:
    std::string named(std::string_view family, const std::string& attributes, const std::string& content);

    std::string prefix_;
    std::map<std::string, std::string> names_; // by what they say
    std::vector<std::string> elements_;
};

struct Odt : OfficePlan {
    explicit Odt(const text::Document& source) : OfficePlan(source) {}

    OdtStyles styles{"P"};
    OdtStyles master_styles{"M"};     // those of heads and feet live in another part
    std::vector<std::size_t> masters; // the page that each master page was made for
    std::vector<ZipEntry> pictures;

    // The master page that shows a page: its paper, head and foot.
    std::size_t master_of(std::size_t page);
};

std::string odt_master_name(std::size_t master);

// Appends text as ODF wants it: runs in spans, line ends, blanks that would collapse.
void odt_runs(pugi::xml_node paragraph, const std::vector<TextRun>& runs, OdtStyles& styles, bool bold_style);

void odt_table(pugi::xml_node parent, const text::Block& table, Odt& odt, const std::string& name,
               const PageShape& shape, double left, double most_width);

// <text:list-style> of every list, "L1" the first.
std::string odt_list_styles(const ListPlan& plan);

FileBytes odt_content(Odt& odt);
FileBytes odt_styles(Odt& odt);

// What every root element declares.
std::string odt_namespaces();

// A length, "12.5pt".
std::string points(double length);

} // namespace saring::output
