// Files and bytes to documents: reading, sniffing, and the table of formats.
#include "image/film.hpp"
#include "image/load_common.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace saring::image {
namespace {

struct Descriptor {
    int fd = -1;
    ~Descriptor() {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

ErrorCode code_of_errno(int number) {
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG: return ErrorCode::not_found;
    case EACCES:
    case EPERM: return ErrorCode::no_permission;
    case EISDIR: return ErrorCode::is_folder;
    case ENOMEM: return ErrorCode::out_of_memory;
    default: return ErrorCode::read_failed;
    }
}

[[noreturn]] void fail(ErrorCode code, std::string detail = {}) { throw Error(code, "load", std::move(detail)); }

[[noreturn]] void fail_by_errno() {
    const int number = errno;
    const ErrorCode code = code_of_errno(number);
    fail(code, code == ErrorCode::read_failed ? std::strerror(number) : std::string());
}

bool has(Bytes bytes, std::size_t at, std::string_view magic) {
    return bytes.size() >= at + magic.size() && std::memcmp(bytes.data() + at, magic.data(), magic.size()) == 0;
}

// ISO base media files name their brands in the first box.
std::string_view sniff_heif(Bytes bytes) {
    if (!has(bytes, 4, "ftyp")) {
        return {};
    }
    const std::size_t box = std::min<std::size_t>(bytes.size(), 64);
    for (std::size_t at = 8; at + 4 <= box; at += 4) {
        for (const std::string_view brand : {"avif", "avis"}) {
            if (has(bytes, at, brand)) {
                return "image/avif";
            }
        }
        for (const std::string_view brand : {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"}) {
            if (has(bytes, at, brand)) {
                return "image/heic";
            }
        }
    }
    return {};
}

// Readers of PDF accept up to a kilobyte of junk before the header.
bool is_pdf(Bytes bytes) {
    constexpr std::size_t junk = 1024;
    const auto head = bytes.first(std::min(bytes.size(), junk + 5));
    constexpr std::string_view magic = "%PDF-";
    const auto* begin = reinterpret_cast<const char*>(head.data());
    return std::string_view(begin, head.size()).find(magic) != std::string_view::npos;
}

using Open = std::unique_ptr<Document> (*)(Bytes, const Limits&);
constexpr std::array<std::pair<std::string_view, Open>, 15> formats{{
    {"image/jpeg", open_jpeg},
    {"image/png", open_png},
    {"image/webp", open_webp},
    {"image/tiff", open_tiff},
    {"image/bmp", open_bmp},
    {"image/gif", open_gif},
    {"image/heic", open_heif},
    {"image/avif", open_heif},
    {"application/pdf", open_pdf},
    {"video/mp4", open_video},
    {"video/quicktime", open_video},
    {"video/3gpp", open_video},
    {"video/webm", open_video},
    {"video/x-matroska", open_video},
    {"video/x-msvideo", open_video},
}};

} // namespace

std::vector<Line> Document::text_layer(int) { return {}; }
std::optional<double> Document::seconds(int) const { return {}; }
std::vector<UnreadRegion> Document::not_rendered(int) { return {}; }

std::string_view sniff(Bytes bytes) {
    using namespace std::string_view_literals;
    if (has(bytes, 0, "\xFF\xD8\xFF")) {
        return "image/jpeg";
    }
    if (has(bytes, 0, "\x89PNG\r\n\x1A\n")) {
        return "image/png";
    }
    if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) {
        return "image/webp";
    }
    if (has(bytes, 0, "II*\0"sv) || has(bytes, 0, "MM\0*"sv) || has(bytes, 0, "II+\0"sv) || has(bytes, 0, "MM\0+"sv)) {
        return "image/tiff";
    }
    if (has(bytes, 0, "BM") && bytes.size() >= 26) {
        return "image/bmp";
    }
    if (has(bytes, 0, "GIF87a") || has(bytes, 0, "GIF89a")) {
        return "image/gif";
    }
    if (const std::string_view heif = sniff_heif(bytes); !heif.empty()) {
        return heif;
    }
    if (const std::string_view film = sniff_film(bytes); !film.empty()) {
        return film;
    }
    return is_pdf(bytes) ? "application/pdf" : std::string_view();
}

std::vector<std::byte> read_file(const std::filesystem::path& path, const Limits& limits) {
    // O_NONBLOCK: opening a pipe without a writer must not hang the run.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.fd < 0) {
        fail_by_errno();
    }
    struct stat facts {};
    if (::fstat(file.fd, &facts) != 0) {
        fail_by_errno();
    }
    if (S_ISDIR(facts.st_mode)) {
        fail(ErrorCode::is_folder);
    }
    if (!S_ISREG(facts.st_mode)) {
        fail(ErrorCode::not_a_file);
    }
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    if (size > limits.file_bytes) {
        fail(ErrorCode::file_too_large, std::to_string(size) + " > " + std::to_string(limits.file_bytes));
    }
    if (size == 0) {
        fail(ErrorCode::empty_file);
    }
    std::vector<std::byte> bytes(size);
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got = ::read(file.fd, bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            fail_by_errno();
        }
        if (got == 0) {
            fail(ErrorCode::read_failed, "the file became shorter while it was read");
        }
        have += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::unique_ptr<Document> open_document(Bytes bytes, const Limits& limits) {
    if (bytes.empty()) {
        fail(ErrorCode::empty_file);
    }
    const std::string_view type = sniff(bytes);
    const auto* format =
        std::find_if(formats.begin(), formats.end(), [&](const auto& row) { return row.first == type; });
    if (format == formats.end()) {
        fail(ErrorCode::unknown_format);
    }
    try {
        return format->second(bytes, limits);
    } catch (const std::bad_alloc&) {
        fail(ErrorCode::out_of_memory);
    } catch (const cv::Exception& e) {
        fail(e.code == cv::Error::StsNoMem ? ErrorCode::out_of_memory : ErrorCode::corrupt, e.err);
    }
}

} // namespace saring::image
