#include "audit/archive_walk.hpp"

#include "audit/archive_kind.hpp"

#include <functional>

namespace saring::audit {

ArchiveWalk::ArchiveWalk(const FileEntry& archive, std::string below, const Filter& filter)
    : archive_(archive), below_(std::move(below)), filter_(filter), reader_(archive.file) {}

std::string ArchiveWalk::where() const {
    return inner_ ? archive_.path + std::string(member_mark) + inner_name_ : archive_.path;
}

std::optional<ArchiveWalk::Found> ArchiveWalk::next() {
    for (;;) {
        try {
            ArchiveReader& reader = inner_ ? *inner_ : reader_;
            const std::optional<ArchiveMember> member = reader.next();
            if (!member && !inner_) {
                return {};
            }
            if (!member) {
                inner_.reset();
                continue;
            }
            if (std::optional<Found> found = visit(reader, *member)) {
                return found;
            }
        } catch (const Error& error) {
            return error.at_path(where());
        }
    }
}

// The same name twice, as in a TAR that was appended to: each gets a path of its own, or one would hide the other.
std::string ArchiveWalk::unique(const std::string& name) {
    std::string out = name;
    for (int count = 2; !names_.insert(std::hash<std::string>{}(out)).second; ++count) {
        out = name + "#" + std::to_string(count);
    }
    return out;
}

std::optional<ArchiveWalk::Found> ArchiveWalk::visit(ArchiveReader& reader, const ArchiveMember& member) {
    FileEntry entry = archive_;
    entry.member = unique((inner_ ? inner_name_ + std::string(member_mark) : "") + member.name);
    entry.path = archive_.path + std::string(member_mark) + entry.member;
    entry.bytes = member.bytes.value_or(0);
    entry.modified_ns = member.modified_ns.value_or(archive_.modified_ns);
    entry.media_type.clear();
    const bool taken = filter_.takes_member(below_, entry.member) && filter_.takes_time(entry.modified_ns) &&
                       (!member.bytes || filter_.takes_size(*member.bytes));
    const bool enters = promises_archive(member.name) && filter_.enters_member(below_, entry.member);
    if (!taken && !enters) {
        return {};
    }
    if (member.locked) { // told once for an archive, as a password opens all of it
        return locked_.insert(where()).second
                   ? std::optional<Found>(Error(ErrorCode::password_needed, "walk").at_path(where()))
                   : std::nullopt;
    }
    const std::string path = entry.path;
    try {
        return look(reader, std::move(entry), taken);
    } catch (const Error& error) {
        return error.at_path(path);
    }
}

// Members whose name promises a picture are left to content(), as an audit may know them already; all others are told
// by their first bytes, so that what is nothing for us is not unpacked.
std::optional<ArchiveWalk::Found> ArchiveWalk::look(ArchiveReader& reader, FileEntry entry, bool taken) {
    last_ = entry.path;
    const bool promised = promises_picture(entry.member);
    if (promised && !filter_.asks_for_types()) {
        return entry;
    }
    if (!promised && enter(reader, entry)) {
        return {};
    }
    const std::string_view type = image::sniff(reader.head());
    entry.media_type = type.empty() ? other_type : type;
    const bool damaged = type.empty() && promised; // whatever types are asked for
    return taken && (filter_.takes_type(entry.media_type) || damaged) ? std::optional<Found>(std::move(entry))
                                                                      : std::nullopt;
}

// Whether the member is an archive that is walked next. Throws Error where it is one that is not looked into.
bool ArchiveWalk::enter(ArchiveReader& reader, const FileEntry& entry) {
    const ArchiveKind kind = archive_kind_of(reader.head());
    const bool promised = promises_archive(entry.member);
    if (kind == ArchiveKind::none) {
        if (promised) {
            throw Error(reader.head().empty() ? ErrorCode::empty_file : ErrorCode::corrupt, "walk");
        }
        return false;
    }
    if (!filter_.archives() || (kind == ArchiveKind::zip && promises_package(entry.member))) {
        return false;
    }
    if (kind == ArchiveKind::foreign) {
        throw not_looked_into();
    }
    if (inner_) {
        if (kind == ArchiveKind::compressed && !promised) {
            return false; // a single file, packed
        }
        throw Error(ErrorCode::unknown_format, "walk", "archives in archives in archives are not looked into");
    }
    auto inner = std::make_unique<ArchiveReader>(reader);
    if (kind == ArchiveKind::compressed && !promised && !inner->is_archive()) {
        return false;
    }
    inner_ = std::move(inner);
    inner_name_ = entry.member;
    return true;
}

std::vector<std::byte> ArchiveWalk::content(std::uint64_t most) {
    try {
        return (inner_ ? *inner_ : reader_).content(most);
    } catch (const Error& error) {
        throw error.at_path(last_);
    }
}

} // namespace saring::audit
