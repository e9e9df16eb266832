// libarchive, with only the formats and filters that it reads by itself: "all" of them would include some that start
// other programs. ZIP files are read by their table of contents where there is one; without it (cut off, or a stream)
// by what stands before each member, so that all members before the damage come out.
#include "audit/archive_reader.hpp"

#include "audit/open_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <limits>
#include <locale.h>
#include <string_view>
#include <sys/stat.h>

namespace saring::audit {
namespace {

constexpr std::size_t head_bytes = 2048; // image::sniff() looks for a PDF's begin within the first kilobyte
constexpr std::size_t chunk_bytes = 128 << 10;

struct Free {
    void operator()(archive* handle) const { archive_read_free(handle); }
};
using Handle = std::unique_ptr<archive, Free>;

// libarchive turns names into the charset of the locale, which drops what ASCII lacks in the "C" locale that a library
// finds itself in. This thread speaks UTF-8 while it lasts.
class Utf8Names {
public:
    Utf8Names() : before_(::uselocale(utf8())) {}
    ~Utf8Names() { ::uselocale(before_); }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;

private:
    static locale_t utf8() {
        static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr); // for good
        return locale;
    }
    locale_t before_;
};

bool says(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// libarchive tells causes by texts only.
ErrorCode code_of(int number, std::string_view text) {
    if (says(text, {"assphrase", "ncrypted", "ncryption"})) {
        return ErrorCode::password_needed;
    }
    if (says(text, {"runcated", "premature", "nexpected end", "end of file", "end-of-file"})) {
        return ErrorCode::truncated;
    }
    if (says(text, {"nsupported"})) {
        return ErrorCode::unknown_format;
    }
    if (number == ENOMEM) {
        return ErrorCode::out_of_memory;
    }
    return number == EIO || number == ESTALE || number == EACCES ? ErrorCode::read_failed : ErrorCode::corrupt;
}

Handle prepared() {
    Handle handle(archive_read_new());
    if (!handle) {
        throw Error(ErrorCode::out_of_memory, "walk");
    }
    archive* a = handle.get();
    for (const auto support :
         {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
          archive_read_support_filter_lzma, archive_read_support_filter_zstd, archive_read_support_filter_lz4,
          archive_read_support_filter_lzip, archive_read_support_filter_compress, archive_read_support_format_tar,
          archive_read_support_format_zip}) {
        support(a); // ARCHIVE_WARN: by an external program, which does not exist for any of these
    }
    return handle;
}

ArchiveMember member_of(archive_entry* entry) {
    const Utf8Names names;
    ArchiveMember member;
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) {
        name = archive_entry_pathname(entry); // not UTF-8
    }
    member.name = name != nullptr ? name : "";
    if (archive_entry_size_is_set(entry) != 0) {
        member.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, archive_entry_size(entry)));
    }
    constexpr std::int64_t ns = 1'000'000'000;
    const std::int64_t seconds = archive_entry_mtime_is_set(entry) != 0 ? archive_entry_mtime(entry) : 0;
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / ns - 1;
    if (archive_entry_mtime_is_set(entry) != 0 && seconds > -most && seconds < most) {
        member.modified_ns = seconds * ns + archive_entry_mtime_nsec(entry);
    }
    member.locked = archive_entry_is_encrypted(entry) != 0;
    return member;
}

} // namespace

class ArchiveReader::Impl {
public:
    Impl(Descriptor file, std::uint64_t size, const ExpansionLimit& limit)
        : file_(std::move(file)), size_(size), budget_(budget(size, limit)), members_left_(limit.members),
          handle_(prepared()) {
        opened(archive_read_open_fd(handle_.get(), file_.get(), chunk_bytes));
    }

    Impl(image::Bytes bytes, const ExpansionLimit& limit)
        : size_(bytes.size()), budget_(budget(bytes.size(), limit)), members_left_(limit.members), handle_(prepared()) {
        opened(archive_read_open_memory(handle_.get(), bytes.data(), bytes.size()));
    }

