// Deleting: rows are overwritten as they go (secure_delete), then the file is rebuilt without the traces that moving
// rows between pages leaves, the log is emptied, and copies kept beside are wiped.
#include "audit/store_impl.hpp"

#include "audit/private_file.hpp"

#include <chrono>
#include <cstdio>

namespace saring::audit {
namespace {

std::string day_before(const std::string& today, int days) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(today.c_str(), "%d-%u-%u", &year, &month, &day) != 3 || days < 0) {
        throw Error(ErrorCode::bad_option, "store", "a day is written as 2026-08-17, and days are not negative");
    }
    using namespace std::chrono;
    const year_month_day limit =
        sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) - std::chrono::days(days);
    std::string out(32, '\0');
    out.resize(static_cast<std::size_t>(
        std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(limit.year()),
                      static_cast<unsigned>(limit.month()), static_cast<unsigned>(limit.day()))));
    return out;
}

// The day of a run; one whose clock stood behind that of an earlier run was not before it.
constexpr const char* day_of_run = "(SELECT substr(max(began), 1, 10) FROM runs WHERE id <= ";

} // namespace

std::uint64_t Store::Impl::delete_files(const std::vector<std::int64_t>& ids) {
    for (const std::int64_t id : ids) {
        database_->cached("DELETE FROM past WHERE file = ?1").with(id).run();
        database_->cached("DELETE FROM files WHERE id = ?1").with(id).run();
    }
    return ids.size();
}

// Contents that no file has or had, with everything that hangs on them.
void Store::Impl::delete_orphans() {
    database_->execute(
        "CREATE TEMP TABLE orphans AS SELECT id FROM contents c WHERE "
        "NOT EXISTS (SELECT 1 FROM files WHERE sha256 = c.sha256) AND "
        "NOT EXISTS (SELECT 1 FROM past WHERE sha256 = c.sha256);"
        "DELETE FROM acceptances WHERE fingerprint IN (SELECT fingerprint FROM findings WHERE content IN orphans) AND "
        "fingerprint NOT IN (SELECT fingerprint FROM findings WHERE content NOT IN orphans);"
        "DELETE FROM findings WHERE content IN orphans; DELETE FROM readings WHERE content IN orphans;"
        "DELETE FROM contents WHERE id IN orphans; DROP TABLE orphans");
}

void Store::Impl::really_delete() {
    bool finished = database_->checkpoint();
    std::filesystem::path beside = options_.file;
    beside += ".rebuild";
    wipe_file(beside); // of a run that was killed
    make_private(beside);
    try {
        finished = finished && database_->rebuild(beside);
    } catch (const Error&) {
        wipe_file(beside);
        throw;
    }
    wipe_file(beside);
    for (const char* copies : {".schema-", ".damaged-"}) {
        for (const std::filesystem::path& copy : files_beside(options_.file, copies)) {
            wipe_file(copy);
        }
    }
    if (!finished) { // the old pages stay until the reader is done
        throw Error(ErrorCode::store_busy, "store", "a report is being read from it; delete again when that is done");
    }
}

std::uint64_t Store::Impl::forget(const std::string& path) {
    flush();
    std::vector<std::int64_t> ids;
    Statement rows = database_->prepare("SELECT id, path FROM files");
    while (rows.step()) {
        if (lies_below(rows.view(1), path)) {
            ids.push_back(rows.integer(0));
        }
    }
    Transaction transaction(*database_);
    const std::uint64_t count = delete_files(ids);
    delete_orphans();
    transaction.commit();
    really_delete();
    return count;
}

std::uint64_t Store::Impl::purge(std::optional<int> retain_days, const std::string& today, int just_ended) {
    flush();
    const std::string limit = retain_days ? day_before(today, *retain_days) : std::string();
    const auto old = [&](const std::string& run) { return std::string(day_of_run) + run + ") < ?1"; };
    const std::string files = "SELECT id FROM files WHERE last_run <> ?2 AND " +
                              (retain_days ? old("last_run") : std::string("gone_run IS NOT NULL AND ?1 = ''"));
    const std::string ended = retain_days ? old("gone_run") : "gone_run IS NOT NULL AND ?1 = ''";
    std::vector<std::int64_t> ids;
    Statement rows = database_->prepare(files);
    for (rows.with(limit, just_ended); rows.step();) {
        ids.push_back(rows.integer(0));
    }
    Transaction transaction(*database_);
    const std::uint64_t count = delete_files(ids);
    database_->prepare("DELETE FROM past WHERE " + ended).with(limit).run();
    database_->prepare("DELETE FROM findings WHERE " + ended).with(limit).run();
    delete_orphans();
    if (!options_.keep_text) {
        database_->execute("DELETE FROM readings");
    }
    transaction.commit();
    really_delete();
    return count;
}

} // namespace saring::audit
