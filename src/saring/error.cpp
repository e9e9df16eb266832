// The table of everything that can go wrong, with what to do about it, in both languages. Adding an error means adding
// a row; the order of the rows is the order of ErrorCode.
#include "saring/error.hpp"

#include <array>
#include <utility>

namespace saring {
namespace {

struct Row {
    ErrorCode code;
    std::string_view name;
    Bilingual message;
    Bilingual advice;
};

constexpr std::array rows{
    Row{ErrorCode::not_found,
        "not_found",
        {"berkas tidak ditemukan", "the file does not exist"},
        {"Periksa ejaan nama dan foldernya.", "Check the spelling of the name and its folder."}},
    Row{ErrorCode::is_folder,
        "is_folder",
        {"ini folder, bukan berkas", "this is a folder, not a file"},
        {"Sebutkan berkas di dalamnya, misalnya FOLDER/*.jpg.", "Name the files in it, for example FOLDER/*.jpg."}},
    Row{ErrorCode::no_permission,
        "no_permission",
        {"berkas tidak boleh dibaca oleh pengguna ini", "this user may not read the file"},
        {"Minta izin baca kepada pemilik berkas (chmod u+r), lalu ulangi.",
         "Ask the owner for read permission (chmod u+r), then try again."}},
    Row{ErrorCode::not_a_file,
        "not_a_file",
        {"bukan berkas biasa (perangkat, soket, atau pipa)", "not a regular file (a device, socket or pipe)"},
        {"Salin isinya ke berkas biasa, atau kirim lewat masukan standar dengan nama '-'.",
         "Copy its content into a regular file, or send it through standard input with the name '-'."}},
    Row{ErrorCode::read_failed,
        "read_failed",
        {"berkas gagal dibaca", "the file could not be read"},
        {"Periksa media penyimpanan atau jaringannya, lalu ulangi.",
         "Check the storage or the network, then try again."}},
    Row{ErrorCode::write_failed,
        "write_failed",
        {"hasil gagal ditulis", "the output could not be written"},
        {"Periksa bahwa folder tujuan ada, boleh ditulis, dan masih ada ruang.",
         "Check that the target folder exists, may be written to and has space left."}},
    Row{ErrorCode::empty_file,
        "empty_file",
        {"berkas kosong (nol bita)", "the file is empty (zero bytes)"},
        {"Salin atau unduh ulang berkas dari sumbernya.", "Copy or download the file again from its source."}},
    Row{ErrorCode::file_too_large,
        "file_too_large",
        {"berkas melebihi batas ukuran", "the file is larger than the size limit"},
        {"Naikkan batasnya dengan --max-bytes bila berkas ini dapat dipercaya.",
         "Raise the limit with --max-bytes if you trust the file."}},
    Row{ErrorCode::unknown_format,
        "unknown_format",
        {"isi berkas bukan gambar, film, atau PDF yang dikenal",
         "the content is no picture, film or PDF that Saring knows"},
        {"Yang dibaca: JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, PDF, dan film pendek (MP4, MOV, 3GP, WebM, MKV, "
         "AVI). Untuk teks gunakan --text.",
         "Saring reads JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, PDF and short films (MP4, MOV, 3GP, WebM, MKV, "
         "AVI). For plain text use --text."}},
    Row{ErrorCode::corrupt,
        "corrupt",
        {"berkas rusak", "the file is damaged"},
        {"Minta salinan baru dari sumbernya, atau simpan ulang dengan aplikasi gambar.",
         "Get a fresh copy from its source, or save it again with a picture program."}},
    Row{ErrorCode::truncated,
        "truncated",
        {"berkas terpotong: bagian akhirnya hilang", "the file is cut off: its end is missing"},
        {"Ulangi penyalinan atau pengunduhan sampai selesai.", "Repeat the copy or download until it completes."}},
    Row{ErrorCode::too_many_pixels,
        "too_many_pixels",
        {"gambar melebihi batas jumlah piksel", "the picture has more pixels than the limit"},
        {"Perkecil gambarnya, atau naikkan batas dengan --max-pixels bila berkas dapat dipercaya.",
         "Make the picture smaller, or raise the limit with --max-pixels if you trust the file."}},
    Row{ErrorCode::too_many_pages,
        "too_many_pages",
        {"dokumen melebihi batas jumlah halaman", "the document has more pages than the limit"},
        {"Bagi dokumennya, atau naikkan batas dengan --max-pages.",
         "Split the document, or raise the limit with --max-pages."}},
    Row{ErrorCode::password_needed,
        "password_needed",
        {"dokumen dikunci dengan kata sandi", "the document is locked with a password"},
        {"Buka dengan kata sandinya dan periksa salinan tanpa kunci; hapus salinan itu sesudahnya.",
         "Open it with its password and check an unlocked copy; delete that copy afterwards."}},
    Row{ErrorCode::time_limit,
        "time_limit",
        {"batas waktu habis sebelum berkas terbaca", "the time limit ran out before the file was read"},
        {"Naikkan batasnya dengan --page-seconds; dalam audit juga --file-seconds.",
         "Raise the limit with --page-seconds, in an audit also --file-seconds."}},
    Row{ErrorCode::out_of_memory,
        "out_of_memory",
        {"memori tidak cukup untuk berkas ini", "there is not enough memory for this file"},
        {"Tutup program lain, atau perkecil gambarnya.", "Close other programs, or make the picture smaller."}},
    Row{ErrorCode::missing_language,
        "missing_language",
        {"data bahasa untuk pembacaan tidak terpasang", "the data for a reading language is not installed"},
        {"Pasang paketnya, misalnya: apt-get install tesseract-ocr-ind tesseract-ocr-eng. Lihat juga: saring doctor.",
         "Install its package, for example: apt-get install tesseract-ocr-ind tesseract-ocr-eng. See also: saring "
         "doctor."}},
    Row{ErrorCode::missing_model,
        "missing_model",
        {"folder model atau salah satu isinya tidak ditemukan", "the models folder or a part of it is missing"},
        {"Tunjuk foldernya dengan --models, atau pasang ulang Saring. Lihat juga: saring doctor.",
         "Point to the folder with --models, or install Saring again. See also: saring doctor."}},
    Row{ErrorCode::bad_rules,
        "bad_rules",
        {"paket aturan salah", "a rule pack is wrong"},
        {"Perbaiki berkas pada baris yang disebut; models/rules/README.md menjelaskan bentuknya.",
         "Mend the file at the line that is named; models/rules/README.md explains the format."}},
    Row{ErrorCode::bad_option,
        "bad_option",
        {"pilihan tidak dikenal atau nilainya salah", "an option is unknown or its value is wrong"},
        {"Lihat saring --help.", "See saring --help."}},
    Row{ErrorCode::bad_request,
        "bad_request",
        {"baris ini bukan permintaan yang sah", "this line is no valid request"},
        {"Kirim satu objek JSON per baris dengan \"id\" dan salah satu dari \"path\", \"data\", atau \"text\".",
         "Send one JSON object a line with \"id\" and one of \"path\", \"data\" or \"text\"."}},
    Row{ErrorCode::bad_password,
        "bad_password",
        {"kata sandi ini tidak dapat dipakai", "this password cannot be used"},
        {"Pakai kata sandi 1 sampai 127 bita, dengan format yang dapat dikunci: .pdf, .docx, .pptx atau .odt.",
         "Use a password of 1 to 127 bytes, and a format that can be locked: .pdf, .docx, .pptx or .odt."}},
    Row{ErrorCode::wrong_password,
        "wrong_password",
        {"kata sandi salah", "the password is wrong"},
        {"Periksa huruf besar dan kecil, lalu coba lagi.", "Check capitals and small letters, then try again."}},
    Row{ErrorCode::protection_needed,
        "protection_needed",
        {"dokumen ini tidak boleh keluar tanpa kata sandi", "this document must not go out without a password"},
        {"Kunci dengan --password-file, --ask-password atau --generate-password; bila Anda yakin dan berwenang, pakai "
         "--allow-unprotected.",
         "Lock it with --password-file, --ask-password or --generate-password; if you are sure and entitled to, use "
         "--allow-unprotected."}},
    Row{ErrorCode::output_exists,
        "output_exists",
        {"berkas hasil sudah ada", "the output file exists already"},
        {"Pilih nama lain, atau timpa dengan --force.", "Choose another name, or replace it with --force."}},
    Row{ErrorCode::unknown_output,
        "unknown_output",
        {"format berkas hasil tidak dikenal", "the format of the output file is not known"},
        {"Akhiri namanya dengan .pdf, .docx, .pptx, .odt, .txt, .md, .hocr, .alto, .png atau .jpg; laporan audit "
         "dengan "
         ".html, .csv, .json, .ndjson atau .sarif.",
         "End its name with .pdf, .docx, .pptx, .odt, .txt, .md, .hocr, .alto, .png or .jpg; a report of an audit with "
         ".html, .csv, .json, .ndjson or .sarif."}},
    Row{ErrorCode::store_busy,
        "store_busy",
        {"audit lain sedang menulis ke penyimpanan ini", "another audit is writing to this store"},
        {"Tunggu sampai selesai, hentikan audit itu, atau pakai penyimpanan lain dengan --db.",
         "Wait until it is done, stop it, or use another store with --db."}},
    Row{ErrorCode::store_newer,
        "store_newer",
        {"penyimpanan ini dibuat oleh versi Saring yang lebih baru",
         "this store was made by a later version of Saring"},
        {"Pasang versi itu, atau pakai penyimpanan lain dengan --db.",
         "Install that version, or use another store with --db."}},
    Row{ErrorCode::worker_failed,
        "worker_failed",
        {"proses pembaca berhenti sebelum menjawab", "the worker process ended before it answered"},
        {"Periksa berkas ini tersendiri dengan saring check, dan jangan anggap aman; bila tidak ada proses yang mau "
         "mulai, "
         "jalankan saring doctor.",
         "Check this file by itself with saring check, and do not take it for safe; where no worker starts at all, run "
         "saring doctor."}},
    Row{ErrorCode::internal,
        "internal",
        {"kesalahan di dalam Saring", "an error inside Saring"},
        {"Laporkan bersama keluaran saring doctor; jangan anggap berkas ini aman.",
         "Report it with the output of saring doctor; do not take this file for safe."}},
};

const Row& row_of(ErrorCode code) { return rows[static_cast<std::size_t>(code)]; }

constexpr bool rows_are_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].code) != i) {
            return false;
        }
    }
    return rows.size() == static_cast<std::size_t>(ErrorCode::internal) + 1;
}
static_assert(rows_are_in_order());

} // namespace

std::string_view name_of(ErrorCode code) { return row_of(code).name; }

std::optional<ErrorCode> error_code_from(std::string_view name) {
    for (const Row& row : rows) {
        if (row.name == name) {
            return row.code;
        }
    }
    return std::nullopt;
}

Error::Error(ErrorCode code, std::string stage, std::string detail)
    : code_(code), stage_(std::move(stage)), detail_(std::move(detail)),
      what_(std::string(name_of(code)) + " (" + stage_ + "): " + message(Language::english)) {}

std::string Error::message(Language language) const {
    std::string text(row_of(code_).message.in(language));
    if (!detail_.empty()) {
        text += ": " + detail_;
    }
    return text;
}

std::string Error::advice(Language language) const { return std::string(row_of(code_).advice.in(language)); }

Error Error::at_path(std::string path) const {
    Error placed = *this;
    if (placed.path_.empty()) {
        placed.path_ = std::move(path);
    }
    return placed;
}

Error Error::at_page(int page) const {
    Error placed = *this;
    if (!placed.page_) {
        placed.page_ = page;
    }
    return placed;
}

} // namespace saring
