// A whole gallery: which files are safe, which must be looked at, which must not leave, and what was decided about
// them.
//
//     saring::AuditOptions options;
//     options.roots = {"/srv/galeri"};
//     options.store = "galeri.db";
//     options.worker = {"/usr/bin/saring", "worker", "--sandbox"};
//     saring::Auditor auditor(options);
//     saring::AuditSummary summary = auditor.run();       // goes on where an earlier run stopped
//     saring::AuditReport report = auditor.report();
//
// Reading is done by worker processes, since the files of a gallery may be hostile; the auditor itself opens no
// picture.
#pragma once

#include "saring/error.hpp"
#include "saring/export.hpp"
#include "saring/finding.hpp"
#include "saring/language.hpp"
#include "saring/scan.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace saring {

// Which files of the gallery are looked at. Whether a file is a picture at all is told by its content, not its name.
struct FileFilter {
    std::vector<std::string> include; // globs on the path below its root ("*.jpg", "2026/**"); empty: everything
    std::vector<std::string> exclude; // globs; an excluded folder is not entered
    std::vector<std::string> types;   // media types or their first half ("image", "application/pdf"); empty: all
    std::uint64_t min_bytes = 0;
    std::uint64_t max_bytes = UINT64_MAX;
    std::optional<std::int64_t> newer; // modified at or after, seconds since 1970
    std::optional<std::int64_t> older; // modified before, seconds since 1970
    bool hidden = false;               // also names that begin with a dot
    bool follow_links = false;         // symbolic links; loops are noticed
    bool archives = true;              // look into ZIP and TAR
};

struct AuditOptions {
    std::vector<std::filesystem::path> roots; // folders, files, archives
    std::filesystem::path files_from;         // a list of paths, separated by line ends or NUL; "-": standard input
    FileFilter filter;

    std::filesystem::path store;    // SQLite file; made with mode 0600 where there is none
    bool read_only = false;         // only reports and differences; there must be a store, which may be in use
    std::string passphrase;         // encrypts the text that is kept; empty: it is kept as it is
    bool keep_text = true;          // false: a changed rule pack makes every picture be read again
    std::optional<int> retain_days; // what was last seen in the gallery longer ago is deleted

    std::vector<std::string> worker; // command line of a worker, without a shell
    int jobs = 0;                    // 0: one for each core
    double max_load = 0;             // no new file is begun while the load average is above; 0: no limit
    int nice = 10;
    std::uint64_t worker_memory = 2ULL << 30; // bytes that one worker may take beyond what it starts with
    std::chrono::seconds file_time{300};      // for one file, all its pages
    std::string as_of;                        // "2026-08-17"; empty: today
    Language language = Language::indonesian;
    std::set<std::string> baseline;            // fingerprints that a report takes for accepted
    std::map<std::string, std::string> owners; // folder → who answers for it; the longest folder wins
};

// What was decided about a finding. removed: the file, or the finding in it, is gone.
enum class Decision : std::uint8_t { open, accepted, removed };
SARING_API std::string_view name_of(Decision decision);

struct Acceptance {
    std::string fingerprint;
    std::string who;
    std::string why;
    std::string when;  // "2026-08-17T09:30:00Z"
    std::string until; // "2026-12-31", the last day it counts; empty: for good
};

struct AuditFinding {
    Finding finding; // match and context masked
    Decision decision = Decision::open;
    std::optional<Acceptance> acceptance; // also one that has run out
    std::string first_seen;               // "2026-08-17T09:30:00Z"
    std::string thumbnail;                // data of a JPEG, cropped to the finding; empty where none was made
};

struct AuditUnread {
    int page = 0;
    UnreadRegion region;
};

