#include "audit/thumbnails.hpp"

#include "output/cipher.hpp"

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

bool shows_value(const Finding& finding) {
    return finding.category == Category::secret || finding.category == Category::identifier;
}

// Whatever on the page must not be shown, found at this place or at another.
Json covered(const AuditEntry& entry, int page) {
    Json out = Json::array();
    for (const AuditFinding& other : entry.findings) {
        if (other.finding.page == page && shows_value(other.finding)) {
            for (const Quad& quad : other.finding.quads) {
                out.push_back(output::json_of(quad));
            }
        }
    }
    return out;
}

// The file as it was read: of the size and time that the store knows. In another one the places to be covered may lie
// elsewhere.
bool is_as_read(const AuditEntry& entry) {
    constexpr std::string_view inside = "!/";
    struct stat now {};
    return !entry.removed && entry.path.find(inside) == std::string::npos && ::stat(entry.path.c_str(), &now) == 0 &&
           static_cast<std::uint64_t>(now.st_size) == entry.bytes && now.st_mtim.tv_sec == entry.modified;
}

Json request_for(const AuditEntry& entry, const Finding& finding) {
    return {
        {"path", entry.path},
        {"crop",
         {{"page", *finding.page}, {"quads", quads_json(finding.quads)}, {"cover", covered(entry, *finding.page)}}}};
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
        if (!is_as_read(entry)) {
            continue;
        }
        for (AuditFinding& one : entry.findings) {
            if (one.decision != Decision::open || !one.finding.page || one.finding.quads.empty()) {
                continue;
            }
            while (!pool.has_room()) {
                take(patience);
            }
            asked.emplace(next, &one);
            pool.submit({next++, request_for(entry, one.finding), entry.path});
        }
    }
    while (!asked.empty()) {
        take(patience);
    }
}

} // namespace saring::audit
