#include "output/wording.hpp"

#include <array>
#include <cstddef>

namespace saring::output {
namespace {

constexpr std::array<Bilingual, 3> verdicts{{
    {"Tidak ada tanda", "No sign found"},
    {"Periksa dulu", "Look again"},
    {"Jangan dibagikan", "Do not share"},
}};
constexpr std::array<Bilingual, 4> severities{{
    {"rendah", "low"},
    {"sedang", "medium"},
    {"tinggi", "high"},
    {"kritis", "critical"},
}};
constexpr std::array<Bilingual, 6> categories{{
    {"penanda", "marking"},
    {"kebijakan", "policy"},
    {"rapat", "meeting"},
    {"nomor identitas", "identifier"},
    {"sandi atau kunci", "secret"},
    {"lokasi", "location"},
}};
constexpr std::array<Bilingual, 3> decisions{{
    {"terbuka", "open"},
    {"diterima", "accepted"},
    {"sudah tidak ada", "gone"},
}};
constexpr std::array<Bilingual, 4> unread_reasons{{
    {"tulisan tidak terbaca dengan yakin", "writing that could not be read with certainty"},
    {"aksara yang tidak dapat dibaca", "a script that cannot be read"},
    {"waktu habis sebelum terbaca", "time ran out before it was read"},
    {"bagian berkas yang tidak dapat ditampilkan", "a part of the file that could not be rendered"},
}};

} // namespace

Bilingual words_of(Verdict verdict) { return verdicts.at(static_cast<std::size_t>(verdict)); }
Bilingual words_of(Severity severity) { return severities.at(static_cast<std::size_t>(severity)); }
Bilingual words_of(Category category) { return categories.at(static_cast<std::size_t>(category)); }
Bilingual words_of(Decision decision) { return decisions.at(static_cast<std::size_t>(decision)); }
Bilingual words_of(UnreadReason reason) { return unread_reasons.at(static_cast<std::size_t>(reason)); }

} // namespace saring::output