    Impl(Impl& outer, const ExpansionLimit& limit)
        : budget_(outer.budget_), members_left_(limit.members), outer_(&outer), chunk_(chunk_bytes),
          handle_(prepared()) {
        opened(archive_read_open(handle_.get(), this, nullptr, read_outer, nullptr));
    }

    bool is_archive() {
        if (!first_) {
            first_ = advance();
        }
        return *first_ == ARCHIVE_OK || *first_ == ARCHIVE_WARN || *first_ == ARCHIVE_EOF ||
               !says(error_text(), {"nrecognized archive format"});
    }

    std::optional<ArchiveMember> next() {
        if (over_) {
            return {};
        }
        over_ = true; // unless all goes well
        for (int attempts = 0;;) {
            const int status = first_ ? *std::exchange(first_, std::nullopt) : advance();
            if (status == ARCHIVE_EOF) {
                check_end();
                return {};
            }
            constexpr int most_attempts = 1000; // damaged places that libarchive steps over by itself
            if (status == ARCHIVE_RETRY && ++attempts < most_attempts) {
                continue;
            }
            if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
                fail();
            }
            if (members_left_-- == 0) {
                throw Error(ErrorCode::file_too_large, "walk", "the archive has too many members");
            }
            if (archive_entry_filetype(entry_) == AE_IFREG && archive_entry_hardlink(entry_) == nullptr) {
                over_ = false;
                return member_of(entry_);
            }
        }
    }

    image::Bytes head() {
        if (!has_head_) {
            has_head_ = true;
            head_.resize(head_bytes);
            std::size_t have = 0;
            while (have < head_.size()) {
                const std::size_t got = read(head_.data() + have, head_.size() - have);
                if (got == 0) {
                    break;
                }
                have += got;
            }
            head_.resize(have);
        }
        return head_;
    }

    std::vector<std::byte> content(std::uint64_t most) {
        if (entry_ != nullptr && archive_entry_size_is_set(entry_) != 0 &&
            archive_entry_size(entry_) > static_cast<la_int64_t>(std::min<std::uint64_t>(most, INT64_MAX))) {
            fail_by_size(most);
        }
        (void)head();
        std::vector<std::byte> bytes = std::move(head_);
        head_.clear();
        for (;;) {
            if (bytes.size() > most) {
                fail_by_size(most);
            }
            const std::size_t have = bytes.size();
            // Grown by what is there, not by what the archive claims.
            bytes.resize(have + std::clamp(have / 2, head_bytes, std::size_t{8} << 20));
            const std::size_t got = read(bytes.data() + have, bytes.size() - have);
            bytes.resize(have + got);
            if (got == 0) {
                return bytes;
            }
        }
    }

