// The table of formats: a new one is a row here and a file beside this one.
#include "output/document_writer.hpp"
#include "output/verify_plain.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace saring::output {
namespace {

// Other endings under which a format is known.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> aliases{
    {{".jpeg", ".jpg"}, {".html", ".hocr"}, {".xml", ".alto"}, {".markdown", ".md"}}};

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

} // namespace

const std::vector<DocumentFormat>& document_formats() {
    static const std::vector<DocumentFormat> formats{
        {.name = "pdf", .extension = ".pdf", .can_encrypt = true, .write = write_pdf, .verify = verify_pdf},
        {.name = "docx", .extension = ".docx", .can_encrypt = true, .write = write_docx, .verify = verify_docx},
        {.name = "pptx", .extension = ".pptx", .can_encrypt = true, .write = write_pptx, .verify = verify_pptx},
        {.name = "odt", .extension = ".odt", .can_encrypt = true, .write = write_odt, .verify = verify_odt},
        {.name = "txt", .extension = ".txt", .write = write_text, .verify = verify_text},
        {.name = "md", .extension = ".md", .write = write_markdown, .verify = verify_markdown},
        {.name = "hocr", .extension = ".hocr", .write = write_hocr, .verify = verify_hocr},
        {.name = "alto", .extension = ".alto", .write = write_alto, .verify = verify_alto},
        {.name = "png", .extension = ".png", .one_page_a_file = true, .write = write_png, .verify = verify_picture},
        {.name = "jpeg", .extension = ".jpg", .one_page_a_file = true, .write = write_jpeg, .verify = verify_picture},
    };
    return formats;
}

const DocumentFormat* format_of(std::string_view extension) {
    std::string wanted = lowered(extension);
    const auto alias = std::ranges::find(aliases, wanted, &std::pair<std::string_view, std::string_view>::first);
    wanted = alias == aliases.end() ? wanted : alias->second;
    const auto found = std::ranges::find(document_formats(), wanted, &DocumentFormat::extension);
    return found == document_formats().end() ? nullptr : &*found;
}

} // namespace saring::output
