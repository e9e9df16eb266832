// The two languages in which Saring speaks to people. What it can *read* is another matter: ScanOptions::ocr_languages.
#pragma once

#include <cstdint>
#include <string_view>

namespace saring {

enum class Language : std::uint8_t { indonesian, english };

// A sentence in both languages, for tables of messages.
struct Bilingual {
    std::string_view indonesian;
    std::string_view english;

    [[nodiscard]] std::string_view in(Language language) const {
        return language == Language::indonesian ? indonesian : english;
    }
};

// As the command line and JSON name it: "id", "en".
inline std::string_view code_of(Language language) { return language == Language::indonesian ? "id" : "en"; }

} // namespace saring
