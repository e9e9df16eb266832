#include "audit/store_notices.hpp"

#include "output/json.hpp"

namespace saring::audit {
namespace {

constexpr Bilingual purpose{
    "Audit ini menyimpan hasilnya agar berkas yang sama tidak dibaca dua kali. Di dalamnya dapat ada data pribadi; "
    "yang "
    "bertanggung jawab (UU 27/2022) adalah instansi yang menjalankannya.",
    "This audit keeps its results so that no file is read twice. They may hold personal data; the office that runs it "
    "answers for them (UU 27/2022)."};
constexpr Bilingual where{"Tempat: ", "Where: "};
constexpr Bilingual who{", hanya dapat dibaca oleh pengguna ini.", ", readable by this user only."};
constexpr Bilingual plain{
    "Isi: nama dan sidik berkas, temuan (disamarkan), keputusan, dan teks yang terbaca, tidak dienkripsi. Tanpa teks: "
    "--no-text. Terenkripsi: --ask-passphrase, pada penyimpanan baru.",
    "What: names and hashes of files, findings (masked), decisions, and the text that was read, not encrypted. Without "
    "text: --no-text. Encrypted: --ask-passphrase, with a new store."};
constexpr Bilingual encrypted{
    "Isi: nama dan sidik berkas, temuan (disamarkan), keputusan, dan teks yang terbaca, dienkripsi dengan kata sandi "
    "Anda. "
    "Tanpa kata sandi itu teksnya hilang. Tanpa teks: --no-text.",
    "What: names and hashes of files, findings (masked), decisions, and the text that was read, encrypted with your "
    "passphrase. Without it the text is lost. Without text: --no-text."};
constexpr Bilingual textless{"Isi: nama dan sidik berkas, temuan (disamarkan), keputusan; tanpa teks.",
                             "What: names and hashes of files, findings (masked), decisions; no text."};
constexpr Bilingual how_long{
    "Lama: sampai dihapus. saring audit purge menghapus yang sudah tidak ada di galeri, --retain 90d yang lama tidak "
    "terlihat, --forget JALUR satu berkas atau folder.",
    "How long: until deleted. saring audit purge deletes what is no longer in the gallery, --retain 90d what was not "
    "seen for long, --forget PATH a file or folder."};

constexpr Bilingual damaged{"Penyimpanan audit rusak. Berkas lama disimpan di ",
                            "The audit's store was damaged. The old file is kept at "};
constexpr Bilingual saved_decisions{"; yang terselamatkan: keputusan ", "; saved from it: decisions "};
constexpr Bilingual saved_contents{", berkas yang pernah dibaca ", ", contents that were read "};
constexpr Bilingual judged_again{
    ". Semuanya dinilai ulang pada audit berikutnya. Periksa media penyimpanannya; salinan itu dihapus oleh saring "
    "audit "
    "purge.",
    ". All of them are judged again by the next audit. Check the storage; saring audit purge deletes that copy."};
constexpr Bilingual migrated{"Penyimpanan audit disesuaikan dengan versi ini. Salinan sebelumnya: ",
                             "The audit's store was brought up to this version. A copy from before: "};
constexpr Bilingual until_purged{" (dihapus oleh saring audit purge).", " (deleted by saring audit purge)."};

std::string in(const Bilingual& sentence, Language language) { return std::string(sentence.in(language)); }

} // namespace

std::vector<std::string> first_notice(const StoreOptions& options) {
    const Language language = options.language;
    const Bilingual& what = !options.keep_text ? textless : options.passphrase.empty() ? plain : encrypted;
    return {in(purpose, language),
            in(where, language) + output::shown_path(std::filesystem::absolute(options.file).native()) +
                in(who, language),
            in(what, language), in(how_long, language)};
}

std::string damage_notice(const std::filesystem::path& kept, std::uint64_t decisions, std::uint64_t contents,
                          Language language) {
    return in(damaged, language) + output::shown_path(kept.native()) + in(saved_decisions, language) +
           std::to_string(decisions) + in(saved_contents, language) + std::to_string(contents) +
           in(judged_again, language);
}

std::string migration_notice(const std::filesystem::path& kept, Language language) {
    return in(migrated, language) + output::shown_path(kept.native()) + in(until_purged, language);
}

} // namespace saring::audit
