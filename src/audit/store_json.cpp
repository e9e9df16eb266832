#include "audit/store_json.hpp"

#include "output/json.hpp"
#include "saring/sha256.hpp"

#include <array>

namespace saring::audit {
namespace {

using output::dumped;
using output::Json;

// Runs a reader; whatever is not as a writer makes it is damage.
template <class Reader> auto read(std::string_view text, const Reader& reader) {
    try {
        return reader(Json::parse(text));
    } catch (const Json::exception&) {
        throw Error(ErrorCode::corrupt, "store", "a row of the store is damaged");
    }
}

template <class Enum> Enum named(const std::string& name, Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (name_of(static_cast<Enum>(i)) == name) {
            return static_cast<Enum>(i);
        }
    }
    throw Error(ErrorCode::corrupt, "store", "a row of the store is damaged");
}

Json json_of(const Quad& quad) {
    Json out = Json::array();
    for (const Point p : quad.corners) {
        out.push_back(p.x);
        out.push_back(p.y);
    }
    return out;
}

Quad quad_from(const Json& json) {
    Quad out;
    for (std::size_t i = 0; i < out.corners.size(); ++i) {
        out.corners[i] = {json.at(2 * i).get<float>(), json.at(2 * i + 1).get<float>()};
    }
    return out;
}

std::string bytes_from(const std::string& hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return out;
}

} // namespace

std::string places_json(const Finding& finding) {
    Json out = Json::object();
    for (const Quad& quad : finding.quads) {
        out["quads"].push_back(json_of(quad));
    }
    for (const LineSpan& span : finding.line_spans) {
        out["lines"].push_back({span.line, span.begin, span.end});
    }
    if (finding.span) {
        out["span"] = {finding.span->begin, finding.span->end};
    }
    return dumped(out);
}

void read_places(std::string_view json, Finding& finding) {
    read(json, [&](const Json& places) {
        for (const Json& quad : places.value("quads", Json::array())) {
            finding.quads.push_back(quad_from(quad));
        }
        for (const Json& span : places.value("lines", Json::array())) {
            finding.line_spans.push_back(
                {span.at(0).get<int>(), span.at(1).get<std::size_t>(), span.at(2).get<std::size_t>()});
        }
        if (places.contains("span")) {
            finding.span = TextSpan{places["span"].at(0).get<std::size_t>(), places["span"].at(1).get<std::size_t>()};
        }
    });
}

std::optional<std::string> unread_json(const std::vector<AuditUnread>& unread) {
    Json out = Json::array();
    for (const AuditUnread& one : unread) {
        out.push_back({{"page", one.page},
                       {"reason", name_of(one.region.reason)},
                       {"script", one.region.script},
                       {"quad", json_of(one.region.quad)}});
    }
    return unread.empty() ? std::nullopt : std::optional(dumped(out));
}

std::vector<AuditUnread> unread_from(std::string_view json) {
    return read(json, [](const Json& all) {
        std::vector<AuditUnread> out;
        for (const Json& one : all) {
            out.push_back(
                {one.at("page").get<int>(),
                 {quad_from(one.at("quad")), named(one.at("reason").get<std::string>(), UnreadReason::not_rendered),
                  one.at("script").get<std::string>()}});
        }
        return out;
    });
}

std::optional<std::string> strings_json(const std::vector<std::string>& strings) {
    return strings.empty() ? std::nullopt : std::optional(dumped(Json(strings)));
}

std::vector<std::string> strings_from(std::string_view json) {
    return read(json, [](const Json& all) { return all.get<std::vector<std::string>>(); });
}

std::string paths_json(const std::vector<std::string>& paths) {
    Json out = Json::array();
    for (const std::string& path : paths) {
        out.push_back(hex_of(path));
    }
    return dumped(out);
}

std::vector<std::string> paths_from(std::string_view json) {
    std::vector<std::string> out = strings_from(json);
    for (std::string& path : out) {
        path = bytes_from(path);
    }
    return out;
}

std::optional<std::string> error_json(const std::optional<Error>& error) {
    if (!error) {
        return std::nullopt;
    }
    return dumped({{"code", name_of(error->code())},
                   {"stage", error->stage()},
                   {"detail", error->detail()},
                   {"path", hex_of(error->path())},
                   {"page", error->page() ? Json(*error->page()) : Json()}});
}

Error error_from(std::string_view json) {
    return read(json, [](const Json& one) {
        Error error = Error(named(one.at("code").get<std::string>(), ErrorCode::internal),
                            one.at("stage").get<std::string>(), one.at("detail").get<std::string>())
                          .at_path(bytes_from(one.at("path").get<std::string>()));
        return one.at("page").is_null() ? error : error.at_page(one.at("page").get<int>());
    });
}

std::string provenance_json(const Provenance& tool) { return dumped(output::json_of(tool)); }

Provenance provenance_from(std::string_view json) {
    return read(json, [](const Json& tool) { return output::provenance_from(tool); });
}

std::string summary_json(const AuditSummary& summary) {
    return dumped({{"files", summary.counts.files},
                   {"safe", summary.counts.safe},
                   {"review", summary.counts.review},
                   {"block", summary.counts.block},
                   {"failed", summary.counts.failed},
                   {"other", summary.counts.other},
                   {"read", summary.read},
                   {"rematched", summary.rematched},
                   {"unchanged", summary.unchanged},
                   {"milliseconds", summary.took.count()}});
}

} // namespace saring::audit
