// Opening, gathering into transactions, runs.
//
// Writes wait in memory and go to the disk together: a commit waits for the disk, some milliseconds, which a thousand
// unchanged files a second cannot each do. What was read costs seconds a file and is committed sooner.
#include "audit/store_impl.hpp"

#include "audit/private_file.hpp"
#include "audit/store_json.hpp"
#include "audit/store_notices.hpp"
#include "audit/store_rescue.hpp"
#include "audit/store_schema.hpp"

#include <ctime>
#include <utility>

namespace saring::audit {
namespace {

constexpr std::size_t most_contents = 64; // that may be lost with a killed process, some minutes of reading
constexpr std::size_t most_files = 4'096; // unchanged ones are merely seen again
constexpr std::chrono::milliseconds most_waiting{250};

std::string stamp(const char* format) {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::string out(32, '\0');
    out.resize(std::strftime(out.data(), out.size(), format, &parts));
    return out;
}

std::filesystem::path with_suffix(std::filesystem::path file, const std::string& suffix) { return file += suffix; }

void check_pages(const Database& database) {
    Statement check = database.prepare("PRAGMA quick_check(1)");
    if (!check.step() || check.view(0) != "ok") {
        throw Error(ErrorCode::corrupt, "store", "pages of the store are damaged");
    }
}

} // namespace

std::string utc_now() { return stamp("%Y-%m-%dT%H:%M:%SZ"); }

Store::Impl::Impl(const StoreOptions& options) : options_(options) {
    try {
        if (options_.read_only) {
            if (!std::filesystem::exists(options_.file)) {
                throw Error(ErrorCode::not_found, "store");
            }
            database_.emplace(options_.file, Access::read);
            if (schema_of(*database_) == newest_schema) {
                open_vault();
                return;
            }
            database_.reset(); // brought up to date first, as a writer does
            StoreOptions writing = options_;
            writing.read_only = false;
            notices = Impl(writing).notices;
            database_.emplace(options_.file, Access::read);
            open_vault();
            return;
        }
        make_private(options_.file);
        lock_.emplace(options_.file);
        try {
            open_checked();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::corrupt) {
                throw;
            }
            rebuild_damaged(error);
        }
    } catch (const Error& error) {
        throw error.at_path(options_.file.native());
    }
}

Store::Impl::~Impl() {
    try {
        flush();
    } catch (const Error&) { // a full disk: whoever called flush() has been told
    }
}

void Store::Impl::open_checked() {
    for (const char* leftover : {".rebuild", ".mended"}) { // of a process that was killed in the midst of it
        wipe_file(with_suffix(options_.file, leftover));
    }
    database_.emplace(options_.file, Access::write);
    check_pages(*database_);
    move_schema_on();
    open_vault();
}

void Store::Impl::move_schema_on() {
    const int schema = schema_of(*database_);
    if (schema == 0) {
        migrate(*database_);
        vault_ = TextVault::make(options_.passphrase);
        database_->cached("INSERT INTO meta (name, value) VALUES ('vault', ?1)").with(vault_.settings()).run();
        notices = first_notice(options_);
    } else if (schema < newest_schema) {
        open_vault(); // nothing is touched for somebody without the passphrase
        database_->checkpoint();
        const auto kept =
            with_suffix(options_.file, ".schema-" + std::to_string(schema) + "-" + stamp("%Y%m%d-%H%M%S"));
        copy_private(options_.file, kept);
        migrate(*database_);
        notices.push_back(migration_notice(kept, options_.language));
    }
}

void Store::Impl::open_vault() {
    Statement settings = database_->prepare("SELECT value FROM meta WHERE name = 'vault'");
    if (!settings.step()) {
        throw Error(ErrorCode::corrupt, "store", "how its texts are kept is missing");
    }
    vault_ = TextVault::open(settings.text(0), options_.passphrase);
}

void Store::Impl::rebuild_damaged(const Error&) {
    database_.reset();
    const auto kept = with_suffix(options_.file, ".damaged-" + stamp("%Y%m%d-%H%M%S"));
    const std::string vault = rescued_vault(options_.file);
    vault_ = vault.empty() ? TextVault::make(options_.passphrase) : TextVault::open(vault, options_.passphrase);
    for (const char* part : {"", "-wal", "-shm"}) {
        std::error_code absent; // a log need not be there
        std::filesystem::rename(with_suffix(options_.file, part), with_suffix(kept, part), absent);
    }
    make_private(options_.file);
    database_.emplace(options_.file, Access::write);
    migrate(*database_);
    const Rescued saved = rescue(kept, *database_);
    database_->cached("INSERT OR REPLACE INTO meta (name, value) VALUES ('vault', ?1)").with(vault_.settings()).run();
    notices.push_back(damage_notice(kept, saved.decisions, saved.contents, options_.language));
}

