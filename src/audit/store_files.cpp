// Files: what they are now, and in `past` what they were in earlier runs.
#include "audit/file_walk.hpp"
#include "audit/store_impl.hpp"

#include "audit/store_json.hpp"
#include "saring/sha256.hpp"

#include <algorithm>

namespace saring::audit {
namespace {

constexpr std::size_t hash_digits = 64;

int digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<std::string> hash_or_none(const std::string& hex) {
    return hex.empty() ? std::nullopt : std::optional(hash_bytes(hex));
}

std::optional<Blob> blob(const std::optional<std::string>& bytes) {
    return bytes ? std::optional(Blob{*bytes}) : std::nullopt;
}

} // namespace

std::string hash_bytes(const std::string& hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size() && hex.size() == hash_digits; i += 2) {
        const int high = digit(hex[i]);
        const int low = digit(hex[i + 1]);
        if (high < 0 || low < 0) {
            break;
        }
        out += static_cast<char>(high << 4 | low);
    }
    if (out.size() * 2 != hash_digits) {
        throw Error(ErrorCode::internal, "store", "this is no SHA-256");
    }
    return out;
}

bool lies_below(std::string_view path, std::string_view root) {
    while (root.size() > 1 && root.ends_with('/')) {
        root.remove_suffix(1);
    }
    if (!path.starts_with(root)) {
        return false;
    }
    const std::string_view rest = path.substr(root.size());
    return rest.empty() || rest.starts_with('/') || rest.starts_with(member_mark) || root == "/";
}

std::optional<SeenFile> Store::Impl::file(const std::string& path) {
    if (const auto waiting = waiting_.files.find(path); waiting != waiting_.files.end()) {
        return waiting->second.second;
    }
    Statement& row =
        database_->cached("SELECT bytes, modified_ns, inode, sha256, error, models_key FROM files WHERE path = ?1")
            .with(Blob{path});
    if (!row.step()) {
        return std::nullopt;
    }
    SeenFile out{
        path, row.as<std::uint64_t>(0), row.integer(1), row.as<std::uint64_t>(2), hex_of(row.view(3)), {}, row.text(5)};
    if (!row.null(4)) {
        out.error = error_from(row.view(4));
    }
    row.reset();
    return out;
}

// Most files are as they were: one statement that touches nothing but last_run.
void Store::Impl::write_file(int run, const SeenFile& file) {
    const std::optional<std::string> hash = hash_or_none(file.sha256);
    database_
        ->cached(
            "UPDATE files SET last_run = ?1 WHERE path = ?2 AND bytes = ?3 AND modified_ns = ?4 AND inode = ?5 AND "
            "sha256 IS ?6 AND error IS ?7 AND gone_run IS NULL AND models_key = ?8")
        .with(run, Blob{file.path}, file.bytes, file.modified_ns, file.inode, blob(hash), error_json(file.error),
              file.models_key)
        .run();
    if (database_->changes() == 0) {
        write_changed_file(run, file);
    }
}

void Store::Impl::write_changed_file(int run, const SeenFile& file) {
    const std::optional<std::string> hash = hash_or_none(file.sha256);
    // What it was in earlier runs stays known, where that was something else than now.
    database_
        ->cached(
            "INSERT INTO past (file, sha256, failed, first_run, gone_run) "
            "SELECT id, sha256, error IS NOT NULL, since_run, coalesce(gone_run, ?2) FROM files WHERE path = ?1 AND "
            "since_run < ?2 AND (gone_run IS NOT NULL OR sha256 IS NOT ?3 OR (error IS NULL) <> ?4)")
        .with(Blob{file.path}, run, blob(hash), !file.error)
        .run();
    const bool kept_in_past = database_->changes() > 0;
    database_
        ->cached(
            "INSERT INTO files (path, bytes, modified_ns, inode, sha256, error, since_run, last_run, models_key) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?9) ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, "
            "modified_ns = excluded.modified_ns, inode = excluded.inode, sha256 = excluded.sha256, "
            "error = excluded.error, last_run = excluded.last_run, gone_run = NULL, models_key = excluded.models_key, "
            "since_run = iif(?8, excluded.since_run, since_run)")
        .with(Blob{file.path}, file.bytes, file.modified_ns, file.inode, blob(hash), error_json(file.error), run,
              kept_in_past, file.models_key)
        .run();
}

void Store::Impl::mark_removed(int run, const std::function<bool(const std::string&)>& is_gone) {
    Statement started = database_->prepare("SELECT roots FROM runs WHERE id = ?1");
    if (!started.with(run).step()) {
        return;
    }
    std::vector<std::string> roots = paths_from(started.view(0));
    Statement unseen = database_->prepare("SELECT id, path FROM files WHERE last_run < ?1 AND gone_run IS NULL");
    std::vector<std::int64_t> removed;
    for (unseen.with(run); unseen.step();) {
        const std::string_view path = unseen.view(1);
        if (std::any_of(roots.begin(), roots.end(), [&](const std::string& root) { return lies_below(path, root); }) &&
            (!is_gone || is_gone(std::string(path)))) {
            removed.push_back(unseen.integer(0));
        }
    }
    for (const std::int64_t id : removed) {
        database_->cached("UPDATE files SET gone_run = ?2 WHERE id = ?1").with(id, run).run();
    }
}

} // namespace saring::audit
