// Auditor: the front door of audits. Translates what goes wrong below into saring::Error.
#include "audit/audit_run.hpp"
#include "audit/lasting_path.hpp"
#include "audit/thumbnails.hpp"
#include "match/rule_pack.hpp"
#include "pipeline/guarded.hpp"
#include "saring/audit.hpp"

#include <algorithm>
#include <chrono>

namespace saring {
namespace {

using audit::Currency;

audit::StoreOptions store_options(const AuditOptions& options) {
    audit::StoreOptions out;
    out.file = options.store;
    out.passphrase = options.passphrase;
    out.keep_text = options.keep_text;
    out.read_only = options.read_only;
    out.language = options.language;
    return out;
}

audit::PoolOptions pool_options(const AuditOptions& options) {
    audit::PoolOptions out;
    out.command = options.worker;
    out.jobs = options.jobs;
    out.max_load = options.max_load;
    out.nice = options.nice;
    out.memory = options.worker_memory;
    out.file_time = options.file_time;
    return out;
}

// The store knows files by their paths: the same name in another folder must be another file.
AuditOptions with_lasting_paths(AuditOptions options) {
    for (std::filesystem::path& root : options.roots) {
        root = audit::lasting_path(root.native());
    }
    std::map<std::string, std::string> owners;
    for (const auto& [folder, owner] : options.owners) {
        owners.emplace(audit::lasting_path(folder), owner);
    }
    options.owners = std::move(owners);
    return options;
}

// What the workers at hand would judge with: they say so with any answer.
Currency currency_at_hand(audit::WorkerPool& pool) {
    pool.submit({0, {{"text", ""}}, {}});
    for (;;) {
        if (const auto done = pool.wait(std::chrono::milliseconds(1000))) {
            if (done->error) {
                throw *done->error;
            }
            const audit::Answer answer = audit::answer_from(done->answer);
            if (answer.error) {
                throw *answer.error;
            }
            return audit::currency_of(*answer.tool);
        }
    }
}

} // namespace

class Auditor::Impl {
public:
    explicit Impl(AuditOptions options)
        : options_(with_lasting_paths(std::move(options))), today_(match::text_of(match::day_of(options_.as_of))),
          store_(store_options(options_)) {}

    AuditSummary run(const AuditProgress& progress, const std::atomic<bool>* stop) {
        audit::WorkerPool pool(pool_options(options_));
        currency_ = currency_at_hand(pool);
        AuditSummary summary = audit::AuditRun(options_, store_, pool, *currency_, today_).go(progress, stop);
        if (options_.retain_days) {
            store_.purge(options_.retain_days, today_, store_.runs().back());
        }
        other_files_ = summary.counts.other;
        return summary;
    }

    AuditReport report(bool thumbnails) {
        std::optional<audit::WorkerPool> pool;
        if (!options_.worker.empty() && (thumbnails || !currency_)) {
            pool.emplace(pool_options(options_));
            currency_ = currency_at_hand(*pool);
        }
        const Currency currency = currency_.value_or(Currency());
        AuditReport report =
            store_.report(currency.rules_key, currency.models_key, today_, options_.owners, options_.baseline);
        report.counts.other = other_files_;
        if (thumbnails && pool) {
            audit::add_thumbnails(report, *pool);
        }
        return report;
    }

    std::vector<std::string> accept(Acceptance acceptance, bool whole_group) {
        if (!acceptance.until.empty()) { // days are compared as texts: any other form of one would never come
            acceptance.until = match::text_of(match::day_of(acceptance.until));
        }
        const std::string known = whole_fingerprint(acceptance.fingerprint);
        std::vector<std::string> all = whole_group ? store_.likes_of(known) : std::vector<std::string>();
        if (std::find(all.begin(), all.end(), known) == all.end()) {
            all.push_back(known);
        }
        for (const std::string& fingerprint : all) {
            acceptance.fingerprint = fingerprint;
            store_.accept(acceptance);
        }
        return all;
    }

    std::string whole_fingerprint(const std::string& beginning) {
        constexpr std::size_t fewest = 8;
        const std::vector<std::string> known =
            beginning.size() < fewest ? std::vector<std::string>() : store_.fingerprints(beginning);
        if (known.size() != 1) {
            throw Error(ErrorCode::bad_option, "audit",
                        known.empty() ? "no finding has this fingerprint" : "several findings begin with it");
        }
        return known.front();
    }

    // What the store cannot do is told with its name: whoever reads of a full disk must know which.
    template <typename Work> decltype(auto) with_store(Work work) {
        try {
            return pipeline::guarded("audit", work);
        } catch (const Error& error) {
            throw error.stage() == "store" && error.path().empty() ? error.at_path(options_.store.native()) : error;
        }
    }

    AuditOptions options_;
    std::string today_;
    audit::Store store_;
    std::optional<Currency> currency_;
    std::uint64_t other_files_ = 0;
};

using pipeline::guarded;

Auditor::Auditor(AuditOptions options)
    : impl_(guarded("audit", [&] { return std::make_unique<Impl>(std::move(options)); })) {}
Auditor::~Auditor() = default;
Auditor::Auditor(Auditor&&) noexcept = default;
Auditor& Auditor::operator=(Auditor&&) noexcept = default;

AuditSummary Auditor::run(const AuditProgress& progress, const std::atomic<bool>* stop) {
    return impl_->with_store([&] { return impl_->run(progress, stop); });
}
AuditReport Auditor::report(bool thumbnails) {
    return impl_->with_store([&] { return impl_->report(thumbnails); });
}
std::vector<std::string> Auditor::accept(const Acceptance& acceptance, bool whole_group) {
    return impl_->with_store([&] { return impl_->accept(acceptance, whole_group); });
}
void Auditor::withdraw(const std::string& fingerprint) {
    impl_->with_store([&] { impl_->store_.withdraw(impl_->whole_fingerprint(fingerprint)); });
}
AuditDifference Auditor::difference(int earlier_run, int later_run) const {
    return impl_->with_store([&] { return impl_->store_.difference(earlier_run, later_run); });
}
std::vector<int> Auditor::runs() const {
    return impl_->with_store([&] { return impl_->store_.runs(); });
}
std::uint64_t Auditor::forget(const std::string& path) {
    return impl_->with_store([&] { return impl_->store_.forget(audit::lasting_path(path)); });
}
std::uint64_t Auditor::purge() {
    return impl_->with_store([&] { return impl_->store_.purge(impl_->options_.retain_days, impl_->today_); });
}
std::vector<std::string> Auditor::notices() const { return impl_->store_.notices(); }

} // namespace saring
