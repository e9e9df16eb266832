// Decisions: by the fingerprint of a finding, which is made of the content, never of a path.
#include "audit/store_impl.hpp"

#include "audit/near_duplicates.hpp"
#include "audit/store_rows.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saring::audit {
namespace {

// A place as seen from the page's corner, in heights of what stands there: the same in a larger or smaller copy.
struct Place {
    float across = 0;
    float down = 0;
    float length = 0; // width of what stands there
};

std::optional<Place> place_of(const Finding& finding) {
    if (finding.quads.empty()) {
        return std::nullopt;
    }
    const Quad& quad = finding.quads.front();
    const float height = std::max(reading_height(quad), 1.0F);
    const Point middle = centre(quad);
    return Place{middle.x / height, middle.y / height, reading_width(quad) / height};
}

// Boxes of readers waver by some pixels, which is much of a small letter's height.
constexpr float wavering = 0.25F; // share of a distance
constexpr float least = 1.5F;     // heights

bool near(float a, float b) { return std::abs(a - b) <= std::max(least, wavering * std::max(a, b)); }

// So strict that a decision hides nothing new: the same rule, words and place.
bool says_the_same(const Finding& a, const Finding& b) {
    if (a.rule != b.rule || a.page != b.page || a.match != b.match) {
        return false;
    }
    const std::optional<Place> p = place_of(a);
    const std::optional<Place> q = place_of(b);
    return p && q ? near(p->across, q->across) && near(p->down, q->down) && near(p->length, q->length) : !p && !q;
}

} // namespace

void Store::Impl::accept(const Acceptance& acceptance) {
    flush();
    Transaction transaction(*database_);
    database_->cached("UPDATE acceptances SET ended = ?2 WHERE fingerprint = ?1 AND ended IS NULL")
        .with(acceptance.fingerprint, utc_now())
        .run();
    database_->cached("INSERT INTO acceptances (fingerprint, who, why, at, until) VALUES (?1, ?2, ?3, ?4, ?5)")
        .with(acceptance.fingerprint, acceptance.who, acceptance.why, acceptance.when, acceptance.until)
        .run();
    transaction.commit();
}

void Store::Impl::withdraw(const std::string& fingerprint) {
    database_->cached("UPDATE acceptances SET ended = ?2 WHERE fingerprint = ?1 AND ended IS NULL")
        .with(fingerprint, utc_now())
        .run();
}

std::optional<Acceptance> Store::Impl::acceptance_of(const std::string& fingerprint) {
    Statement& row =
        database_->cached("SELECT who, why, at, until FROM acceptances WHERE fingerprint = ?1 AND ended IS NULL")
            .with(fingerprint);
    if (!row.step()) {
        return std::nullopt;
    }
    Acceptance out{fingerprint, row.text(0), row.text(1), row.text(2), row.text(3)};
    row.reset();
    return out;
}

std::vector<std::string> Store::Impl::fingerprints(const std::string& prefix) {
    flush();
    Statement rows = database_->prepare("SELECT DISTINCT fingerprint FROM findings WHERE gone_run IS NULL AND "
                                        "substr(fingerprint, 1, length(?1)) = ?1 ORDER BY fingerprint");
    std::vector<std::string> out;
    for (rows.with(prefix); rows.step();) {
        out.push_back(rows.text(0));
    }
    return out;
}

std::map<std::int64_t, std::string> Store::Impl::groups() {
    struct Row {
        std::int64_t id = 0;
        std::string sha256; // 32 bytes
        bool copied = false;
    };
    std::vector<Row> rows;
    std::vector<Appearance> appearances;
    Statement all = database_->prepare("SELECT id, sha256, likeness, wording, (SELECT count(*) FROM files f WHERE "
                                       "f.sha256 = contents.sha256) > 1 FROM contents ORDER BY sha256");
    while (all.step()) {
        rows.push_back({all.integer(0), all.text(1), all.as<bool>(4)});
        appearances.push_back({all.as<std::uint64_t>(2), all.as<std::uint64_t>(3)});
    }
    const std::vector<std::size_t> firsts = group_alike(appearances);
    std::vector<bool> shared(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (firsts[i] != i || rows[i].copied) {
            shared[firsts[i]] = true;
        }
    }
    std::map<std::int64_t, std::string> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (shared[firsts[i]]) {
            out.emplace(rows[i].id, hex_of(rows[firsts[i]].sha256));
        }
    }
    return out;
}

std::vector<std::string> Store::Impl::likes_of(const std::string& fingerprint) {
    flush();
    const std::string columns = std::string("SELECT d.content, ") + finding_columns + " FROM findings d WHERE ";
    Statement own = database_->prepare(columns + "d.fingerprint = ?1 AND d.gone_run IS NULL");
    if (!own.with(fingerprint).step()) {
        return {};
    }
    const Finding finding = finding_from(own, 1).finding;
    const std::map<std::int64_t, std::string> grouped = groups();
    const auto group = grouped.find(own.integer(0));
    std::vector<std::string> out;
    if (group == grouped.end()) {
        return out;
    }
    Statement others = database_->prepare(columns + "d.rule = ?1 AND d.gone_run IS NULL AND d.fingerprint <> ?2");
    for (others.with(finding.rule, fingerprint); others.step();) {
        const auto other = grouped.find(others.integer(0));
        if (other != grouped.end() && other->second == group->second &&
            says_the_same(finding, finding_from(others, 1).finding)) {
            out.push_back(others.text(1));
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

} // namespace saring::audit
