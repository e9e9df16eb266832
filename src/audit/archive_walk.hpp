// What a FileWalk delivers of one archive: its members that the filter lets through, and those of archives in it.
#pragma once

#include "audit/archive_reader.hpp"
#include "audit/file_filter.hpp"
#include "audit/file_walk.hpp"

#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <variant>

namespace saring::audit {

// Archives within an archive are looked into while the outer one is read, one level deep; what lies deeper is an Error.
// Locked members, members of kinds that are not read (RAR in ZIP), and an end that is damaged are Errors, too.
//
// Exports of chats need no more than that: WhatsApp's "WhatsApp Chat with …zip" holds _chat.txt and the media beside
// it, Telegram's folder result.json, photos/, files/ and video_files/; the media are found where they lie.
class ArchiveWalk {
public:
    // `archive`: the file as an entry; `below`: its path below its root.
    ArchiveWalk(const FileEntry& archive, std::string below, const Filter& filter);

    [[nodiscard]] bool is_archive() { return reader_.is_archive(); }

    [[nodiscard]] std::optional<std::variant<FileEntry, Error>> next();
    [[nodiscard]] std::vector<std::byte> content(std::uint64_t most);

private:
    using Found = std::variant<FileEntry, Error>;

    std::optional<Found> visit(ArchiveReader& reader, const ArchiveMember& member);
    std::optional<Found> look(ArchiveReader& reader, FileEntry entry, bool taken);
    bool enter(ArchiveReader& reader, const FileEntry& entry);
    [[nodiscard]] std::string where() const;
    [[nodiscard]] std::string unique(const std::string& name);

    FileEntry archive_;
    std::string below_;
    const Filter& filter_;
    ArchiveReader reader_;
    std::unique_ptr<ArchiveReader> inner_;
    std::string inner_name_;                  // of the archive in the archive, "" while there is none
    std::unordered_set<std::uint64_t> names_; // hashes of those met
    std::unordered_set<std::string> locked_;  // archives of which that was told
    std::string last_;                        // path of the member that was delivered last
};

} // namespace saring::audit
