// The whole of Saring's reading in one class: give it a picture, a document or a text, get a verdict with reasons.
//
//     saring::Scanner scanner;                            // loads languages, rules and models once
//     saring::ScanResult result = scanner.scan("rapat.jpg");
//     if (result.verdict != saring::Verdict::safe) …
//
// `safe` means that no sign was found on what could be read, never that a file is harmless.
#pragma once

#include "saring/error.hpp"
#include "saring/export.hpp"
#include "saring/finding.hpp"
#include "saring/image.hpp"
#include "saring/language.hpp"
#include "saring/page.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saring {

// What one file may cost. Whatever exceeds a limit is an error or a `review`, never a `safe`.
struct Limits {
    std::uint64_t file_bytes = 512ULL << 20;
    std::uint64_t pixels = 200'000'000; // of one page
    int pages = 500;
    std::chrono::milliseconds page_time{60'000};
};

// How strictly rules are taken. everybody (the command line calls it public): as they are written, for what everybody
// may see. agency: for sharing among colleagues; more confidence is needed to block. strict: for audits; less
// confidence is needed, and rules that have to be opted in are active.
enum class Profile : std::uint8_t { everybody, agency, strict };
SARING_API std::string_view name_of(Profile profile); // as the command line calls it
SARING_API std::optional<Profile> profile_from(std::string_view name);

struct ScanOptions {
    Language language = Language::indonesian;             // of titles, advice and messages
    std::vector<std::string> ocr_languages{"ind", "eng"}; // Tesseract's names; each must be installed
    std::filesystem::path tessdata;                       // empty: where Debian puts it
    std::string engine = "tesseract";                     // or "replay", which answers from a recording
    std::filesystem::path replay;                         // the recording; empty: no picture has text
    std::filesystem::path models;                         // empty: where Saring was installed
    std::vector<std::filesystem::path> rules;             // further folders or files with rule packs
    std::vector<std::string> enable;                      // rules to opt in, by their name or the one of their group
    std::string as_of; // "2026-08-17": the day on which rules must count; empty: today
    Profile profile = Profile::everybody;
    bool explain = false; // fill ScanResult::explanations
    Limits limits;
    bool fast = false; // the first finding that blocks ends the reading; the result is then not complete
    std::string fingerprint_key = "saring"; // keys the fingerprints of findings
};

// GPS and camera facts of the file itself.
struct Metadata {
    bool gps = false;
    std::optional<double> latitude;  // degrees north
    std::optional<double> longitude; // degrees east
    std::string camera;              // maker and model
    std::string taken;               // "2026-08-17 09:30:00" as the camera wrote it, local time
    int orientation = 1;             // EXIF orientation, 1 to 8
};

// Which program, rules and networks produced a result: an old `safe` is stale when one of these changes.
struct Provenance {
    std::string version;
    std::map<std::string, std::string> rules;  // pack name → SHA-256 of its file
    std::map<std::string, std::string> models; // file name → SHA-256
    Profile profile = Profile::everybody;
    std::vector<std::string> enabled; // what was opted in
    std::string as_of;                // the day that rules counted for; empty: the day of the scan
    std::string until;                // the last day on which these rules judge the same; empty: for good
    std::string reader;               // the engine that reads beside the networks: "tesseract 5.3.0 ind+eng"
};

// Why a rule found something at a place, or did not.
struct Explanation {
    std::string rule;
    Category category = Category::marker;
    std::string text; // what stands there, unmasked
    std::optional<int> page;
    std::string outcome; // found, overlapped, allowed, excused, out_of_place, unlabelled, single_cue, refused, doubtful
    std::string detail;  // the phrase, cue, place or rule that decided
    std::vector<std::pair<std::string, float>> steps; // what the confidence is made of
    Severity severity = Severity::medium;
    float confidence = 0;
    bool blocks = false;
};

struct ScanResult {
    std::string path; // as given; empty for bytes without a name
    std::string sha256;
    std::string media_type; // "image/jpeg" …, "text/plain"
    Verdict verdict = Verdict::review;
    bool complete = true; // false when `fast` stopped the reading early
    std::vector<Page> pages;
    std::vector<Finding> findings;         // gravest first
    std::vector<Explanation> explanations; // where asked for, in the order of the text
    std::vector<std::string> reasons; // why the verdict is not `safe` beside the findings, in ScanOptions::language
    Metadata metadata;
    std::map<std::string, double> timings_ms; // stage → milliseconds
    Provenance tool;
};

// Told after each page; `pages` is the number of pages in the file.
struct Progress {
    int page = 0;
    int pages = 0;
    std::string stage;
};
using ProgressCallback = std::function<void(const Progress&)>;

// What a rule is, for listing.
struct RuleInfo {
    std::string id;
    std::string pack;
    Category category = Category::marker;
    Severity severity = Severity::medium;
    std::string title;
    std::string advice;
    std::string source;
};

// Loads rules at once and what reading takes with the first picture; keep it for many files. Not safe for use from two
// threads at the same time: give each thread a scanner of its own. Construction throws Error (missing_language,
// missing_model, bad_rules, bad_option).
class SARING_API Scanner {
public:
    explicit Scanner(ScanOptions options = {});
    ~Scanner();
    Scanner(Scanner&&) noexcept;
    Scanner& operator=(Scanner&&) noexcept;
    Scanner(const Scanner&) = delete;
    Scanner& operator=(const Scanner&) = delete;

    // Each throws Error when nothing of the input could be read. A page that fails among others stands in its
    // Page::error and makes the verdict at least `review`.
    [[nodiscard]] ScanResult scan(const std::filesystem::path& file, const ProgressCallback& progress = {});
    [[nodiscard]] ScanResult scan_bytes(std::span<const std::byte> bytes, std::string_view name = {},
                                        const ProgressCallback& progress = {});
    [[nodiscard]] ScanResult scan_image(ImageView picture, std::string_view name = {});
    [[nodiscard]] ScanResult scan_text(std::string_view text, std::string_view name = {});

    // Loads the languages and networks that otherwise wait for the first picture: text needs none of them. For those
    // who measure, or who shut themselves off from files before they read. Throws Error (missing_language,
    // missing_model).
    void prepare();

    // Judges the pages of an earlier result again, with the rules of this scanner and without reading: only what was
    // read then is searched, so words that rules began to look for since are not sought where reading failed.
    [[nodiscard]] ScanResult judge_again(const ScanResult& earlier);

    [[nodiscard]] const ScanOptions& options() const;
    // Limits, `fast` and the language of messages may change between files; the rest is fixed at construction.
    void set_limits(const Limits& limits);
    void set_fast(bool fast);
    void set_language(Language language);
    void set_explain(bool explain);

    [[nodiscard]] const Provenance& provenance() const;
    [[nodiscard]] std::vector<RuleInfo> rules() const;

private:
    friend class Converter;
    class Impl;
    std::unique_ptr<Impl> impl_;
};

// One file with a scanner made for it; loading the languages costs about a tenth of a second, so prefer Scanner for
// many.
[[nodiscard]] SARING_API ScanResult scan(const std::filesystem::path& file, const ScanOptions& options = {});

} // namespace saring
