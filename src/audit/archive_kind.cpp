#include "audit/archive_kind.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace saring::audit {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view bytes;
    ArchiveKind kind;
};
constexpr std::array magics{
    Magic{"PK\x03\x04"sv, ArchiveKind::zip},
    Magic{"PK\x05\x06"sv, ArchiveKind::zip}, // an empty one
    Magic{"PK\x07\x08"sv, ArchiveKind::zip},
    Magic{"\x1F\x8B"sv, ArchiveKind::compressed},
    Magic{"\x1F\x9D"sv, ArchiveKind::compressed},
    Magic{"BZh"sv, ArchiveKind::compressed},
    Magic{"\xFD"
          "7zXZ\0"sv,
          ArchiveKind::compressed},
    Magic{"\x28\xB5\x2F\xFD"sv, ArchiveKind::compressed},
    Magic{"\x04\x22\x4D\x18"sv, ArchiveKind::compressed},
    Magic{"LZIP"sv, ArchiveKind::compressed},
    Magic{"Rar!\x1A\x07"sv, ArchiveKind::foreign},
    Magic{"7z\xBC\xAF\x27\x1C"sv, ArchiveKind::foreign},
};

std::string_view text_of(image::Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// The first header of a TAR carries the sum of its own bytes, in octal digits, itself counted as blanks (POSIX pax,
// "ustar interchange format"). Names of formats ("ustar") are younger than that.
bool is_tar(std::string_view head) {
    constexpr std::size_t block = 512;
    constexpr std::size_t sum_at = 148;
    constexpr std::size_t sum_length = 8;
    if (head.size() < block) {
        return false;
    }
    long stated = 0;
    bool digits = false;
    for (const char c : head.substr(sum_at, sum_length)) {
        if (c >= '0' && c <= '7') {
            stated = stated * 8 + (c - '0');
            digits = true;
        } else if (c != ' ' || digits) {
            break;
        }
    }
    long sum = static_cast<long>(sum_length) * ' ';
    for (std::size_t i = 0; i < block; ++i) {
        sum += i >= sum_at && i < sum_at + sum_length ? 0 : static_cast<unsigned char>(head[i]);
    }
    return digits && sum == stated;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

} // namespace

ArchiveKind archive_kind_of(image::Bytes head) {
    const std::string_view text = text_of(head);
    for (const Magic& magic : magics) {
        if (text.starts_with(magic.bytes)) {
            return magic.kind;
        }
    }
    return is_tar(text) ? ArchiveKind::tar : ArchiveKind::none;
}

Error not_looked_into() {
    return {ErrorCode::unknown_format, "walk",
            "RAR and 7z archives are not looked into; unpack it, or pack it as ZIP or TAR"};
}

bool promises_archive(std::string_view path) {
    constexpr std::array endings{".zip"sv,  ".tar"sv, ".tgz"sv, ".tbz"sv, ".tbz2"sv, ".txz"sv,
                                 ".tzst"sv, ".tlz"sv, ".rar"sv, ".7z"sv,  ".cbz"sv,  ".cbt"sv};
    constexpr std::string_view tar = ".tar.";
    const std::string name = lower(path.substr(path.rfind('/') + 1));
    const std::size_t dot = name.rfind('.');
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return name.ends_with(ending); }) ||
           (dot != std::string::npos && dot + 1 >= tar.size() && name.substr(0, dot + 1).ends_with(tar));
}

bool marks_package(std::string_view member) {
    constexpr std::array names{"mimetype"sv, "[Content_Types].xml"sv, "META-INF/MANIFEST.MF"sv,
                               "META-INF/container.xml"sv, "AndroidManifest.xml"sv};
    return std::find(names.begin(), names.end(), member) != names.end();
}

bool promises_package(std::string_view path) {
    constexpr std::array endings{".docx"sv, ".docm"sv, ".dotx"sv, ".xlsx"sv, ".xlsm"sv, ".xltx"sv, ".pptx"sv, ".pptm"sv,
                                 ".ppsx"sv, ".potx"sv, ".odt"sv,  ".ods"sv,  ".odp"sv,  ".odg"sv,  ".epub"sv, ".jar"sv,
                                 ".war"sv,  ".apk"sv,  ".xpi"sv,  ".vsdx"sv, ".whl"sv,  ".ipa"sv};
    const std::string name = lower(path.substr(path.rfind('/') + 1));
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

} // namespace saring::audit
