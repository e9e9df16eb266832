// A finished PDF proves itself: Poppler, which shares no code with the writer, opens it with its password and not
// without, and finds every word of every page in its order; then libqpdf checks structure and linearisation.
//
// Poppler's raw order is the order of writing. No letter may be lost or changed. Where words end it judges by geometry:
// a word with an odd box may fall apart, and a few whose boxes lie over those of another line, as misread signs do, may
// run together.
#include "output/document_writer.hpp"

#include "output/pdf_password.hpp"
#include "output/pdf_text.hpp"
#include "saring/error.hpp"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-page.h>

#include <qpdf/Pl_Discard.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <iterator>
#include <memory>

namespace saring::output {
namespace {

Error differs(const std::string& what) { return {ErrorCode::write_failed, "verify", what}; }

std::unique_ptr<poppler::document> opened(const FileBytes& file, const std::string& password) {
    return std::unique_ptr<poppler::document>(poppler::document::load_from_raw_data(
        reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size()), password, password));
}

// Letters in their order, and after how many of them a word must have ended.
struct Reading {
    std::u32string letters;
    std::vector<std::size_t> ends; // rising
};

Reading written_on(const text::DocumentPage& page) {
    Reading out;
    for (const text::Block& block : page.blocks) {
        for (const PdfWord& word : pdf_words(block)) {
            out.letters += word.characters;
            if (word.blank_after) {
                out.ends.push_back(out.letters.size());
            }
        }
    }
    return out;
}

Reading found_on(const poppler::page& page) {
    const poppler::byte_array bytes = page.text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
    Reading out;
    for (const char32_t c : pdf_characters({bytes.data(), bytes.size()}, true)) {
        if (c != U' ') {
            out.letters += c;
        } else if (out.ends.empty() || out.ends.back() != out.letters.size()) {
            out.ends.push_back(out.letters.size());
        }
    }
    out.ends.push_back(out.letters.size());
    return out;
}

std::size_t lost_ends(const std::vector<std::size_t>& expected, const std::vector<std::size_t>& found) {
    std::vector<std::size_t> lost;
    std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(), std::back_inserter(lost));
    return lost.size();
}

void compare(const text::DocumentPage& wanted, const poppler::page& page, int number) {
    Reading expected = written_on(wanted);
    Reading found = found_on(page);
    if (reads_from_right(expected.letters)) { // Poppler puts such lines into an order of its own
        std::sort(expected.letters.begin(), expected.letters.end());
        std::sort(found.letters.begin(), found.letters.end());
        expected.ends.clear();
    }
    if (expected.letters != found.letters) {
        throw differs("the text of the page reads differently").at_page(number);
    }
    constexpr std::size_t one_in = 50; // words that may run together
    if (lost_ends(expected.ends, found.ends) > 1 + expected.ends.size() / one_in) {
        throw differs("words of the page run together").at_page(number);
    }
}

void read_back(const FileBytes& file, const text::Document& document, const std::string& password) {
    const auto pdf = opened(file, password);
    if (!pdf || pdf->is_locked()) {
        throw differs(password.empty() ? "the file does not open" : "the file does not open with its password");
    }
    if (pdf->pages() != static_cast<int>(document.pages.size())) {
        throw differs("the file has " + std::to_string(pdf->pages()) + " pages instead of " +
                      std::to_string(document.pages.size()));
    }
    for (int number = 0; number < pdf->pages(); ++number) {
        const std::unique_ptr<poppler::page> page(pdf->create_page(number));
        if (!page) {
            throw differs("the page does not open").at_page(number);
        }
        compare(document.pages[static_cast<std::size_t>(number)], *page, number);
    }
}

void check_lock(const FileBytes& file) {
    if (const auto pdf = opened(file, {}); pdf && !pdf->is_locked()) {
        throw differs("the file opens without its password");
    }
}

// As `qpdf --check` does: read everything, write it to nowhere.
void check_structure(const FileBytes& file, const std::string& password) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("file", reinterpret_cast<const char*>(file.data()), file.size(),
                          password.empty() ? nullptr : password.c_str());
    if (!pdf.isLinearized() || !pdf.checkLinearization()) {
        throw differs("the linearisation is broken");
    }
    Pl_Discard nowhere;
    QPDFWriter writer(pdf);
    writer.setOutputPipeline(&nowhere);
    writer.setDecodeLevel(qpdf_dl_generalized);
    writer.write();
    if (const auto warnings = pdf.getWarnings(); !warnings.empty()) {
        throw differs(warnings.front().what());
    }
}

} // namespace

void verify_pdf(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection) {
    try {
        const std::string password = protection ? pdf_password(protection->user_password) : std::string();
        read_back(file, document, password);
        if (protection) {
            check_lock(file);
        }
        check_structure(file, password);
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::out_of_memory, "verify");
    } catch (const std::exception& failure) {
        throw differs(failure.what());
    }
}

} // namespace saring::output
