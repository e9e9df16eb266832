// One run over the gallery: files from the walk, jobs to the workers, answers to the store.
#pragma once

#include "audit/answers.hpp"
#include "audit/file_walk.hpp"
#include "audit/freshness.hpp"
#include "audit/store.hpp"
#include "audit/worker_pool.hpp"

#include <atomic>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace saring::audit {

class AuditRun {
public:
    AuditRun(const AuditOptions& options, Store& store, WorkerPool& pool, Currency currency, std::string today);

    // Ends when everything was looked at or `stop` is set; then what is known is stored. Throws the Error of a store
    // that cannot be written to and of workers that cannot be started.
    AuditSummary go(const AuditProgress& progress, const std::atomic<bool>* stop);

private:
    struct Pending {
        SeenFile file;
        std::string judged; // the content that is judged again; empty: the file is read
    };

    bool take_next();
    void take(FileEntry entry);
    void take(const Error& error);
    bool take_known(const FileEntry& entry, const std::string& sha256);
    [[nodiscard]] bool is_picture(const FileEntry& entry);
    [[nodiscard]] std::string hash_of(const FileEntry& entry) const;
    [[nodiscard]] output::Json options_of_requests() const;
    void read(const FileEntry& entry);
    void judge(SeenFile seen);
    void submit(output::Json request, Pending pending);
    void finish(const JobDone& done);
    void finish_read(SeenFile file, ContentRecord content);
    void finish_judged(const Pending& pending, ContentRecord content);
    void fail(SeenFile file, const Error& error);
    void count(Verdict verdict);
    void close(bool complete);
    [[nodiscard]] bool is_gone(const std::string& path) const;

    const AuditOptions& options_;
    Store& store_;
    WorkerPool& pool_;
    Currency currency_;
    std::string today_;
    FileWalk walk_;
    int run_ = 0;
    AuditSummary summary_;
    std::uint64_t next_id_ = 1;
    std::unordered_map<std::uint64_t, Pending> pending_;
    std::unordered_map<std::string, std::vector<SeenFile>> copies_; // content that is being judged → its further files
    std::set<std::string> broken_;  // folders and archives that could not be walked to their end
    std::set<std::string> empty_;   // roots in which nothing was met
    std::vector<std::byte> member_; // bytes of the archive's member at hand
};

} // namespace saring::audit
