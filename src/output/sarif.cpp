#include "output/sarif.hpp"

#include "output/json.hpp"
#include "output/report_facts.hpp"
#include "output/shown_text.hpp"
#include "output/wording.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace saring::output {
namespace {

constexpr std::string_view schema_address =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr std::string_view fingerprint_name = "saring/v1"; // 3.27.17: a name with its version
constexpr std::string_view unread_rule = "saring.unread";
constexpr std::string_view review_rule = "saring.review";

// Scores as code scanning services sort by, in the scale of CVSS.
constexpr std::array<const char*, 4> security_severities{"2.0", "5.0", "8.0", "9.5"};

// A message may hold placeholders in braces (3.11.5) and links in brackets (3.11.6); words from a photo are neither.
Json message_of(std::string_view words) {
    std::string text;
    for (const char c : shown_words(words)) {
        if (c == '{' || c == '}') {
            text += c;
        } else if (c == '[' || c == ']' || c == '\\') {
            text += '\\';
        }
        text += c;
    }
    return {{"text", text}};
}

Json plain(std::string_view words) { return {{"text", shown_words(words)}}; }

std::string_view level_of(const Finding& finding) {
    return finding.blocks ? "error" : finding.severity >= Severity::medium ? "warning" : "note";
}

// Writes one run; keeps at which index rules and files stand.
class SarifRun {
public:
    SarifRun(const AuditReport& report, Language language) : report_(report), language_(language) {
        run_ = {{"tool", {{"driver", driver()}}},
                {"invocations", Json::array({invocation()})},
                {"artifacts", Json::array()},
                {"results", Json::array()},
                {"columnKind", "unicodeCodePoints"}};
        for (const AuditEntry& entry : report.entries) {
            add(entry);
        }
        run_["tool"]["driver"]["rules"] = std::move(rules_);
    }

    [[nodiscard]] Json take() { return std::move(run_); }

private:
    [[nodiscard]] Json driver() const {
        return {{"name", "Saring"},
                {"version", report_.tool.version},
                {"language", language_ == Language::indonesian ? "id" : "en"},
                {"rules", Json::array()},
                {"properties", {{"provenance", json_of(report_.tool)}}}};
    }

    // What could not be scanned is no result of a rule but a failure of the run (3.20.21).
    [[nodiscard]] Json invocation() const {
        Json out{
            {"executionSuccessful", report_.counts.failed == 0 && (report_.began.empty() || !report_.ended.empty())}};
        if (!report_.began.empty()) {
            out["startTimeUtc"] = report_.began;
        }
        if (!report_.ended.empty()) {
            out["endTimeUtc"] = report_.ended;
        }
        Json& notifications = out["toolExecutionNotifications"] = Json::array();
        for (const AuditEntry& entry : report_.entries) {
            if (entry.error) {
                notifications.push_back(
                    {{"level", "error"},
                     {"descriptor", {{"id", name_of(entry.error->code())}}},
                     {"message", message_of(entry.error->message(language_) + ". " + entry.error->advice(language_))},
                     {"locations",
                      Json::array({{{"physicalLocation", {{"artifactLocation", {{"uri", uri_of(entry.path)}}}}}}})}});
            }
        }
        return out;
    }

    void add(const AuditEntry& entry) {
        const std::size_t artifact = add_artifact(entry);
        for (const AuditFinding& found : entry.findings) {
            add(found, entry, artifact);
        }
        for (const AuditUnread& unread : entry.unread) {
            const std::size_t rule =
                rule_index(unread_rule, Bilingual{"Tulisan yang tidak terbaca", "Writing that could not be read"});
            Json result =
                result_of(unread_rule, rule, "warning", unread_text(unread, entry.pages, language_), entry, artifact);
            result["locations"][0]["properties"] = {{"page", unread.page},
                                                    {"quads", Json::array({json_of(unread.region.quad)})}};
            push(std::move(result));
        }
        if (entry.findings.empty() && entry.unread.empty() && !entry.error) { // why is it not safe, then?
            for (const std::string& reason : entry.reasons) {
                const std::size_t rule = rule_index(review_rule, Bilingual{"Harus diperiksa sendiri", "Needs a look"});
                push(result_of(review_rule, rule, "warning", reason, entry, artifact));
            }
        }
    }

