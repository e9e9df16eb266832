#include "support.hpp"
#include "text/signature_care.hpp"

using namespace saring;
using text::SignatureSign;

namespace {

std::vector<Line> page(std::initializer_list<std::string_view> texts) {
    std::vector<Line> lines;
    for (const std::string_view text : texts) {
        lines.emplace_back();
        lines.back().text = text;
    }
    return lines;
}

std::vector<SignatureSign> signs_of(std::initializer_list<std::string_view> texts,
                                    std::initializer_list<std::string_view> codes = {}) {
    std::vector<image::QrCode> found;
    for (const std::string_view code : codes) {
        found.push_back({std::string(code), {}});
    }
    std::vector<SignatureSign> signs;
    for (const text::SignatureNote& note : text::signature_notes(page(texts), found)) {
        signs.push_back(note.sign);
    }
    return signs;
}

using Signs = std::vector<SignatureSign>;
const Signs stated{SignatureSign::stated};
const Signs code{SignatureSign::code};
const Signs none;

} // namespace

TEST_CASE("the footer of an electronically signed letter is understood, over lines and slips of the reader") {
    CHECK(signs_of({"Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik",
                    "yang diterbitkan oleh BSrE."}) == stated);
    CHECK(signs_of({"Ditandatangani secara elektronik oleh:", "Direktur Contoh"}) == stated);
    CHECK(signs_of({"Kepala Kantor", "ditandatangani secara", "elektronik"}) == stated);
    CHECK(signs_of({"DOKUMEN INI TELAH DITANDATANGANl SECARA ELEKTR0NIK"}) == stated);
    CHECK(signs_of({"ini telah ditanda-", "tangani secara elektronik"}) == stated);
    CHECK(signs_of({"Digitally signed by John Doe", "Date: 2026.08.17"}) == stated);
    CHECK(signs_of({"This contract has been electronically signed."}) == stated);
}

TEST_CASE("plans, rules and reports about signing are no signature") {
    CHECK(signs_of({"Surat ini belum ditandatangani secara elektronik"}) == none);
    CHECK(signs_of({"Naskah dinas dapat ditandatangani secara elektronik oleh pejabat"}) == none);
    CHECK(signs_of({"Dokumen yang telah ditandatangani secara elektronik wajib disimpan"}) == none);
    CHECK(signs_of({"Contracts must be digitally signed by both parties"}) == none);
    CHECK(signs_of({"PERATURAN BUPATI TENTANG PENYELENGGARAAN SERTIFIKAT ELEKTRONIK",
                    "Tanda Tangan Elektronik adalah tanda tangan yang terdiri atas informasi elektronik",
                    "Balai Sertifikasi Elektronik yang selanjutnya disingkat BSrE"}) == none);
    CHECK(signs_of({"Mengetahui,", "tanda tangan", "Budi"}) == none);
}

TEST_CASE("a plan beside a fact does not hide the fact") {
    CHECK(signs_of({"Surat ini tidak ditandatangani secara elektronik oleh kepala,",
                    "Lampiran ini telah ditandatangani secara elektronik oleh sekretaris"}) == stated);
}

TEST_CASE("a code that leads to a verification of signatures is a sign, a shop's code is none") {
    CHECK(signs_of({"Surat Tugas"}, {"https://tte.kominfo.go.id/verifyPDF"}) == code);
    CHECK(signs_of({}, {"https://verifikasi.contoh.go.id/surat?id=7"}) == code);
    CHECK(signs_of({}, {"HTTPS://SIMPEG.CONTOH.AC.ID/VERIFIKASI/8a"}) == code);
    CHECK(signs_of({}, {"https://verification.peruri.co.id/x"}) == code);
    CHECK(signs_of({}, {"https://privy.id/verify/7"}) == code);
    CHECK(signs_of({"Menu hari ini"}, {"https://toko.example.com/verifikasi/member"}) == none);
    CHECK(signs_of({"Isi survei"}, {"https://contoh.go.id/survei"}) == none);
    CHECK(signs_of({}, {"https://attendance.example.com/tte2"}) == none);
    CHECK(signs_of({}, {"https://notprivy.id/verify/7"}) == none);
    CHECK(signs_of({}, {"WIFI:T:WPA;S:tte.go.id;P:x;;", "tte", "https://", "https:///verifikasi"}) == none);
}

TEST_CASE("names of the signing authority count beside a code with an address only") {
    CHECK(signs_of({"Balai Sertifikasi Elektronik"}, {"https://s.example.com/a7"}) == code);
    CHECK(signs_of({"BSrE"}, {"nomor 17"}) == none);
    CHECK(signs_of({"BSrE"}) == none);
}

TEST_CASE("an electronic duty stamp is told by its name and value, not by a text about stamps") {
    CHECK(signs_of({"METERAI ELEKTRONIK", "10000", "SEPULUH RIBU RUPIAH"}) == Signs{SignatureSign::stamp_duty});
    CHECK(signs_of({"Cara membeli meterai elektronik"}) == none);
}

TEST_CASE("each sign is told once, in both languages, with its evidence but never a whole address") {
    const auto notes =
        text::signature_notes(page({"Ditandatangani secara elektronik", "Telah ditandatangani secara elektronik"}),
                              {{"https://tte.contoh.go.id/v?token=abc", {}}, {"https://tte.contoh.go.id/w", {}}});
    REQUIRE(notes.size() == 2);
    CHECK(notes[0].evidence == "ditandatangani secara elektronik");
    CHECK(notes[1].evidence == "tte.contoh.go.id");
    for (const auto& note : notes) {
        CHECK(note.text.indonesian.find("asli") != std::string::npos);
        CHECK(note.text.english.find("original") != std::string::npos);
    }
    CHECK(text::signature_notes({}, {}).empty());
}
