#include "audit/answers.hpp"

#include "output/json.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <charconv>

namespace saring::audit {
namespace {

using output::Json;

Quad quad_from(const Json& value) {
    Quad quad;
    for (std::size_t i = 0; i < quad.corners.size(); ++i) {
        quad.corners[i] = {value.at(i).at(0).get<float>(), value.at(i).at(1).get<float>()};
    }
    return quad;
}

// A name that this program does not know comes from another version's worker.
template <typename T> T known(std::optional<T> value) {
    if (!value) {
        throw Error(ErrorCode::worker_failed, "audit", "the worker is of another version");
    }
    return *value;
}

Finding finding_from(const Json& value) {
    Finding finding;
    finding.rule = value.at("rule").get<std::string>();
    finding.category = known(category_from(value.at("category").get<std::string>()));
    finding.severity = known(severity_from(value.at("severity").get<std::string>()));
    finding.title = value.at("title").get<std::string>();
    finding.advice = value.at("advice").get<std::string>();
    finding.match = value.at("match").get<std::string>();
    finding.context = value.at("context").get<std::string>();
    finding.confidence = value.at("confidence").get<float>();
    finding.blocks = value.at("blocks").get<bool>();
    finding.fingerprint = value.at("fingerprint").get<std::string>();
    if (!value.at("page").is_null()) {
        finding.page = value.at("page").get<int>();
    }
    for (const Json& quad : value.at("quads")) {
        finding.quads.push_back(quad_from(quad));
    }
    return finding;
}

std::uint64_t hash_from(const std::string& hex) {
    std::uint64_t hash = 0;
    constexpr int base = 16;
    std::from_chars(hex.data(), hex.data() + hex.size(), hash, base);
    return hash;
}

void add_pages(const Json& pages, ContentRecord& record) {
    record.pages = static_cast<int>(pages.size());
    for (const Json& page : pages) {
        for (const Json& region : page.at("unread")) {
            record.unread.push_back(
                {page.at("index").get<int>(),
                 {quad_from(region.at("quad")), known(unread_reason_from(region.at("reason").get<std::string>())),
                  region.value("script", "")}});
        }
    }
}

ContentRecord content_from(const Json& result, const Currency& currency) {
    ContentRecord record;
    record.sha256 = result.at("sha256").get<std::string>();
    record.media_type = result.at("media_type").get<std::string>();
    record.taken = result.at("metadata").value("taken", "");
    record.verdict = known(verdict_from(result.at("verdict").get<std::string>()));
    record.complete = result.at("complete").get<bool>();
    record.reasons = result.at("reasons").get<std::vector<std::string>>();
    record.rules_key = currency.rules_key;
    record.models_key = currency.models_key;
    record.judged_until = currency.tool.until;
    add_pages(result.at("pages"), record);
    for (const Json& finding : result.at("findings")) {
        record.findings.push_back(finding_from(finding));
    }
    return record;
}

} // namespace

Currency currency_of(Provenance tool) {
    const Json rules{
        {"rules", tool.rules}, {"profile", name_of(tool.profile)}, {"enabled", tool.enabled}, {"as_of", tool.as_of}};
    const Json models{{"version", tool.version}, {"models", tool.models}, {"reader", tool.reader}};
    return {std::move(tool), sha256(output::dumped(rules)), sha256(output::dumped(models))};
}

Answer answer_from(std::string_view line) {
    try {
        const Json value = Json::parse(line);
        if (const auto error = value.find("error"); error != value.end()) {
            return {{}, {}, output::error_from(*error)};
        }
        const Json& result = value.at("result");
        Answer answer;
        (void)known(profile_from(result.at("tool").at("profile").get<std::string>()));
        answer.tool = output::provenance_from(result.at("tool"));
        answer.content = content_from(result, currency_of(*answer.tool));
        if (const auto kept = value.find("kept"); kept != value.end()) {
            answer.content->reading = kept->value("reading", "");
            answer.content->likeness = hash_from(kept->at("likeness").get<std::string>());
            answer.content->wording = hash_from(kept->at("wording").get<std::string>());
        }
        return answer;
    } catch (const Json::exception&) { // its message may quote the answer
        throw Error(ErrorCode::worker_failed, "audit", "its answer is not understood");
    }
}

} // namespace saring::audit
