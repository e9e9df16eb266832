// From photos to the file that they should have been: flat, clean, searchable, locked where it must be.
//
//     saring::Scanner scanner;
//     saring::Converter converter(scanner, {});
//     converter.add("halaman-1.jpg");
//     converter.add("halaman-2.jpg");
//     converter.write("surat.pdf");                       // throws Error(protection_needed) where the verdict is block
#pragma once

#include "saring/scan.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace saring {

// What is on the photos; automatic decides for each photo.
enum class PageMode : std::uint8_t { automatic, document, whiteboard, slide, note };
enum class Paper : std::uint8_t {
    automatic,
    a4,
    f4,
    letter,
    legal,
    a5,
    wide
}; // f4: 215 x 330 mm; wide: a slide of 16:9

struct ConvertOptions {
    PageMode mode = PageMode::automatic;
    Paper paper = Paper::automatic;
    double most_dpi = 300;          // of the finished page; the photo's own resolution where that is lower
    bool crop = true;               // false: the whole photo is the page
    std::string title;              // empty: the first heading, or the first photo's name
    std::string password;           // UTF-8; empty: the file is not locked
    std::string owner_password;     // PDF: lifts the permissions below; empty: a random one that nobody knows
    bool may_print = true;          // PDF, locked
    bool may_copy = true;           // PDF, locked
    bool may_change = false;        // PDF, locked
    std::string creation_date;    // "2026-08-17T09:30:00+07:00"; empty: now
    bool allow_unprotected = false; // write what the verdict blocks without a password
    bool replace = false;           // an existing file may be replaced
};

// One finished page, and what its sender should know of it.
struct ConvertedPage {
    std::string source; // path of the photo
    int source_page = 0;
    double width_mm = 0;
    double height_mm = 0;
    double dpi = 0;
    int words = 0;
    bool found = true;     // false: no edge of a sheet was found, and the whole photo is the page
    bool unrolled = false; // the sheet was curled
    bool blank = false;
    std::optional<int> looks_like; // an earlier page of the document that looks the same
    int handwriting = 0;           // places that could not be read and stay pictures
};

struct ConversionSummary {
    std::vector<ConvertedPage> pages;
    int words = 0;
    double mean_confidence = 0;               // of the words, weighted by their length
    std::vector<std::string> notes;           // in the scanner's language: what the sender should know
    std::vector<std::filesystem::path> files; // written
    std::uint64_t bytes = 0;                  // of all files
    bool locked = false;
};

// Gathers pages, then writes them as one document. Holds pages encoded, about a tenth of a megabyte each, so that
// hundreds fit in memory. The scanner must outlive it. Not safe for use from two threads at the same time.
class SARING_API Converter {
public:
    Converter(Scanner& scanner, ConvertOptions options);
    ~Converter();
    Converter(Converter&&) noexcept;
    Converter& operator=(Converter&&) noexcept;
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    // Adds the pages of a photo, or of a PDF or TIFF. Throws Error when one of them cannot be opened; nothing of the
    // file is then added.
    void add(const std::filesystem::path& file, const ProgressCallback& progress = {});
    void add_bytes(std::span<const std::byte> bytes, std::string_view name, const ProgressCallback& progress = {});

    // What the rules find on the finished pages; quads are in their pixels.
    [[nodiscard]] const ScanResult& check();

    // Writes the document in the format that the name asks for, verifies it by opening it again, then puts it in its
    // place. Throws Error: unknown_output, output_exists, bad_password, protection_needed, write_failed. Pictures are
    // written one a page: NAME-1.png, NAME-2.png …
    ConversionSummary write(const std::filesystem::path& file);

    // Throws what write() would throw for this name and these options before anything was read.
    void check_output(const std::filesystem::path& file) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

// Extensions that write() knows, with the point: ".pdf" …
[[nodiscard]] SARING_API std::vector<std::string> output_extensions();

} // namespace saring
