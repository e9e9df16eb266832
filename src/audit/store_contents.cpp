// Contents: what was read once for all copies of a file, and what was found in it.
#include "audit/store_impl.hpp"

#include "audit/store_json.hpp"

#include <algorithm>

namespace saring::audit {

std::optional<KnownContent> Store::Impl::content(const std::string& sha256) {
    if (const auto waiting = waiting_.contents.find(sha256); waiting != waiting_.contents.end()) {
        const ContentRecord& one = waiting->second.second;
        return KnownContent{sha256,
                            one.rules_key,
                            one.models_key,
                            one.judged_until,
                            one.verdict,
                            one.complete,
                            options_.keep_text && !one.reading.empty()};
    }
    Statement& row = database_
                         ->cached("SELECT rules_key, models_key, judged_until, verdict, complete, "
                                  "EXISTS (SELECT 1 FROM readings WHERE content = id) FROM contents WHERE sha256 = ?1")
                         .with(Blob{hash_bytes(sha256)});
    if (!row.step()) {
        return std::nullopt;
    }
    KnownContent out{sha256,          row.text(0),    row.text(1), row.text(2), row.as<Verdict>(3),
                     row.as<bool>(4), row.as<bool>(5)};
    row.reset();
    return out;
}

bool Store::Impl::any_content_of_size(std::uint64_t bytes) {
    const bool waiting = std::any_of(waiting_.contents.begin(), waiting_.contents.end(),
                                     [&](const auto& one) { return one.second.second.bytes == bytes; });
    if (waiting) {
        return true;
    }
    Statement& row = database_->cached("SELECT 1 FROM contents WHERE bytes = ?1 LIMIT 1").with(bytes);
    const bool found = row.step();
    row.reset();
    return found;
}

std::string Store::Impl::reading(const std::string& sha256) {
    if (const auto waiting = waiting_.contents.find(sha256); waiting != waiting_.contents.end()) {
        return options_.keep_text ? waiting->second.second.reading : std::string();
    }
    Statement& row = database_->cached("SELECT body FROM readings JOIN contents ON content = id WHERE sha256 = ?1")
                         .with(Blob{hash_bytes(sha256)});
    const std::string body = row.step() ? row.text(0) : std::string();
    row.reset();
    return body.empty() ? body : vault_.opened(body, sha256);
}

void Store::Impl::write_content(int run, const ContentRecord& one) {
    Statement& row =
        database_
            ->cached(
                "INSERT INTO contents (sha256, bytes, media_type, taken, pages, verdict, complete, rules_key, "
                "models_key, judged_until, unread, reasons, likeness, wording) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (sha256) DO UPDATE "
                "SET bytes = excluded.bytes, media_type = excluded.media_type, taken = excluded.taken, "
                "pages = excluded.pages, verdict = excluded.verdict, complete = excluded.complete, "
                "rules_key = excluded.rules_key, models_key = excluded.models_key, "
                "judged_until = excluded.judged_until, unread = excluded.unread, reasons = excluded.reasons, "
                "likeness = excluded.likeness, wording = excluded.wording RETURNING id")
            .with(Blob{hash_bytes(one.sha256)}, one.bytes, one.media_type, one.taken, one.pages, one.verdict,
                  one.complete, one.rules_key, one.models_key, one.judged_until, unread_json(one.unread),
                  strings_json(one.reasons), one.likeness, one.wording);
    row.step();
    const std::int64_t id = row.integer(0);
    row.run();
    if (one.judged_again) {
        // its reading stays
    } else if (options_.keep_text && !one.reading.empty()) {
        database_->cached("INSERT OR REPLACE INTO readings (content, body) VALUES (?1, ?2)")
            .with(id, Blob{vault_.locked(one.reading, one.sha256)})
            .run();
    } else {
        database_->cached("DELETE FROM readings WHERE content = ?1").with(id).run();
    }
    write_findings(run, id, one.findings);
}

// Findings of former readings and rules are kept with the run that ended them, so that runs can be compared. One that
// is found again goes on as it was; one that comes back after a while keeps the day on which it was first seen.
void Store::Impl::write_findings(int run, std::int64_t content, const std::vector<Finding>& findings) {
    struct Before {
        int first_run = 0;
        std::string first_seen;
        bool gone = false;
    };
    std::map<std::string, Before> before;
    Statement& known = database_
                           ->cached("SELECT fingerprint, first_run, first_seen, gone_run IS NOT NULL FROM findings "
                                    "WHERE content = ?1 ORDER BY id")
                           .with(content);
    while (known.step()) {
        Before& one = before[known.text(0)];
        const std::string seen = known.text(2);
        one = {known.as<int>(1), one.first_seen.empty() ? seen : std::min(one.first_seen, seen), known.as<bool>(3)};
    }
    database_
        ->cached("DELETE FROM findings WHERE content = ?1 AND gone_run IS NULL AND (first_run >= ?2 OR "
                 "fingerprint IN (SELECT value FROM json_each(?3)))")
        .with(content, run,
              [&] {
                  std::vector<std::string> prints;
                  for (const Finding& finding : findings) {
                      prints.push_back(finding.fingerprint);
                  }
                  return strings_json(prints).value_or("[]");
              }())
        .run();
    database_->cached("UPDATE findings SET gone_run = ?2 WHERE content = ?1 AND gone_run IS NULL")
        .with(content, run)
        .run();
    for (const Finding& finding : findings) {
        const auto found = before.find(finding.fingerprint);
        const bool goes_on = found != before.end() && !found->second.gone;
        const auto first_seen = found == before.end() ? std::nullopt : std::optional(found->second.first_seen);
        database_
            ->cached(
                "INSERT INTO findings (content, fingerprint, rule, category, severity, title, advice, match, context, "
                "page, places, confidence, blocks, first_run, first_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
                "?10, ?11, ?12, ?13, ?14, coalesce(?15, (SELECT began FROM runs WHERE id = ?16), ?17))")
            .with(content, finding.fingerprint, finding.rule, finding.category, finding.severity, finding.title,
                  finding.advice, finding.match, finding.context, finding.page, places_json(finding),
                  static_cast<double>(finding.confidence), finding.blocks, goes_on ? found->second.first_run : run,
                  first_seen, run, utc_now())
            .run();
    }
}

} // namespace saring::audit
