// Any bytes as a picture or document. The formats that Saring opens with its own code around a library are all reached
// through open_document(); the corpus decides which.
#include "image/load.hpp"
#include "image/metadata.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    saring::image::silence_libraries();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace saring;
    const image::Bytes bytes(reinterpret_cast<const std::byte*>(data), size);
    Limits limits;
    limits.pixels = 1'000'000;
    limits.pages = 8;
    limits.page_time = std::chrono::seconds(5); // for the frames of a film
    (void)image::read_metadata(bytes);
    try {
        const auto document = image::open_document(bytes, limits);
        for (int page = 0; page < document->page_count(); ++page) {
            (void)document->page_size(page);
            (void)document->load(page, 200);
            (void)document->text_layer(page);
            (void)document->not_rendered(page);
            (void)document->seconds(page);
        }
    } catch (const Error&) { // the only thing that may be thrown
    }
    return 0;
}
