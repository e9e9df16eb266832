#include "output/report_facts.hpp"

#include "output/mask.hpp"
#include "output/wording.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace saring::output {
namespace {

// The camera writes "2026-08-17 09:30:00" or, as EXIF has it, "2026:08:17 09:30:00"; nothing where it had no clock.
std::string day_in(std::string_view taken) {
    constexpr std::size_t length = 10;
    if (taken.size() < length) {
        return {};
    }
    std::string day(taken.substr(0, length));
    for (std::size_t i = 0; i < length; ++i) {
        const bool separator = i == 4 || i == 7;
        if (separator) {
            day[i] = '-';
        } else if (day[i] < '0' || day[i] > '9') {
            return {};
        }
    }
    return day.starts_with("0000") ? std::string() : day;
}

void count(AuditCounts& counts, const AuditEntry& entry) {
    ++counts.files;
    if (entry.error) {
        ++counts.failed;
        return;
    }
    ++(entry.verdict == Verdict::block ? counts.block : entry.verdict == Verdict::review ? counts.review : counts.safe);
    counts.open_findings += entry.findings.size();
}

AuditEntry entry_of(const ScanResult& original) {
    const ScanResult result = masked(original);
    AuditEntry out;
    out.path = result.path;
    out.sha256 = result.sha256;
    out.media_type = result.media_type;
    out.taken = result.metadata.taken;
    out.pages = static_cast<int>(result.pages.size());
    out.verdict = result.verdict;
    out.complete = result.complete;
    out.reasons = result.reasons;
    for (const Finding& finding : result.findings) {
        out.findings.emplace_back().finding = finding;
    }
    for (const Page& page : result.pages) {
        for (const UnreadRegion& region : page.unread) {
            out.unread.push_back({page.index, region});
        }
    }
    return out;
}

AuditEntry entry_of(const Error& error) {
    AuditEntry out;
    out.path = error.path();
    out.error = error;
    return out;
}

} // namespace

std::string time_of(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    std::array<char, 40> out{};
    if (gmtime_r(&time, &parts) == nullptr ||
        std::strftime(out.data(), out.size(), "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        return {};
    }
    return out.data();
}

std::string day_of(const AuditEntry& entry) {
    const std::string taken = day_in(entry.taken);
    return !taken.empty() || entry.modified == 0 ? taken : day_in(time_of(entry.modified));
}

std::string folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? std::string_view()
                                                       : path.substr(0, std::max<std::size_t>(slash, 1)));
}

std::string page_of(std::optional<int> page, int pages, Language language) {
    return page && pages > 1 ? std::string(Bilingual{"halaman ", "page "}.in(language)) + std::to_string(*page + 1)
                             : std::string();
}

std::string unread_text(const AuditUnread& unread, int pages, Language language) {
    std::string out(words_of(unread.region.reason).in(language));
    if (!unread.region.script.empty()) {
        out += " (" + unread.region.script + ")";
    }
    const std::string page = page_of(unread.page, pages, language);
    return page.empty() ? out : page + ": " + out;
}

std::vector<std::string> unread_texts(const AuditEntry& entry, Language language) {
    std::vector<std::pair<std::string, int>> counted; // in the order of the pages
    for (const AuditUnread& unread : entry.unread) {
        const std::string text = unread_text(unread, entry.pages, language);
        const auto known =
            std::find_if(counted.begin(), counted.end(), [&](const auto& one) { return one.first == text; });
        if (known == counted.end()) {
            counted.emplace_back(text, 1);
        } else {
            ++known->second;
        }
    }
    std::vector<std::string> out;
    for (const auto& [text, count] : counted) {
        out.push_back(count > 1 ? text + " (" + std::to_string(count) + " ×)" : text);
    }
    return out;
}

const AuditFinding* gravest_of(const AuditEntry& entry) {
    const AuditFinding* gravest = nullptr;
    for (const AuditFinding& one : entry.findings) {
        const bool graver =
            gravest == nullptr || one.finding.blocks > gravest->finding.blocks ||
            (one.finding.blocks == gravest->finding.blocks && one.finding.severity > gravest->finding.severity);
        if (one.decision == Decision::open && graver) {
            gravest = &one;
        }
    }
    return gravest;
}

AuditReport audit_of(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool) {
    AuditReport out;
    out.tool = tool;
    for (const ScanResult& result : results) {
        out.entries.push_back(entry_of(result));
    }
    for (const Error& error : errors) {
        out.entries.push_back(entry_of(error));
    }
    for (const AuditEntry& entry : out.entries) {
        count(out.counts, entry);
        count(out.folders[folder_of(entry.path)], entry);
        const std::string day = day_of(entry);
        if (constexpr std::size_t month = 7; !day.empty()) {
            count(out.months[day.substr(0, month)], entry);
        }
    }
    const auto plainly_safe = [](const AuditEntry& entry) {
        return !entry.error && entry.verdict == Verdict::safe && entry.findings.empty() && entry.complete;
    };
    std::erase_if(out.entries, plainly_safe);
    std::stable_sort(out.entries.begin(), out.entries.end(),
                     [](const AuditEntry& a, const AuditEntry& b) { return a.verdict > b.verdict; });
    return out;
}

} // namespace saring::output
