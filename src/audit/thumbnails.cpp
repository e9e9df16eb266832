#include "audit/thumbnails.hpp"

#include "audit/file_walk.hpp"
#include "output/cipher.hpp"
#include "output/mask.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sys/stat.h>

namespace saring::audit {
namespace {

using output::Json;

Json quads_json(const std::vector<Quad>& quads) {
    Json out = Json::array();
    for (const Quad& quad : quads) {
        out.push_back(output::json_of(quad));
    }
    return out;
}

// Whatever on the page must not be shown, found at this place or at another.
Json covered(const AuditEntry& entry, int page) {
    Json out = Json::array();
    for (const AuditFinding& other : entry.findings) {
        if (other.finding.page == page && output::is_masked(other.finding.category)) {
            for (const Quad& quad : other.finding.quads) {
                out.push_back(output::json_of(quad));
            }
        }
    }
    return out;
}

bool has_size_and_time(const AuditEntry& entry) {
    struct stat now {};
    return ::stat(entry.path.c_str(), &now) == 0 && static_cast<std::uint64_t>(now.st_size) == entry.bytes &&
           now.st_mtim.tv_sec == entry.modified;
}

// What a worker is told to open: the file as it was read, by size and time, an archive's member by its hash. In another
// one the places to be covered may lie elsewhere, so it is null then. Throws Error where an archive is gone or another
// one by now.
Json picture_of(const AuditEntry& entry) {
    const std::size_t inside = entry.path.find(member_mark);
    if (inside == std::string::npos || std::filesystem::exists(entry.path)) {
        return has_size_and_time(entry) ? Json{{"path", entry.path}} : Json();
    }
    const std::vector<std::byte> content =
        member_content(entry.path.substr(0, inside), std::string_view(entry.path).substr(inside + member_mark.size()),
                       most_member_bytes);
    if (sha256(content) != entry.sha256) {
        return {};
    }
    return {{"data", output::base64({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()})},
            {"name", output::shown_path(entry.path)}};
}

bool is_to_show(const AuditFinding& one) {
    return one.decision == Decision::open && one.finding.page && !one.finding.quads.empty();
}

// What the findings of an entry have in common in their requests; null where nothing is to be shown.
Json shared_request(const AuditEntry& entry) {
    if (entry.removed || std::none_of(entry.findings.begin(), entry.findings.end(), is_to_show)) {
        return {};
    }
    try {
        return picture_of(entry);
    } catch (const Error&) {
        return {};
    }
}

std::string picture_in(const JobDone& done) {
    const Json answer = Json::parse(done.answer, nullptr, false);
    if (done.error || answer.is_discarded() || !answer.contains("crop")) {
        return {}; // a report without this picture is still a report
    }
    const output::FileBytes bytes = output::from_base64(answer.at("crop").at("data").get<std::string>());
    return {bytes.begin(), bytes.end()};
}

} // namespace

void add_thumbnails(AuditReport& report, WorkerPool& pool) {
    std::map<std::uint64_t, AuditFinding*> asked;
    std::uint64_t next = 1;
    const auto take = [&](std::chrono::milliseconds most) {
        if (const auto done = pool.wait(most)) {
            if (const auto found = asked.find(done->id); found != asked.end()) {
                found->second->thumbnail = picture_in(*done);
                asked.erase(found);
            }
        }
    };
    constexpr std::chrono::milliseconds patience(100);
    for (AuditEntry& entry : report.entries) {
        const Json shared = shared_request(entry);
        if (shared.is_null()) {
            continue;
        }
        for (AuditFinding& one : entry.findings) {
            if (!is_to_show(one)) {
                continue;
            }
            Json request = shared;
            request["crop"] = {{"page", *one.finding.page},
                               {"quads", quads_json(one.finding.quads)},
                               {"cover", covered(entry, *one.finding.page)}};
            while (!pool.has_room()) {
                take(patience);
            }
            asked.emplace(next, &one);
            pool.submit({next++, std::move(request), entry.path});
        }
    }
    while (!asked.empty()) {
        take(patience);
    }
}

} // namespace saring::audit
