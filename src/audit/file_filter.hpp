// Which files of a gallery are looked at, by what is known before they are opened.
#pragma once

#include "audit/glob.hpp"
#include "saring/audit.hpp"

#include <string_view>
#include <vector>

namespace saring::audit {

// Names that the user includes are meant in capitals, too ("*.jpg" takes IMG_0001.JPG along); what he excludes is taken
// by the letter. In doubt a file is looked at.
class Filter {
public:
    // Throws Error(bad_option) for a wrong pattern.
    explicit Filter(const FileFilter& filter);

    // `below`: the path below its root. Whether a folder is entered, an archive opened.
    [[nodiscard]] bool enters(std::string_view below) const;
    // Whether a file, or a member of an archive, is to be looked at.
    [[nodiscard]] bool takes(std::string_view below) const;
    // The same for a file that the user named himself, who may well mean a hidden one.
    [[nodiscard]] bool takes_named(std::string_view below) const;
    // The same for a member: `within` is its name in the archive, whose folders may be hidden or excluded.
    [[nodiscard]] bool takes_member(std::string_view archive_below, std::string_view within) const;
    [[nodiscard]] bool enters_member(std::string_view archive_below, std::string_view within) const;
    [[nodiscard]] bool takes_size(std::uint64_t bytes) const;
    [[nodiscard]] bool takes_time(std::int64_t modified_ns) const;
    // By its media type; what is neither picture nor document passes where no types are asked for.
    [[nodiscard]] bool takes_type(std::string_view media_type) const;
    [[nodiscard]] bool asks_for_types() const { return !filter_.types.empty(); }
    [[nodiscard]] bool archives() const { return filter_.archives; }
    [[nodiscard]] bool follow_links() const { return filter_.follow_links; }

private:
    [[nodiscard]] bool excluded(std::string_view below, bool folder) const;
    [[nodiscard]] bool hidden(std::string_view below) const;
    [[nodiscard]] bool reaches(std::string_view below, std::size_t inside) const;

    FileFilter filter_;
    std::vector<Glob> include_;
    std::vector<Glob> exclude_;
};

} // namespace saring::audit
