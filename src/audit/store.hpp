// What an audit remembers, in one SQLite file (WAL, mode 0600). docs of the schema: store_schema.hpp.
//
// Files point to contents by SHA-256; what was found belongs to the content, so that copies and renamed files cost
// nothing. Everything is written in transactions: a store killed at any moment is as it was after one of them.
#pragma once

#include "saring/audit.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace saring::audit {

// A file as it was seen last.
struct SeenFile {
    std::string path;
    std::uint64_t bytes = 0;
    std::int64_t modified_ns = 0;
    std::uint64_t inode = 0;
    std::string sha256;         // empty: it could not be read
    std::optional<Error> error; // why not
    std::string models_key;     // of the reader that failed
};

// What is kept of a content.
struct ContentRecord {
    std::string sha256;
    std::uint64_t bytes = 0;
    std::string media_type;
    std::string taken;
    int pages = 0;
    Verdict verdict = Verdict::review;
    bool complete = true;
    std::string rules_key;         // of rule packs, profile, opt-ins: what a verdict depends on beside the reading
    std::string models_key;        // of networks, languages, version: what a reading depends on
    std::string judged_until;      // last day on which these rules judge the same; empty: for good
    std::vector<Finding> findings; // masked
    std::vector<AuditUnread> unread;
    std::vector<std::string> reasons;
    std::uint64_t likeness = 0; // perceptual hash of the first page; 0: none
    std::uint64_t wording = 0;  // hash of its words that is alike for texts that are alike; 0: no words
    std::string reading;        // JSON that workers judge again; empty: not kept
    bool judged_again = false;  // `reading` is empty here and stays as it is kept
};

// What decides whether a file must be read again.
struct KnownContent {
    std::string sha256;
    std::string rules_key;
    std::string models_key;
    std::string judged_until;
    Verdict verdict = Verdict::review;
    bool complete = true;
    bool has_reading = false;
};

struct StoreOptions {
    std::filesystem::path file;
    std::string passphrase; // empty: readings are kept as they are (compressed)
    bool keep_text = true;  // false: put() keeps no reading, and purge() deletes those that are there
    // For reports and differences while an audit may be running: no lock is taken and nothing is written. There must be
    // a store.
    bool read_only = false;
    Language language = Language::indonesian;
};

class Store {
public:
    // Creates or opens; migrates an older schema after copying it aside. One writer at a time, told by a lock that dies
    // with its process. Errors: store_busy, store_newer, wrong_password, bad_password, write_failed. A damaged store is
    // moved aside, what was decided is saved from it, and a new one begun: see notices().
    explicit Store(const StoreOptions& options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // What the user must be told, in his language: on the first run what is kept and where; a damaged store kept
    // beside.
    [[nodiscard]] const std::vector<std::string>& notices() const;

    // Runs. Roots are written as the paths below them begin. Files that a complete run did not see are removed from the
    // gallery (kept in the store until purged) when they lie below one of its roots and `is_gone` says so of them: what
    // only the filter left out is still there. Without it, all of them are.
    int begin_run(const Provenance& tool, const std::string& rules_key, const std::string& models_key,
                  const std::vector<std::string>& roots);
    void end_run(int run, bool complete, const AuditSummary& summary,
                 const std::function<bool(const std::string&)>& is_gone = {});

    [[nodiscard]] std::optional<SeenFile> file(const std::string& path) const;
    // Empty also for a content whose put() was lost with a killed process, though a file points to it.
    [[nodiscard]] std::optional<KnownContent> content(const std::string& sha256) const;
    [[nodiscard]] bool any_content_of_size(std::uint64_t bytes) const;
    [[nodiscard]] std::string reading(const std::string& sha256) const; // decrypted; empty: not kept

    // Gathered and committed a few times a second, or by flush(). A disk that is full: Error(write_failed), nothing
    // that was committed is lost; what was gathered is kept and tried again with the next call, and the same calls may
    // be made again.
    void saw(int run, const SeenFile& file);
    void put(int run, const ContentRecord& content); // replaces what was kept of this content
    void flush();

    void accept(const Acceptance& acceptance);
    void withdraw(const std::string& fingerprint);
    // Fingerprints that begin so, among the findings that are known.
    [[nodiscard]] std::vector<std::string> fingerprints(const std::string& prefix) const;
    // Findings of the same rule at a like place in contents of the same group.
    [[nodiscard]] std::vector<std::string> likes_of(const std::string& fingerprint) const;

    // Everything that a report tells except thumbnails and counts of other files, in one state of the store. `stale` is
    // set by the keys given; an empty key is not compared. Findings of the `baseline` are taken for accepted.
    [[nodiscard]] AuditReport report(const std::string& rules_key, const std::string& models_key,
                                     const std::string& today, const std::map<std::string, std::string>& owners,
                                     const std::set<std::string>& baseline = {}) const;
    [[nodiscard]] AuditDifference difference(int earlier_run, int later_run) const;
    [[nodiscard]] std::vector<int> runs() const; // oldest first

    // Deleting overwrites, rebuilds the file and wipes old copies beside it (of a former schema, of a damaged store).
    // Both return how many files were deleted. Decisions about contents that go are deleted with them.
    std::uint64_t forget(const std::string& path); // and whatever lies below it, in folders and archives
    // Files that are gone from the gallery, or those last seen more than `retain_days` before `today`; never those that
    // the run `just_ended` saw, whatever the clock did meanwhile.
    std::uint64_t purge(std::optional<int> retain_days, const std::string& today, int just_ended = 0);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace saring::audit