    std::size_t add_artifact(const AuditEntry& entry) {
        Json out{{"location", {{"uri", uri_of(entry.path)}}}};
        if (!entry.media_type.empty()) {
            out["mimeType"] = entry.media_type;
        }
        if (entry.bytes > 0) {
            out["length"] = entry.bytes;
        }
        if (!entry.sha256.empty()) {
            out["hashes"] = {{"sha-256", entry.sha256}};
        }
        if (entry.modified != 0) {
            out["lastModifiedTimeUtc"] = time_of(entry.modified);
        }
        run_["artifacts"].push_back(std::move(out));
        return run_["artifacts"].size() - 1;
    }

    std::size_t rule_index(std::string_view id, Bilingual title) {
        return rule_index(id, [&] {
            return Json{{"id", id},
                        {"shortDescription", plain(title.in(language_))},
                        {"defaultConfiguration", {{"level", "warning"}}}};
        });
    }

    std::size_t rule_index(const Finding& finding) {
        return rule_index(finding.rule, [&] {
            return Json{{"id", finding.rule},
                        {"shortDescription", plain(finding.title)},
                        {"help", plain(finding.advice)},
                        {"defaultConfiguration", {{"level", level_of(finding)}}},
                        {"properties",
                         {{"category", name_of(finding.category)},
                          {"security-severity", security_severities.at(static_cast<std::size_t>(finding.severity))},
                          {"tags", {name_of(finding.category), name_of(finding.severity)}}}}};
        });
    }

    template <typename Make> std::size_t rule_index(std::string_view id, Make make) {
        const auto [place, is_new] = rule_indices_.emplace(std::string(id), rules_.size());
        if (is_new) {
            rules_.push_back(make());
        }
        return place->second;
    }

    [[nodiscard]] Json result_of(std::string_view rule, std::size_t index, std::string_view level,
                                 const std::string& message, const AuditEntry& entry, std::size_t artifact) const {
        const Json place{{"artifactLocation", {{"uri", uri_of(entry.path)}, {"index", artifact}}}};
        return {{"ruleId", rule},
                {"ruleIndex", index},
                {"level", level},
                {"message", message_of(message)},
                {"locations", Json::array({{{"physicalLocation", place}}})}};
    }

    void add(const AuditFinding& found, const AuditEntry& entry, std::size_t artifact) {
        const Finding& finding = found.finding;
        const std::string page = page_of(finding.page, entry.pages, language_);
        Json result =
            result_of(finding.rule, rule_index(finding), level_of(finding),
                      finding.title + ": " + finding.match + (page.empty() ? "" : " (" + page + ")"), entry, artifact);
        if (finding.span) { // pictures have neither lines nor characters: their places are quads
            result["locations"][0]["physicalLocation"]["region"] = {
                {"charOffset", finding.span->begin}, {"charLength", finding.span->end - finding.span->begin}};
        }
        result["rank"] = std::lround(finding.confidence * 100);
        if (!finding.fingerprint.empty()) {
            result["partialFingerprints"] = {{fingerprint_name, finding.fingerprint}};
        }
        add_decision(result, found);
        Json& properties = result["properties"] = json_of(finding);
        for (const char* told : {"rule", "title", "advice", "fingerprint"}) {
            properties.erase(told); // stands elsewhere in the result or its rule
        }
        push(std::move(result));
    }

    void add_decision(Json& result, const AuditFinding& found) const {
        if (found.decision == Decision::accepted && found.acceptance) { // 3.35
            result["suppressions"] = Json::array({{{"kind", "external"},
                                                   {"status", "accepted"},
                                                   {"justification", shown_words(found.acceptance->why)},
                                                   {"properties",
                                                    {{"who", found.acceptance->who},
                                                     {"when", found.acceptance->when},
                                                     {"until", found.acceptance->until}}}}});
        }
        if (found.decision == Decision::removed) { // 3.27.24
            result["baselineState"] = "absent";
        } else if (!found.first_seen.empty() && !report_.began.empty()) { // both are UTC in one form
            result["baselineState"] = found.first_seen >= report_.began ? "new" : "unchanged";
        }
    }

    void push(Json result) { run_["results"].push_back(std::move(result)); }

    const AuditReport& report_;
    Language language_;
    Json run_;
    Json rules_ = Json::array();
    std::map<std::string, std::size_t> rule_indices_;
};

} // namespace

std::string uri_of(std::string_view path) {
    constexpr std::string_view plain_signs = "-._~/!$&'()*+,;=@"; // RFC 3986, 3.3: what a path may hold, but ':'
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            plain_signs.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

std::string audit_sarif(const AuditReport& report, Language language) {
    Json out{{"$schema", schema_address}, {"version", "2.1.0"}};
    out["runs"] = Json::array({SarifRun(report, language).take()});
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace saring::output