// One file of the gallery, or one member of an archive ("surat.zip!/lampiran/1.jpg").
struct AuditEntry {
    std::string path; // bytes as the file system has them
    std::string owner;
    std::string sha256;
    std::string media_type;
    std::uint64_t bytes = 0;
    std::int64_t modified = 0; // seconds since 1970
    std::string taken;         // as the camera wrote it; may be empty
    int pages = 0;
    Verdict verdict = Verdict::review; // of this file's open findings, unread regions and reasons
    bool complete = true;
    bool stale = false;   // judged by older rules or networks than those at hand
    bool removed = false; // no longer in the gallery
    std::vector<AuditFinding> findings;
    std::vector<AuditUnread> unread;
    std::vector<std::string> reasons;
    std::optional<Error> error; // the file could not be scanned
    std::string group;          // files that look and read alike share it; empty: none like it
};

struct AuditCounts {
    std::uint64_t files = 0; // seen in the gallery and taken for pictures or documents
    std::uint64_t safe = 0;
    std::uint64_t review = 0;
    std::uint64_t block = 0;
    std::uint64_t failed = 0; // could not be scanned
    std::uint64_t other = 0;  // neither pictures nor documents
    std::uint64_t open_findings = 0;
    std::uint64_t accepted_findings = 0;
    std::uint64_t removed_findings = 0;
};

struct AuditReport {
    Provenance tool;
    std::vector<std::string> roots;
    std::string began; // of the last run, "2026-08-17T09:30:00Z"
    std::string ended; // empty: it was interrupted
    AuditCounts counts;
    std::vector<AuditEntry> entries;            // whatever is not plainly safe; blocks first, then by path
    std::map<std::string, AuditCounts> folders; // every folder with files, by its path
    std::map<std::string, AuditCounts> months;  // "2026-08", by the day the picture was taken or else modified
};

// One run, so far or as a whole.
struct AuditSummary {
    AuditCounts counts;          // of the files seen in this run
    std::uint64_t read = 0;      // read by a worker
    std::uint64_t rematched = 0; // judged again from the text that was kept
    std::uint64_t unchanged = 0; // left alone
    std::uint64_t pending = 0;   // found by the walk and not done yet
    bool walked = false;         // the walk is at its end, so `pending` is all there is
    bool complete = false;       // everything was looked at
    std::chrono::milliseconds took{0};
    std::vector<std::string> notices; // in AuditOptions::language: a folder that is empty all of a sudden …
};
using AuditProgress = std::function<void(const AuditSummary&)>;

// What changed between two runs.
struct AuditDifference {
    std::vector<AuditEntry> appeared; // with only the findings that are new
    std::vector<AuditEntry> gone;     // with only the findings that are no longer there
    std::vector<std::string> failing; // paths that failed in the later run only
};

class SARING_API Auditor {
public:
    // Opens the store. Throws Error (bad_option, store_busy, store_newer, wrong_password, write_failed). A damaged
    // store is kept beside and a new one begun; the first summary tells.
    explicit Auditor(AuditOptions options);
    ~Auditor();
    Auditor(Auditor&&) noexcept;
    Auditor& operator=(Auditor&&) noexcept;
    Auditor(const Auditor&) = delete;
    Auditor& operator=(const Auditor&) = delete;

    // Looks at the gallery. Returns early, with what was done stored, when `stop` becomes true.
    AuditSummary run(const AuditProgress& progress = {}, const std::atomic<bool>* stop = nullptr);

    // What is known now. `thumbnails` asks workers for pictures of the open findings.
    [[nodiscard]] AuditReport report(bool thumbnails = false);

    // Accepts a finding by its fingerprint (its first 8 signs are enough where they are unique), and with
    // `whole_group` its likes in files that look and read alike. Returns what was accepted; throws Error(bad_option)
    // where no such finding is known.
    std::vector<std::string> accept(const Acceptance& acceptance, bool whole_group = false);
    void withdraw(const std::string& fingerprint);

    [[nodiscard]] AuditDifference difference(int earlier_run, int later_run) const;
    [[nodiscard]] std::vector<int> runs() const;            // their numbers, oldest first
    [[nodiscard]] std::vector<std::string> notices() const; // what the store has to tell: made new, rebuilt …

    // Deletes what is known of a path and whatever lies below it; returns how many files that were.
    std::uint64_t forget(const std::string& path);
    // Deletes what is no longer in the gallery, or what was last seen longer ago than `retain_days`.
    std::uint64_t purge();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace saring
