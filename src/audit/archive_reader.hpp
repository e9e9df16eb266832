// The members of a ZIP or (compressed) TAR archive, one after the other, without unpacking anything to disk.
#pragma once

#include "image/load.hpp"
#include "saring/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saring::audit {

// A member that holds bytes: no folder, link or device.
struct ArchiveMember {
    std::string name;                   // as the archive has it, be it "../../x"; nothing is ever written under it
    std::optional<std::uint64_t> bytes; // as stated; some archives state it behind the member only
    std::optional<std::int64_t> modified_ns;
    bool locked = false; // needs a password
};

// How far an archive may unpack, skipped members included, before the rest of it is given up. Photos do not shrink;
// pictures of plain paper do, by up to a hundred times.
struct ExpansionLimit {
    std::uint64_t bytes = std::uint64_t{4} << 30;
    std::uint64_t times = 200; // of the archive's own size
    std::uint64_t members = 1'000'000;
};

class ArchiveReader {
public:
    // Throws Error(not_found, no_permission, read_failed).
    explicit ArchiveReader(const std::filesystem::path& file, const ExpansionLimit& limit = {});
    // Bytes that outlive the reader.
    explicit ArchiveReader(image::Bytes archive, const ExpansionLimit& limit = {});
    // The archive that is the member at which `outer` stands; reading goes on through `outer`, which is not touched
    // otherwise meanwhile.
    explicit ArchiveReader(ArchiveReader& outer, const ExpansionLimit& limit = {});
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    // Whether this is an archive at all. It may be damaged further on.
    [[nodiscard]] bool is_archive();

    // The next member; empty at the end. Throws Error(corrupt, truncated, read_failed, file_too_large, password_needed)
    // where the archive cannot be followed any further; the next call then returns nothing.
    [[nodiscard]] std::optional<ArchiveMember> next();

    // The first bytes of the member, a kilobyte or two. Throws like content().
    [[nodiscard]] image::Bytes head();

    // The whole member, once. Throws Error(file_too_large) beyond `most`, and what next() throws, for this member.
    [[nodiscard]] std::vector<std::byte> content(std::uint64_t most);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace saring::audit