private:
    static std::uint64_t budget(std::uint64_t size, const ExpansionLimit& limit) {
        constexpr std::uint64_t most = std::uint64_t{1} << 50; // no archive of a gallery; keeps sums in range
        return limit.bytes + std::min(size, most / std::max<std::uint64_t>(limit.times, 1)) * limit.times;
    }

    static la_ssize_t read_outer(archive* handle, void* self, const void** bytes) {
        auto& reader = *static_cast<Impl*>(self);
        try {
            *bytes = reader.chunk_.data();
            if (!reader.took_head_) {
                reader.took_head_ = true;
                const image::Bytes head = reader.outer_->head();
                std::copy(head.begin(), head.end(), reader.chunk_.begin());
                if (!head.empty()) {
                    return static_cast<la_ssize_t>(head.size());
                }
            }
            return static_cast<la_ssize_t>(reader.outer_->read(reader.chunk_.data(), reader.chunk_.size()));
        } catch (const Error& error) { // C between here and whoever catches
            archive_set_error(handle, EIO, "%s", error.detail().c_str());
            reader.outer_error_ = error;
            return -1;
        }
    }

    // What is no archive, or cut off before its first member, is told by is_archive() and next().
    void opened(int status) {
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
            first_ = status;
        }
    }

    [[nodiscard]] std::string error_text() const {
        const char* text = archive_error_string(handle_.get());
        return text != nullptr ? text : "";
    }

    [[noreturn]] void fail() const {
        if (outer_error_) {
            throw Error(outer_error_->code(), "walk", outer_error_->detail());
        }
        const std::string text = error_text();
        throw Error(code_of(archive_errno(handle_.get()), text), "walk", text);
    }

    [[noreturn]] static void fail_by_size(std::uint64_t most) {
        throw Error(ErrorCode::file_too_large, "walk", "> " + std::to_string(most));
    }

    int header() {
        const Utf8Names names;
        return archive_read_next_header(handle_.get(), &entry_);
    }

    // To the next member. In compressed archives passing over a member means unpacking it, which a bomb would use.
    int advance() {
        const bool compressed = archive_filter_count(handle_.get()) > 1;
        while (compressed && at_member_ && !fatal_) {
            const void* block = nullptr;
            std::size_t bytes = 0;
            la_int64_t offset = 0;
            if (archive_read_data_block(handle_.get(), &block, &bytes, &offset) != ARCHIVE_OK) {
                break;
            }
            check_budget();
        }
        has_head_ = false;
        head_.clear();
        const int status = header();
        check_budget();
        at_member_ = status == ARCHIVE_OK || status == ARCHIVE_WARN;
        return status;
    }

    // What libarchive does not mind: a TAR whose last member was passed over although the file ends within it.
    void check_end() const {
        if (outer_ == nullptr && archive_filter_bytes(handle_.get(), -1) > static_cast<la_int64_t>(size_)) {
            throw Error(ErrorCode::truncated, "walk");
        }
    }

    void check_budget() const {
        const auto unpacked =
            static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(handle_.get(), 0)));
        if (std::max(unpacked, delivered_) > budget_) {
            throw Error(ErrorCode::file_too_large, "walk",
                        "the archive unpacks to more than " + std::to_string(budget_) + " bytes");
        }
    }

    std::size_t read(std::byte* to, std::size_t most) {
        const la_ssize_t got = archive_read_data(handle_.get(), to, most);
        if (got < 0) {
            fatal_ = got == ARCHIVE_FATAL;
            fail();
        }
        delivered_ += static_cast<std::uint64_t>(got);
        check_budget();
        return static_cast<std::size_t>(got);
    }

    Descriptor file_;
    std::uint64_t size_ = 0;
    std::uint64_t budget_;
    std::uint64_t members_left_;
    std::uint64_t delivered_ = 0;
    Impl* outer_ = nullptr;
    bool took_head_ = false;
    std::vector<std::byte> chunk_;
    std::optional<Error> outer_error_;
    Handle handle_; // goes before what it reads from
    archive_entry* entry_ = nullptr;
    std::optional<int> first_; // status of a header that was read ahead
    std::vector<std::byte> head_;
    bool has_head_ = false;
    bool at_member_ = false;
    bool fatal_ = false;
    bool over_ = false;
};

namespace {

std::uint64_t size_of(const Descriptor& file, const std::filesystem::path& path) {
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) {
        throw error_of_system(errno, path);
    }
    return static_cast<std::uint64_t>(facts.st_size);
}

} // namespace

ArchiveReader::ArchiveReader(const std::filesystem::path& path, const ExpansionLimit& limit) {
    Descriptor file = open_for_reading(path);
    const std::uint64_t size = size_of(file, path);
    impl_ = std::make_unique<Impl>(std::move(file), size, limit);
}
ArchiveReader::ArchiveReader(image::Bytes archive, const ExpansionLimit& limit)
    : impl_(std::make_unique<Impl>(archive, limit)) {}
ArchiveReader::ArchiveReader(ArchiveReader& outer, const ExpansionLimit& limit)
    : impl_(std::make_unique<Impl>(*outer.impl_, limit)) {}
ArchiveReader::~ArchiveReader() = default;

bool ArchiveReader::is_archive() { return impl_->is_archive(); }
std::optional<ArchiveMember> ArchiveReader::next() { return impl_->next(); }
image::Bytes ArchiveReader::head() { return impl_->head(); }
std::vector<std::byte> ArchiveReader::content(std::uint64_t most) { return impl_->content(most); }

} // namespace saring::audit
