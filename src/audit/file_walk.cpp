// The walk: one start after the other (what the list names, then the roots), depth first, with the names of one folder
// a level in memory. Whatever a folder holds may change or vanish between being listed and being visited; that gives an
// Error of its own and nothing else.
//
// What cannot be told apart: a file that is moved, while the walk goes on, from a folder that is still ahead into one
// that is done is missed in this run.
#include "audit/file_walk.hpp"

#include "audit/archive_kind.hpp"
#include "audit/archive_walk.hpp"
#include "audit/file_filter.hpp"
#include "audit/file_list.hpp"
#include "audit/folder_cursor.hpp"
#include "audit/lasting_path.hpp"
#include "audit/open_file.hpp"

#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <sys/stat.h>
#include <unordered_set>

namespace saring::audit {
namespace {

using Found = std::variant<FileEntry, Error>;

constexpr std::size_t most_levels = 512; // folders in folders; no gallery is built so
constexpr std::size_t head_bytes = 2048;

// What makes two names one file.
struct Identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const Identity&) const = default;
};
struct HashIdentity {
    std::size_t operator()(const Identity& id) const {
        constexpr std::uint64_t spread = 0x9E3779B97F4A7C15; // golden ratio, for even use of the buckets
        return static_cast<std::size_t>((id.inode ^ (id.device << 32)) * spread);
    }
};
using Identities = std::unordered_set<Identity, HashIdentity>;

Identity identity_of(const struct stat& facts) { return {facts.st_dev, facts.st_ino}; }

struct Place {
    std::string path;   // as told and as opened
    std::string below;  // its root; globs are about this part
    bool named = false; // by the user: a root, or a line of the list
};

struct Level {
    FolderCursor names;
    Place folder;
};

std::string without_trailing_slashes(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

Place inside(const Place& folder, std::string_view name) {
    Place place;
    place.path = folder.path + (folder.path.ends_with('/') ? "" : "/");
    place.path += name;
    place.below = folder.below.empty() ? std::string(name) : folder.below + "/" + std::string(name);
    return place;
}

FileEntry entry_of(const Place& place, const struct stat& facts) {
    constexpr std::int64_t ns = 1'000'000'000;
    FileEntry entry;
    entry.path = place.path;
    entry.file = place.path;
    entry.bytes = static_cast<std::uint64_t>(facts.st_size);
    entry.modified_ns = static_cast<std::int64_t>(facts.st_mtim.tv_sec) * ns + facts.st_mtim.tv_nsec;
    entry.inode = facts.st_ino;
    entry.device = facts.st_dev;
    return entry;
}

// Office files, e-books and programs are ZIP archives, too, with a mark among their members.
bool is_package(const std::filesystem::path& file) {
    constexpr int most_members = 10'000; // the mark stands among the first, by custom; some writers put it last
    try {
        ArchiveReader reader(file);
        for (int i = 0; i < most_members; ++i) {
            const std::optional<ArchiveMember> member = reader.next();
            if (!member || marks_package(member->name)) {
                return member.has_value();
            }
        }
    } catch (const Error&) { // told when it is walked
    }
    return false;
}

} // namespace

class FileWalk::Impl {
public:
    explicit Impl(const AuditOptions& options) : filter_(options.filter) {
        if (!options.files_from.empty()) {
            list_.emplace(options.files_from);
        }
        remember_all_ = options.filter.follow_links || list_;
        for (const std::filesystem::path& root : options.roots) {
            add_root(without_trailing_slashes(root.native()));
        }
    }

    std::optional<Found> next() {
        for (;;) {
            if (archive_) {
                if (std::optional<Found> found = archive_->next()) {
                    return found;
                }
                archive_.reset();
            }
            std::string path;
            try {
                const std::optional<Place> place = next_place();
                if (!place) {
                    return {};
                }
                path = place->path;
                if (std::optional<Found> found = visit(*place)) {
                    return found;
                }
            } catch (const Error& error) {
                return error.at_path(path);
            }
        }
    }

    std::vector<std::byte> content(std::uint64_t most) {
        if (!archive_) {
            throw Error(ErrorCode::internal, "walk", "content() is for members of archives");
        }
        return archive_->content(most);
    }

private:
    void add_root(const std::string& root) {
        struct stat facts {};
        if (::stat(root.c_str(), &facts) != 0) {
            throw error_of_system(errno, root);
        }
        if (::faccessat(AT_FDCWD, root.c_str(), S_ISDIR(facts.st_mode) ? R_OK | X_OK : R_OK, AT_EACCESS) != 0) {
            throw error_of_system(errno, root);
        }
        if (roots_.insert(identity_of(facts)).second) { // given twice, it is walked once
            const std::string name = root.substr(root.rfind('/') + 1);
            starts_.push_back({root, S_ISDIR(facts.st_mode) ? "" : name, true});
        }
    }

    std::optional<Place> next_place() {
        while (!levels_.empty()) {
            if (const auto name = levels_.back().names.next()) {
                return inside(levels_.back().folder, *name);
            }
            levels_.pop_back();
        }
        if (list_) {
            if (const auto listed = list_->next()) {
                return Place{lasting_path(*listed), *listed, true};
            }
            list_.reset();
        }
        if (starts_.empty()) {
            return {};
        }
        Place start = std::move(starts_.front());
        starts_.pop_front();
        return start;
    }

