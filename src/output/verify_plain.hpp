// Verifiers of the formats that need no password.
#pragma once

#include "output/document_writer.hpp"

namespace saring::output {

void verify_text(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);
void verify_markdown(const FileBytes& file, const text::Document& document,
                     const std::optional<Protection>& protection);
void verify_hocr(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);
void verify_alto(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);
void verify_picture(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection);

} // namespace saring::output
