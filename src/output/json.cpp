#include "output/json.hpp"

#include "output/mask.hpp"

#include <cmath>
#include <cstdio>

namespace saring::output {
namespace {

// Two decimals are a hundredth of a pixel and enough for confidences.
double rounded(float value) { return std::round(static_cast<double>(value) * 100) / 100; }

Json json_of(const Page& page, Language language) {
    Json out{{"index", page.index}, {"width", page.width}, {"height", page.height}, {"rotation", page.rotation}};
    if (page.seconds) {
        out["seconds"] = std::round(*page.seconds * 1000) / 1000;
    }
    Json& surfaces = out["surfaces"] = Json::array();
    for (const Surface& surface : page.surfaces) {
        surfaces.push_back({{"kind", name_of(surface.kind)},
                            {"quad", output::json_of(surface.quad)},
                            {"confidence", rounded(surface.confidence)}});
    }
    Json& lines = out["lines"] = Json::array();
    for (const Line& line : page.lines) {
        lines.push_back({{"text", line.text},
                         {"quad", output::json_of(line.quad)},
                         {"confidence", rounded(line.confidence)},
                         {"engine", line.engine}});
    }
    Json& unread = out["unread"] = Json::array();
    for (const UnreadRegion& region : page.unread) {
        unread.push_back(output::json_of(region));
    }
    if (page.error) {
        out["error"] = output::json_of(*page.error, language);
    }
    return out;
}

Json json_of(const Metadata& metadata) {
    Json out{{"gps", metadata.gps}};
    if (!metadata.camera.empty()) {
        out["camera"] = metadata.camera;
    }
    if (!metadata.taken.empty()) {
        out["taken"] = metadata.taken;
    }
    return out;
}

} // namespace

Json json_of(const Quad& quad) {
    Json out = Json::array();
    for (const Point p : quad.corners) {
        out.push_back({rounded(p.x), rounded(p.y)});
    }
    return out;
}

Json json_of(const UnreadRegion& region) {
    Json out{{"quad", json_of(region.quad)}, {"reason", name_of(region.reason)}};
    if (!region.script.empty()) {
        out["script"] = region.script;
    }
    return out;
}

Json json_of(const Finding& finding) {
    Json out{{"rule", finding.rule},
             {"category", name_of(finding.category)},
             {"severity", name_of(finding.severity)},
             {"title", finding.title},
             {"match", finding.match},
             {"page", finding.page ? Json(*finding.page) : Json()}};
    Json& quads = out["quads"] = Json::array();
    for (const Quad& quad : finding.quads) {
        quads.push_back(json_of(quad));
    }
    if (finding.span) {
        out["span"] = {finding.span->begin, finding.span->end};
    }
    out["confidence"] = rounded(finding.confidence);
    out["blocks"] = finding.blocks;
    out["context"] = finding.context;
    out["advice"] = finding.advice;
    out["fingerprint"] = finding.fingerprint;
    return out;
}

Json json_of(const Provenance& tool) {
    Json out{{"name", "saring"},      {"version", tool.version},          {"rules", tool.rules},
             {"models", tool.models}, {"profile", name_of(tool.profile)}, {"enabled", tool.enabled}};
    if (!tool.as_of.empty()) {
        out["as_of"] = tool.as_of;
    }
    if (!tool.until.empty()) {
        out["until"] = tool.until;
    }
    out["reader"] = tool.reader;
    return out;
}

Json json_of(const ScanResult& original, Masking masking, Language language) {
    const ScanResult result = masking == Masking::masked ? masked(original) : original;
    Json out{{"path", shown_path(result.path)},    {"sha256", result.sha256},     {"media_type", result.media_type},
             {"verdict", name_of(result.verdict)}, {"complete", result.complete}, {"reasons", result.reasons}};
    Json& pages = out["pages"] = Json::array();
    for (const Page& page : result.pages) {
        pages.push_back(json_of(page, language));
    }
    Json& findings = out["findings"] = Json::array();
    for (const Finding& finding : result.findings) {
        findings.push_back(json_of(finding));
    }
    out["metadata"] = json_of(result.metadata);
    Json& timings = out["timings_ms"] = Json::object();
    for (const auto& [stage, time] : result.timings_ms) {
        timings[stage] = std::lround(time);
    }
    out["tool"] = json_of(result.tool);
    return out;
}

Json json_of(const Error& error, Language language) {
    return {{"code", name_of(error.code())},      {"stage", error.stage()},
            {"path", shown_path(error.path())},   {"page", error.page() ? Json(*error.page()) : Json()},
            {"message", error.message(language)}, {"advice", error.advice(language)}};
}

Error error_from(const Json& value) {
    const ErrorCode code = error_code_from(value.at("code").get<std::string>()).value_or(ErrorCode::internal);
    const auto stage = value.at("stage").get<std::string>();
    const auto message = value.at("message").get<std::string>();
    std::string detail;
    for (const Language language : {Language::indonesian, Language::english}) {
        const std::string start = Error(code, stage).message(language) + ": ";
        if (message.starts_with(start)) {
            detail = message.substr(start.size());
        }
    }
    Error error = Error(code, stage, detail).at_path(value.at("path").get<std::string>());
    return value.at("page").is_null() ? error : error.at_page(value.at("page").get<int>());
}

Provenance provenance_from(const Json& value) {
    const std::optional<Profile> profile = profile_from(value.at("profile").get<std::string>());
    if (!profile) {
        throw Error(ErrorCode::corrupt, "json", "this profile is not known");
    }
    Provenance tool;
    tool.version = value.at("version").get<std::string>();
    tool.rules = value.at("rules").get<std::map<std::string, std::string>>();
    tool.models = value.at("models").get<std::map<std::string, std::string>>();
    tool.profile = *profile;
    tool.enabled = value.at("enabled").get<std::vector<std::string>>();
    tool.as_of = value.value("as_of", "");
    tool.until = value.value("until", "");
    tool.reader = value.value("reader", "");
    return tool;
}

std::string dumped(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string report(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool,
                   Language language) {
    Json out{{"schema", "saring/1"}, {"tool", json_of(tool)}};
    Json& all = out["results"] = Json::array();
    for (const ScanResult& result : results) {
        all.push_back(json_of(result, Masking::masked, language));
    }
    Json& failed = out["errors"] = Json::array();
    for (const Error& error : errors) {
        failed.push_back(json_of(error, language));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string shown_path(std::string_view path) {
    std::string out;
    for (std::size_t at = 0; at < path.size();) {
        const auto lead = static_cast<unsigned char>(path[at]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xF0 && lead < 0xF5 ? 4
                                   : lead >= 0xE0                ? 3
                                   : lead >= 0xC2                ? 2
                                                                 : 0;
        bool valid = length > 0 && lead < 0xF5 && at + length <= path.size();
        for (std::size_t i = 1; valid && i < length; ++i) {
            valid = (static_cast<unsigned char>(path[at + i]) & 0xC0) == 0x80;
        }
        if (valid && length >= 3) { // no surrogates, no overlong forms, nothing beyond U+10FFFF
            const auto second = static_cast<unsigned char>(path[at + 1]);
            valid = !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F) &&
                    !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
        }
        if (valid) {
            out += path.substr(at, length);
            at += length;
        } else {
            char escaped[5];
            std::snprintf(escaped, sizeof escaped, "\\x%02X", lead);
            out += escaped;
            ++at;
        }
    }
    return out;
}

} // namespace saring::output
