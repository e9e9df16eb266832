// Which files are archives to look into, by their first bytes.
#pragma once

#include "image/load.hpp"
#include "saring/error.hpp"

#include <cstdint>
#include <string_view>

namespace saring::audit {

enum class ArchiveKind : std::uint8_t {
    none,
    zip,        // perhaps an office file, an e-book or a program: is_package() tells
    tar,        //
    compressed, // gzip, bzip2, xz, Zstandard …: a TAR may be inside
    foreign,    // RAR, 7z: archives that are not looked into, which must be told
};

// `head`: a kilobyte is enough.
ArchiveKind archive_kind_of(image::Bytes head);

// What to tell of a foreign one.
Error not_looked_into();

// Whether the name says that this is an archive of files ("surat.zip", "foto.tar.gz"), so that something else in it
// means damage. Names of office files and e-books do not, though they are ZIP archives, too.
bool promises_archive(std::string_view path);

// Whether a member of this name makes a ZIP archive an office file, an e-book or a program, which is no place for
// people's photos: ODF 1.3 part 2 (3.3), OPC (ECMA-376 part 2, 10.1.2), EPUB OCF 3.3 (4.2.2), JAR.
bool marks_package(std::string_view member);

// The same by the file's own name, for those whose members cannot be listed beforehand.
bool promises_package(std::string_view path);

} // namespace saring::audit
