// The inside of Store, in several files: store.cpp (opening, gathering, runs), store_files.cpp, store_contents.cpp,
// store_decisions.cpp, store_report.cpp, store_difference.cpp, store_delete.cpp.
#pragma once

#include "audit/sqlite.hpp"
#include "audit/store.hpp"
#include "audit/store_lock.hpp"
#include "audit/text_vault.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace saring::audit {

class Store::Impl {
public:
    explicit Impl(const StoreOptions& options);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    // store.cpp
    int begin_run(const Provenance& tool, const std::string& rules_key, const std::string& models_key,
                  const std::vector<std::string>& roots);
    void end_run(int run, bool complete, const AuditSummary& summary,
                 const std::function<bool(const std::string&)>& is_gone);
    void saw(int run, const SeenFile& file);
    void put(int run, const ContentRecord& content);
    void flush();

    // store_files.cpp
    std::optional<SeenFile> file(const std::string& path);
    void mark_removed(
        int run,
        const std::function<bool(const std::string&)>& is_gone); // what a complete run did not see below its roots

    // store_contents.cpp
    std::optional<KnownContent> content(const std::string& sha256);
    bool any_content_of_size(std::uint64_t bytes);
    std::string reading(const std::string& sha256);

    // store_decisions.cpp
    void accept(const Acceptance& acceptance);
    void withdraw(const std::string& fingerprint);
    std::vector<std::string> fingerprints(const std::string& prefix);
    std::vector<std::string> likes_of(const std::string& fingerprint);
    std::optional<Acceptance> acceptance_of(const std::string& fingerprint); // one that stands, also run out
    // Content's number → SHA-256 of the smallest of its group; only contents that are not alone.
    std::map<std::int64_t, std::string> groups();

    // store_report.cpp, store_difference.cpp
    AuditReport report(const std::string& rules_key, const std::string& models_key, const std::string& today,
                       const std::map<std::string, std::string>& owners, const std::set<std::string>& baseline);
    AuditDifference difference(int earlier_run, int later_run);
    std::vector<int> runs();

    // store_delete.cpp
    std::uint64_t forget(const std::string& path);
    std::uint64_t purge(std::optional<int> retain_days, const std::string& today, int just_ended);

    std::vector<std::string> notices;

private:
    // What waits for the next transaction; the last word on a path or content counts.
    struct Waiting {
        std::unordered_map<std::string, std::pair<int, SeenFile>> files;
        std::unordered_map<std::string, std::pair<int, ContentRecord>> contents;
    };

    void open_checked();
    void move_schema_on();
    void open_vault();
    void rebuild_damaged(const Error& damage);
    void commit_when_due();
    void write_file(int run, const SeenFile& file);
    void write_changed_file(int run, const SeenFile& file);
    void write_content(int run, const ContentRecord& content);
    void write_findings(int run, std::int64_t content, const std::vector<Finding>& findings);
    std::uint64_t delete_files(const std::vector<std::int64_t>& ids);
    void delete_orphans();
    void really_delete();

    StoreOptions options_;
    std::optional<StoreLock> lock_; // first: taken before and given back after everything else
    std::optional<Database> database_;
    TextVault vault_;
    Waiting waiting_;
    std::chrono::steady_clock::time_point last_commit_ = std::chrono::steady_clock::now();
};

// Helpers of several files.
std::string hash_bytes(const std::string& hex);                // 32 bytes; Error(internal) for anything else
std::string utc_now();                                         // "2026-08-17T09:30:00Z"
bool lies_below(std::string_view path, std::string_view root); // also in an archive; and the root itself

} // namespace saring::audit
