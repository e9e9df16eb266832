// What changed between two runs: findings by the content that has them. A file that only moved changes nothing; a
// further copy of a leak does.
#include "audit/store_impl.hpp"

#include "audit/store_rows.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace saring::audit {
namespace {

// Files as they were in run ?1: content or failure.
constexpr const char* files_then =
    "SELECT f.path AS path, f.sha256 AS sha256, f.error IS NOT NULL AS failed, f.modified_ns AS modified_ns FROM files "
    "f "
    "WHERE f.since_run <= ?1 AND (f.gone_run IS NULL OR f.gone_run > ?1) "
    "UNION ALL SELECT f.path, p.sha256, p.failed, f.modified_ns FROM past p JOIN files f ON f.id = p.file "
    "WHERE p.first_run <= ?1 AND p.gone_run > ?1";

using Paths = std::set<std::string>;
using ByFinding = std::map<std::pair<std::string, std::int64_t>, Paths>; // SHA-256 and fingerprint's newest row

ByFinding findings_in(const Database& database, int run) {
    // Of one fingerprint in several intervals the newest row stands for all.
    Statement rows = database.prepare(
        std::string("SELECT t.path, c.sha256, (SELECT max(n.id) FROM findings n WHERE n.content = d.content AND "
                    "n.fingerprint = d.fingerprint) FROM (") +
        files_then +
        ") t JOIN contents c ON c.sha256 = t.sha256 JOIN findings d ON d.content = c.id "
        "WHERE d.first_run <= ?1 AND (d.gone_run IS NULL OR d.gone_run > ?1)");
    ByFinding out;
    for (rows.with(run); rows.step();) {
        out[{rows.text(1), rows.integer(2)}].insert(rows.text(0));
    }
    return out;
}

Paths failures_in(const Database& database, int run) {
    Statement rows = database.prepare(std::string("SELECT t.path FROM (") + files_then + ") t WHERE t.failed = 1");
    Paths out;
    for (rows.with(run); rows.step();) {
        out.insert(rows.text(0));
    }
    return out;
}

// Paths of `here` that are more than those that `there` lost: as many as moved are left out, first by name.
std::vector<std::string> more(const Paths& here, const Paths& there) {
    std::vector<std::string> added;
    std::set_difference(here.begin(), here.end(), there.begin(), there.end(), std::back_inserter(added));
    const std::size_t common = here.size() - added.size();
    added.erase(added.begin(),
                added.begin() + static_cast<std::ptrdiff_t>(std::min(added.size(), there.size() - common)));
    return added;
}

} // namespace

AuditDifference Store::Impl::difference(int earlier_run, int later_run) {
    flush();
    const Transaction one_state(*database_, false);
    const std::vector<int> known = runs();
    for (const int run : {earlier_run, later_run}) {
        if (std::find(known.begin(), known.end(), run) == known.end()) {
            throw Error(ErrorCode::bad_option, "store", "there is no run " + std::to_string(run));
        }
    }
    const ByFinding before = findings_in(*database_, earlier_run);
    const ByFinding after = findings_in(*database_, later_run);
    Statement row = database_->prepare(std::string("SELECT ") + finding_columns + ", " + content_columns +
                                       " FROM findings d JOIN contents c ON c.id = d.content WHERE d.id = ?1");
    Statement state = database_->prepare("SELECT modified_ns, gone_run IS NOT NULL FROM files WHERE path = ?1");
    const std::string today = utc_now().substr(0, 10);
    const auto entries = [&](const ByFinding& here, const ByFinding& there) {
        std::map<std::pair<std::string, std::string>, AuditEntry> found; // by path and content
        for (const auto& [key, paths] : here) {
            const auto other = there.find(key);
            for (const std::string& path : more(paths, other == there.end() ? Paths() : other->second)) {
                row.with(key.second).step();
                AuditFinding finding = finding_from(row, 0);
                AuditEntry& entry = found[{path, key.first}];
                content_into(entry, row, 13, {});
                entry.path = path;
                entry.sha256 = hex_of(key.first);
                if (state.with(Blob{path}).step()) {
                    entry.modified = state.integer(0) / 1'000'000'000;
                    entry.removed = state.as<bool>(1);
                }
                finding.acceptance = acceptance_of(finding.finding.fingerprint);
                const bool accepted =
                    finding.acceptance && (finding.acceptance->until.empty() || finding.acceptance->until >= today);
                finding.decision = &here == &before ? Decision::removed
                                   : accepted       ? Decision::accepted
                                                    : Decision::open;
                entry.findings.push_back(std::move(finding));
            }
        }
        std::vector<AuditEntry> out;
        for (auto& [key, entry] : found) {
            entry.verdict = verdict_of(entry);
            out.push_back(std::move(entry));
        }
        return out;
    };
    AuditDifference out;
    out.appeared = entries(after, before);
    out.gone = entries(before, after);
    const Paths failed_before = failures_in(*database_, earlier_run);
    const Paths failed_after = failures_in(*database_, later_run);
    std::set_difference(failed_after.begin(), failed_after.end(), failed_before.begin(), failed_before.end(),
                        std::back_inserter(out.failing));
    return out;
}

} // namespace saring::audit