void Store::Impl::saw(int run, const SeenFile& file) {
    waiting_.files.insert_or_assign(file.path, std::pair(run, file));
    commit_when_due();
}

void Store::Impl::put(int run, const ContentRecord& content) {
    waiting_.contents.insert_or_assign(content.sha256, std::pair(run, content));
    commit_when_due();
}

void Store::Impl::commit_when_due() {
    if (waiting_.contents.size() >= most_contents || waiting_.files.size() >= most_files ||
        std::chrono::steady_clock::now() - last_commit_ >= most_waiting) {
        flush();
    }
}

void Store::Impl::flush() {
    if (waiting_.files.empty() && waiting_.contents.empty()) {
        return;
    }
    Transaction transaction(*database_);
    for (const auto& [sha256, one] : waiting_.contents) {
        write_content(one.first, one.second);
    }
    for (const auto& [path, one] : waiting_.files) {
        write_file(one.first, one.second);
    }
    transaction.commit();
    waiting_ = {};
    last_commit_ = std::chrono::steady_clock::now();
}

int Store::Impl::begin_run(const Provenance& tool, const std::string& rules_key, const std::string& models_key,
                           const std::vector<std::string>& roots) {
    flush();
    database_->cached("INSERT INTO runs (began, rules_key, models_key, tool, roots) VALUES (?1, ?2, ?3, ?4, ?5)")
        .with(utc_now(), rules_key, models_key, provenance_json(tool), paths_json(roots))
        .run();
    return static_cast<int>(database_->last_id());
}

void Store::Impl::end_run(int run, bool complete, const AuditSummary& summary,
                          const std::function<bool(const std::string&)>& is_gone) {
    flush();
    Transaction transaction(*database_);
    if (complete) {
        mark_removed(run, is_gone);
    }
    database_->cached("UPDATE runs SET ended = ?2, complete = ?3, summary = ?4 WHERE id = ?1")
        .with(run, utc_now(), complete, summary_json(summary))
        .run();
    transaction.commit();
    database_->checkpoint();
}

Store::Store(const StoreOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Store::~Store() = default;

const std::vector<std::string>& Store::notices() const { return impl_->notices; }

int Store::begin_run(const Provenance& tool, const std::string& rules_key, const std::string& models_key,
                     const std::vector<std::string>& roots) {
    return impl_->begin_run(tool, rules_key, models_key, roots);
}
void Store::end_run(int run, bool complete, const AuditSummary& summary,
                    const std::function<bool(const std::string&)>& is_gone) {
    impl_->end_run(run, complete, summary, is_gone);
}

std::optional<SeenFile> Store::file(const std::string& path) const { return impl_->file(path); }
std::optional<KnownContent> Store::content(const std::string& sha256) const { return impl_->content(sha256); }
bool Store::any_content_of_size(std::uint64_t bytes) const { return impl_->any_content_of_size(bytes); }
std::string Store::reading(const std::string& sha256) const { return impl_->reading(sha256); }

void Store::saw(int run, const SeenFile& file) { impl_->saw(run, file); }
void Store::put(int run, const ContentRecord& content) { impl_->put(run, content); }
void Store::flush() { impl_->flush(); }

void Store::accept(const Acceptance& acceptance) { impl_->accept(acceptance); }
void Store::withdraw(const std::string& fingerprint) { impl_->withdraw(fingerprint); }
std::vector<std::string> Store::fingerprints(const std::string& prefix) const { return impl_->fingerprints(prefix); }
std::vector<std::string> Store::likes_of(const std::string& fingerprint) const { return impl_->likes_of(fingerprint); }

AuditReport Store::report(const std::string& rules_key, const std::string& models_key, const std::string& today,
                          const std::map<std::string, std::string>& owners,
                          const std::set<std::string>& baseline) const {
    return impl_->report(rules_key, models_key, today, owners, baseline);
}
AuditDifference Store::difference(int earlier_run, int later_run) const {
    return impl_->difference(earlier_run, later_run);
}
std::vector<int> Store::runs() const { return impl_->runs(); }

std::uint64_t Store::forget(const std::string& path) { return impl_->forget(path); }
std::uint64_t Store::purge(std::optional<int> retain_days, const std::string& today, int just_ended) {
    return impl_->purge(retain_days, today, just_ended);
}

} // namespace saring::audit
