// Writes the sample document in every format but PDF for office_oracle.py, the Office formats open and locked.
//
// usage: office_samples FOLDER
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

void write(const saring::output::DocumentFormat& format, const std::filesystem::path& folder) {
    const saring::text::Document document = saring::test::sample_document();
    const std::string extension(format.extension);
    const auto open = format.write(document, std::nullopt);
    format.verify(open, document, std::nullopt);
    save(folder / ("sample" + extension), open);
    if (format.can_encrypt) {
        const saring::output::Protection protection{"kata sandi π", "", true, true, false};
        const auto locked = format.write(document, protection);
        format.verify(locked, document, protection);
        save(folder / ("locked" + extension), locked);
    }
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: office_samples FOLDER\n";
        return 2;
    }
    try {
        for (const saring::output::DocumentFormat& format : saring::output::document_formats()) {
            if (format.name != "pdf") {
                write(format, arguments[1]);
            }
        }
    } catch (const saring::Error& error) {
        std::cerr << error.message(saring::Language::english) << "\n";
        return 1;
    }
    return 0;
}
