// libqpdf 11.3's JSON.hh does not compile with clang in C++20 (a vector of an incomplete type), and fuzzers need clang.
// None of them writes a document, so that the PDF writer can stay out of their build.
#include "output/document_writer.hpp"
#include "saring/error.hpp"

namespace saring::output {

FileBytes write_pdf(const text::Document&, const std::optional<Protection>&) {
    throw Error(ErrorCode::internal, "write", "this build has no PDF writer");
}

void verify_pdf(const FileBytes&, const text::Document&, const std::optional<Protection>&) {
    throw Error(ErrorCode::internal, "verify", "this build has no PDF writer");
}

} // namespace saring::output
