// Writes the sample document as PDFs for pdf_oracle.py: one open, one locked.
//
// usage: pdf_samples FOLDER
#include "image/load.hpp"
#include "output/document_writer.hpp"
#include "output/sample_document.hpp"
#include "saring/error.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

void save(const std::filesystem::path& file, const saring::output::FileBytes& bytes) {
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void write(const std::filesystem::path& file, const std::optional<saring::output::Protection>& protection) {
    const saring::text::Document document = saring::test::sample_document();
    const auto bytes = saring::output::write_pdf(document, protection);
    save(file, bytes);
    saring::output::verify_pdf(bytes, document, protection);
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: pdf_samples FOLDER\n";
        return 2;
    }
    try {
        saring::image::silence_libraries();
        const std::filesystem::path folder = arguments[1];
        write(folder / "open.pdf", std::nullopt);
        saring::output::Protection protection;
        protection.user_password = "rahasia kué"; // also in pdf_oracle.py
        write(folder / "locked.pdf", protection);
    } catch (const saring::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
