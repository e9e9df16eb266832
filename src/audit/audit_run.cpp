// The loop: while workers have room, take the next file; else wait for an answer. Most files of a second run need
// nothing, so many may be taken without a glance at the workers, but never so many that an answer waits long.
//
// What was read is stored at once, so a run that is killed has lost only what was in the workers' hands, and the next
// run, which walks the gallery again, comes to the same result.
#include "audit/audit_run.hpp"

#include "image/load.hpp"
#include "output/cipher.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <filesystem>

namespace saring::audit {
namespace {

using output::Json;
using Clock = std::chrono::steady_clock;

constexpr auto short_wait = std::chrono::milliseconds(50);
constexpr auto tell_every = std::chrono::milliseconds(100);

bool stopped(const std::atomic<bool>* stop) { return stop != nullptr && stop->load(); }

// A member's own time may stay when its archive is written anew: this number changes then.
std::uint64_t mark_of_archive(const FileEntry& entry) {
    std::error_code error; // of a file that was open a moment ago
    const auto written = std::filesystem::last_write_time(entry.file, error).time_since_epoch().count();
    const std::string facts = std::to_string(entry.inode) + ' ' + std::to_string(written) + ' ' +
                              std::to_string(std::filesystem::file_size(entry.file, error));
    return std::hash<std::string>()(facts) >> 1U; // SQLite's integers are signed
}

std::string archive_of(const std::string& path) { return path.substr(0, path.find(member_mark)); }

} // namespace

AuditRun::AuditRun(const AuditOptions& options, Store& store, WorkerPool& pool, Currency currency, std::string today)
    : options_(options), store_(store), pool_(pool), currency_(std::move(currency)), today_(std::move(today)),
      walk_(options) {}

AuditSummary AuditRun::go(const AuditProgress& progress, const std::atomic<bool>* stop) {
    const auto began = Clock::now();
    auto told = began;
    std::vector<std::string> roots;
    for (const std::filesystem::path& root : options_.roots) {
        roots.push_back(root.native());
    }
    run_ = store_.begin_run(currency_.tool, currency_.rules_key, currency_.models_key, roots);
    const auto tell = [&](bool always) {
        const auto now = Clock::now();
        if (progress && (always || now - told > tell_every)) {
            told = now;
            summary_.took = std::chrono::duration_cast<std::chrono::milliseconds>(now - began);
            summary_.pending = pending_.size();
            progress(summary_);
        }
    };
    while (!stopped(stop) && !(summary_.walked && pending_.empty())) {
        constexpr int at_once = 64;
        for (int i = 0; i < at_once && !summary_.walked && pool_.has_room() && !stopped(stop); ++i) {
            summary_.walked = !take_next();
        }
        const bool idle = summary_.walked || !pool_.has_room();
        while (const auto done = pool_.wait(idle && !pending_.empty() ? short_wait : std::chrono::milliseconds(0))) {
            finish(*done);
            if (pool_.has_room() && !summary_.walked) {
                break;
            }
        }
        tell(false);
    }
    close(summary_.walked && pending_.empty());
    tell(true);
    return summary_;
}

// False at the end of the walk.
bool AuditRun::take_next() {
    auto next = walk_.next();
    if (!next) {
        return false;
    }
    if (const auto* error = std::get_if<Error>(&*next)) {
        take(*error);
    } else {
        try {
            take(std::move(std::get<FileEntry>(*next)));
        } catch (const Error& failure) {
            if (failure.code() == ErrorCode::write_failed || failure.code() == ErrorCode::worker_failed) {
                throw; // not this file's fault
            }
            take(failure.at_path(std::get<FileEntry>(*next).path));
        }
    }
    return true;
}

// A folder, archive or file that could not be looked into is told like a file that failed.
void AuditRun::take(const Error& error) {
    broken_.insert(error.path());
    SeenFile seen;
    seen.path = error.path();
    ++summary_.counts.files;
    fail(std::move(seen), error);
}

void AuditRun::take(FileEntry entry) {
    if (entry.media_type == other_type) {
        ++summary_.counts.other;
        return;
    }
    if (!entry.member.empty()) {
        entry.inode = mark_of_archive(entry);
    }
    const std::optional<SeenFile> last = store_.file(entry.path);
    if (last && looks_unchanged(entry, *last)) {
        if (last->error && !may_pass_later(*last->error) && last->models_key == currency_.models_key) {
            ++summary_.counts.files;
            ++summary_.counts.failed;
            ++summary_.unchanged;
            store_.saw(run_, *last);
            return;
        }
        if (!last->error && take_known(entry, last->sha256)) {
            return;
        }
    }
    if (!entry.member.empty()) {
        member_ = walk_.content(most_member_bytes);
    }
    if (!is_picture(entry)) {
        ++summary_.counts.other;
        return;
    }
    // Some archives tell the size of a member too late.
    const std::uint64_t bytes = entry.member.empty() ? entry.bytes : member_.size();
    const bool perhaps_known = (last && last->bytes == entry.bytes) || store_.any_content_of_size(bytes);
    if (!perhaps_known || !take_known(entry, hash_of(entry))) {
        read(entry);
    }
}

// Whether what is known of a content saves reading the file.
bool AuditRun::take_known(const FileEntry& entry, const std::string& sha256) {
    const std::optional<KnownContent> known = store_.content(sha256);
    const Need need = known ? need_of(*known, currency_, today_) : Need::reading;
    if (need == Need::reading) {
        return false;
    }
    SeenFile seen{entry.path, entry.bytes, entry.modified_ns, entry.inode, sha256, {}, {}};
    ++summary_.counts.files;
    if (need == Need::judging) {
        judge(std::move(seen));
        return true;
    }
    store_.saw(run_, seen);
    ++summary_.unchanged;
    count(known->verdict);
    return true;
}

// By content; by name only where the content is damaged beyond telling, which a worker will say.
bool AuditRun::is_picture(const FileEntry& entry) {
    std::string type = entry.media_type;
    if (type.empty()) {
        type = entry.member.empty() ? media_type_of(entry.file) : std::string(image::sniff(member_));
    }
    return !type.empty() || promises_picture(entry.path);
}

std::string AuditRun::hash_of(const FileEntry& entry) const {
    return entry.member.empty() ? sha256_of_file(entry.file) : sha256(std::span<const std::byte>(member_));
}

// Lines stay out of the answer: what the store keeps of them comes as `kept`.
Json AuditRun::options_of_requests() const {
    return {{"masked", true}, {"lines", false}, {"language", code_of(options_.language)}};
}

// Names that are not UTF-8 do not fit into JSON: such a file goes over as its bytes, like an archive's member.
void AuditRun::read(const FileEntry& entry) {
    ++summary_.counts.files;
    Json request{{"keep", true}, {"options", options_of_requests()}};
    if (entry.member.empty() && output::shown_path(entry.file.native()) == entry.file.native()) {
        request["path"] = entry.file.native();
    } else {
        if (entry.member.empty()) {
            Limits limits;
            limits.file_bytes = most_member_bytes;
            member_ = image::read_file(entry.file, limits);
        }
        const auto* first = reinterpret_cast<const std::uint8_t*>(member_.data());
        request["data"] = output::base64({first, member_.size()});
        request["name"] = output::shown_path(entry.path);
        std::vector<std::byte>().swap(member_);
    }
    submit(std::move(request), {{entry.path, entry.bytes, entry.modified_ns, entry.inode, {}, {}, {}}, {}});
}

void AuditRun::judge(SeenFile seen) {
    const auto [place, is_first] = copies_.try_emplace(seen.sha256);
    if (!is_first) {
        place->second.push_back(std::move(seen));
        return;
    }
    Json request{{"keep", true},
                 {"reading", store_.reading(seen.sha256)},
                 {"name", output::shown_path(seen.path)},
                 {"options", options_of_requests()}};
    std::string content = seen.sha256;
    submit(std::move(request), {std::move(seen), std::move(content)});
}

void AuditRun::submit(Json request, Pending pending) {
    const std::uint64_t id = next_id_++;
    Job job{id, std::move(request), pending.file.path, pending.judged.empty()};
    pending_.emplace(id, std::move(pending));
    pool_.submit(std::move(job));
}

void AuditRun::finish(const JobDone& done) {
    const auto found = pending_.find(done.id);
    if (found == pending_.end()) {
        return;
    }
    Pending pending = std::move(found->second);
    pending_.erase(found);
    Answer answer;
    answer.error = done.error;
    if (!answer.error) {
        try {
            answer = answer_from(done.answer);
        } catch (const Error& e) {
            answer.error = e;
        }
    }
    if (!answer.error && pending.judged.empty()) {
        finish_read(std::move(pending.file), std::move(*answer.content));
    } else if (!answer.error) {
        finish_judged(pending, std::move(*answer.content));
    } else {
        for (SeenFile& copy : copies_[pending.judged]) {
            fail(std::move(copy), *answer.error);
        }
        copies_.erase(pending.judged);
        fail(std::move(pending.file), *answer.error);
    }
}

void AuditRun::finish_read(SeenFile file, ContentRecord content) {
    ++summary_.read;
    count(content.verdict);
    content.bytes = file.bytes;
    file.sha256 = content.sha256;
    if (!options_.keep_text) {
        content.reading.clear();
    }
    store_.put(run_, content);
    store_.saw(run_, file);
}

void AuditRun::finish_judged(const Pending& pending, ContentRecord content) {
    content.bytes = pending.file.bytes;
    content.judged_again = true;
    store_.put(run_, content);
    std::vector<SeenFile> files = std::move(copies_[pending.judged]);
    copies_.erase(pending.judged);
    files.push_back(pending.file);
    for (const SeenFile& file : files) {
        store_.saw(run_, file);
        ++summary_.rematched;
        count(content.verdict);
    }
}

void AuditRun::fail(SeenFile file, const Error& error) {
    ++summary_.counts.failed;
    file.sha256.clear();
    file.error = error.at_path(file.path);
    file.models_key = currency_.models_key;
    store_.saw(run_, file);
}

// As it was judged; what was decided about findings is counted by the report.
void AuditRun::count(Verdict verdict) {
    ++(verdict == Verdict::safe     ? summary_.counts.safe
       : verdict == Verdict::review ? summary_.counts.review
                                    : summary_.counts.block);
}

void AuditRun::close(bool complete) {
    summary_.complete = complete;
    for (const std::filesystem::path& root : options_.roots) {
        std::error_code error;
        if (std::filesystem::is_directory(root, error) && std::filesystem::is_empty(root, error)) {
            empty_.insert(root.native());
            summary_.notices.push_back(
                options_.language == Language::indonesian
                    ? output::shown_path(root.native()) +
                          " kosong; yang pernah ada di situ tidak dianggap terhapus. Apakah foldernya terpasang?"
                    : output::shown_path(root.native()) +
                          " is empty; what was there before is not taken for deleted. Is it mounted?");
        }
    }
    store_.flush();
    store_.end_run(run_, complete, summary_, [this](const std::string& path) { return is_gone(path); });
}

// Whether a file that was not met is really gone. Not when its root is empty, as a share is that was not mounted, or
// when its folder could not be opened; nor when only the filter left it out.
bool AuditRun::is_gone(const std::string& path) const {
    const auto is_below = [&](const std::string& folder) {
        return path.starts_with(folder) && path.size() > folder.size() &&
               (folder.ends_with('/') || path[folder.size()] == '/' || path[folder.size()] == '!');
    };
    if (std::any_of(empty_.begin(), empty_.end(), is_below) || std::any_of(broken_.begin(), broken_.end(), is_below)) {
        return false;
    }
    const std::string file = archive_of(path);
    std::error_code error;
    const auto status = std::filesystem::symlink_status(file, error);
    if (status.type() == std::filesystem::file_type::not_found) {
        return true;
    }
    const FileFilter& filter = options_.filter;
    const bool all_members_met = filter.archives && filter.include.empty() && filter.exclude.empty() &&
                                 filter.types.empty() && filter.min_bytes == 0 && filter.max_bytes == UINT64_MAX &&
                                 !filter.newer && !filter.older;
    return file != path && status.type() == std::filesystem::file_type::regular && all_members_met;
}

} // namespace saring::audit
