// One interface for all document formats. A writer turns a document into the bytes of a file, in memory: the plain form
// of what will be locked never touches the disk. A new format is a file here and a row in document_writer.cpp.
#pragma once

#include "text/document.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

using FileBytes = std::vector<std::uint8_t>;

// UTF-8; what the file is opened with. Without an owner password nobody can lift the permissions of a PDF: a random one
// is drawn and forgotten, since with the user's for the owner's every reader would ignore them.
struct Protection {
    std::string user_password;
    std::string owner_password; // PDF only: lifts the permissions
    bool may_print = true;      // PDF only
    bool may_copy = true;       // PDF only; assistive technology may always read
    bool may_change = false;    // PDF only
};

// Throws Error(bad_password) where the format cannot hold a password, Error(write_failed) where a library fails.
using DocumentWriter = FileBytes (*)(const text::Document& document, const std::optional<Protection>& protection);

// Opens a finished file with its password and compares it with the document: pages, and text where the format has any.
// Throws Error(write_failed) that names the difference.
using DocumentVerifier = void (*)(const FileBytes& file, const text::Document& document,
                                  const std::optional<Protection>& protection);

struct DocumentFormat {
    std::string_view name;      // "pdf"
    std::string_view extension; // ".pdf"
    bool can_encrypt = false;
    bool one_page_a_file = false; // pictures: page n of several goes into NAME-n.png
    DocumentWriter write = nullptr;
    DocumentVerifier verify = nullptr;
};

// By the extension of a file name, in any case; null for an unknown one.
const DocumentFormat* format_of(std::string_view extension);
const std::vector<DocumentFormat>& document_formats();

// Formats, one function each.
FileBytes write_pdf(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_docx(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_pptx(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_odt(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_text(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_markdown(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_hocr(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_alto(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_png(const text::Document& document, const std::optional<Protection>& protection);
FileBytes write_jpeg(const text::Document& document, const std::optional<Protection>& protection);

void verify_pdf(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);
void verify_docx(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);
void verify_pptx(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);
void verify_odt(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);

// Office files are ZIP archives; a locked DOCX or PPTX is an OLE container with the archive encrypted in it
// (MS-OFFCRYPTO, agile), a locked ODT encrypts each entry (ODF 1.2). Passwords are UTF-8. unlock_*() throws
// Error(wrong_password).
FileBytes lock_ooxml(const FileBytes& archive, std::string_view password);
FileBytes unlock_ooxml(const FileBytes& container, std::string_view password);
FileBytes lock_odf(const FileBytes& archive, std::string_view password);
FileBytes unlock_odf(const FileBytes& archive, std::string_view password);

} // namespace saring::output