    std::optional<Found> visit(const Place& place) {
        struct stat facts {};
        if (::lstat(place.path.c_str(), &facts) != 0) {
            throw error_of_system(errno, place.path);
        }
        if (S_ISLNK(facts.st_mode)) {
            if (!place.named && !filter_.follow_links()) {
                return {};
            }
            if (::stat(place.path.c_str(), &facts) != 0) {
                throw error_of_system(errno, place.path);
            }
        }
        if (!place.named && roots_.contains(identity_of(facts))) {
            return {}; // walked for itself
        }
        if (S_ISDIR(facts.st_mode)) {
            enter_folder(place, facts);
            return {};
        }
        if (S_ISREG(facts.st_mode)) {
            return file(place, facts);
        }
        if (place.named) {
            throw Error(ErrorCode::not_a_file, "walk");
        }
        return {};
    }

    void enter_folder(const Place& place, const struct stat& facts) {
        if (!place.named && !filter_.enters(place.below)) {
            return;
        }
        if (remember_all_ && !folders_.insert(identity_of(facts)).second) {
            return; // links that lead in circles end here
        }
        if (levels_.size() >= most_levels) {
            throw Error(ErrorCode::read_failed, "walk", "too many folders in folders");
        }
        levels_.push_back({FolderCursor(place.path, place.named || filter_.follow_links()), place});
        if (place.named) {
            levels_.back().folder.below.clear();
        }
    }

    std::optional<Found> file(const Place& place, const struct stat& facts) {
        FileEntry entry = entry_of(place, facts);
        const bool taken = (place.named ? filter_.takes_named(place.below) : filter_.takes(place.below)) &&
                           filter_.takes_size(entry.bytes) && filter_.takes_time(entry.modified_ns);
        const bool enters = filter_.archives() && !promises_picture(place.path) &&
                            (taken || promises_archive(place.path)) && (place.named || filter_.enters(place.below));
        if ((!enters && !taken) || met_before(facts)) {
            return {};
        }
        if (enters && enter_archive(place, entry)) {
            return {};
        }
        return taken && has_type(entry) ? std::optional<Found>(std::move(entry)) : std::nullopt;
    }

    bool met_before(const struct stat& facts) {
        return (remember_all_ || facts.st_nlink > 1) && !files_.insert(identity_of(facts)).second;
    }

    // Where types are asked for, the file is opened to tell. One that should be a picture and is none is damaged, and
    // must not go unnoticed.
    bool has_type(FileEntry& entry) const {
        if (!filter_.asks_for_types()) {
            return true;
        }
        const std::string type = media_type_of(entry.file);
        if (type.empty() && promises_picture(entry.path)) {
            return true;
        }
        entry.media_type = type.empty() ? other_type : type;
        return filter_.takes_type(entry.media_type);
    }

    // Whether the file is an archive that is walked next. Throws where it is one that cannot be looked into.
    bool enter_archive(const Place& place, const FileEntry& entry) {
        const bool promised = promises_archive(place.path);
        const std::vector<std::byte> head = first_bytes(place.path, head_bytes);
        const ArchiveKind kind = archive_kind_of(head);
        if (kind == ArchiveKind::none && !promised) {
            return false;
        }
        if (kind == ArchiveKind::none) {
            throw Error(head.empty() ? ErrorCode::empty_file : ErrorCode::corrupt, "walk");
        }
        if (kind == ArchiveKind::foreign) {
            throw not_looked_into();
        }
        if (kind == ArchiveKind::zip && !promised && is_package(place.path)) {
            return false;
        }
        auto archive = std::make_unique<ArchiveWalk>(entry, place.below, filter_);
        if (kind == ArchiveKind::compressed && !promised && !archive->is_archive()) {
            return false; // a single file, packed
        }
        archive_ = std::move(archive);
        return true;
    }

    Filter filter_;
    bool remember_all_ = false;
    std::optional<FileList> list_;
    std::deque<Place> starts_;
    Identities roots_;
    Identities folders_;
    Identities files_;
    std::vector<Level> levels_;
    std::unique_ptr<ArchiveWalk> archive_;
};

FileWalk::FileWalk(const AuditOptions& options) : impl_(std::make_unique<Impl>(options)) {}
FileWalk::~FileWalk() = default;

std::optional<std::variant<FileEntry, Error>> FileWalk::next() { return impl_->next(); }
std::vector<std::byte> FileWalk::content(std::uint64_t most) { return impl_->content(most); }

std::vector<std::byte> member_content(const std::filesystem::path& archive, std::string_view member,
                                      std::uint64_t most) {
    FileFilter everything;
    everything.hidden = true;
    const Filter filter(everything);
    FileEntry entry;
    entry.path = archive.native();
    entry.file = archive;
    ArchiveWalk walk(entry, "", filter);
    std::optional<Error> error;
    while (const std::optional<Found> found = walk.next()) {
        if (const auto* met = std::get_if<FileEntry>(&*found); met != nullptr && met->member == member) {
            return walk.content(most);
        }
        if (const auto* failed = std::get_if<Error>(&*found)) {
            error = *failed;
        }
    }
    throw error ? *error
                : Error(ErrorCode::not_found, "walk")
                      .at_path(archive.native() + std::string(member_mark) + std::string(member));
}

} // namespace saring::audit
