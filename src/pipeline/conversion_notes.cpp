#include "pipeline/conversion_notes.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace saring::pipeline {
namespace {

struct Matter {
    std::function<bool(const ConvertedPage&)> concerns;
    Bilingual sentence; // "%" stands for the pages
};

const std::array matters{
    Matter{[](const ConvertedPage& page) { return !page.found; },
           {"Tepi lembar tidak ditemukan di halaman %: seluruh foto dipakai. Foto ulang dengan keempat sudut terlihat "
            "bila hasilnya kurang rapi.",
            "No edge of a sheet was found on page %: the whole photo is used. Take it again with all four corners in "
            "view if you want it neater."}},
    Matter{[](const ConvertedPage& page) { return page.handwriting > 0; },
           {"Tulisan yang tidak terbaca di halaman % tetap berupa gambar: tidak dapat dicari dan tidak diperiksa.",
            "Writing that could not be read on page % stays a picture: it cannot be searched and was not checked."}},
    Matter{[](const ConvertedPage& page) { return page.blank; }, {"Halaman % tampak kosong.", "Page % looks blank."}},
};

std::string list_of(const std::vector<std::size_t>& pages) {
    std::string out;
    for (const std::size_t page : pages) {
        out += (out.empty() ? "" : ", ") + std::to_string(page + 1);
    }
    return out;
}

std::string filled(Bilingual sentence, const std::string& pages, Language language) {
    std::string out(sentence.in(language));
    return out.replace(out.find('%'), 1, pages);
}

void add_twins(const std::vector<ConvertedPage>& pages, Language language, std::vector<std::string>& out) {
    constexpr Bilingual sentence{"Tampak sama dengan halaman %: halaman ", "These look the same as page %: page "};
    std::map<int, std::vector<std::size_t>> twins; // by the first page that looks so
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (pages[i].looks_like) {
            twins[*pages[i].looks_like].push_back(i);
        }
    }
    for (const auto& [first, others] : twins) {
        out.push_back(filled(sentence, std::to_string(first + 1), language) + list_of(others) + ".");
    }
}

} // namespace

std::vector<std::string> notes_on(const std::vector<ConvertedPage>& pages,
                                  const std::vector<text::SignatureNote>& signatures, Language language) {
    std::vector<std::string> out;
    for (const text::SignatureNote& note : signatures) {
        const std::string text(note.text.in(language));
        if (std::find(out.begin(), out.end(), text) == out.end()) {
            out.push_back(text);
        }
    }
    for (const Matter& matter : matters) {
        std::vector<std::size_t> concerned;
        for (std::size_t i = 0; i < pages.size(); ++i) {
            if (matter.concerns(pages[i])) {
                concerned.push_back(i);
            }
        }
        if (!concerned.empty()) {
            out.push_back(filled(matter.sentence, list_of(concerned), language));
        }
    }
    add_twins(pages, language, out);
    return out;
}

} // namespace saring::pipeline
