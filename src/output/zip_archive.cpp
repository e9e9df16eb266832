#include "output/zip_archive.hpp"

#include "saring/error.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>

namespace saring::output {
namespace {

// 1980-01-02 00:00. ZIP can tell time from the day before on (APPNOTE 4.4.6), but readers take that for "unknown".
constexpr zip_uint16_t fixed_time = 0;
constexpr zip_uint16_t fixed_date = (1 << 5) | 2;

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorCode::write_failed, "zip", what); }

struct Close {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Close>;
using Source = std::unique_ptr<zip_source_t, Close>;
using File = std::unique_ptr<zip_file_t, Close>;

Source source_over(const FileBytes& bytes) {
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr));
    if (!source) {
        fail("no memory");
    }
    return source;
}

// The archive takes a share of the source, which therefore outlives it.
Archive open(zip_source_t* source, int flags) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_keep(source);
    Archive archive(zip_open_from_source(source, flags, &error));
    const std::string reason = archive ? "" : zip_error_strerror(&error);
    zip_error_fini(&error);
    if (!archive) {
        zip_source_free(source);
        fail(reason);
    }
    return archive;
}

void add(zip_t* archive, const ZipEntry& entry) {
    Source source(zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0));
    const zip_int64_t index = source ? zip_file_add(archive, entry.name.c_str(), source.get(), ZIP_FL_ENC_GUESS) : -1;
    if (index < 0) {
        fail(zip_strerror(archive));
    }
    static_cast<void>(source.release()); // the archive owns it now
    const auto place = static_cast<zip_uint64_t>(index);
    const zip_int32_t method = entry.stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    if (zip_set_file_compression(archive, place, method, 0) != 0 ||
        zip_file_set_dostime(archive, place, fixed_time, fixed_date, 0) != 0) {
        fail(zip_strerror(archive));
    }
}

FileBytes content_of(zip_source_t* source) {
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_source_stat(source, &facts) != 0 || zip_source_open(source) != 0) {
        fail(zip_error_strerror(zip_source_error(source)));
    }
    FileBytes bytes(facts.size);
    const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (got != static_cast<zip_int64_t>(bytes.size())) {
        fail("the archive in memory is shorter than it says");
    }
    return bytes;
}

ZipEntry read(zip_t* archive, zip_uint64_t index, zip_uint64_t& room) {
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat_index(archive, index, 0, &facts) != 0 || facts.size > room) {
        fail("an entry cannot be read or is too large");
    }
    room -= facts.size;
    ZipEntry entry{facts.name, FileBytes(facts.size), facts.comp_method == ZIP_CM_STORE};
    const File file(zip_fopen_index(archive, index, 0));
    if (!file) {
        fail(zip_strerror(archive));
    }
    const zip_int64_t got = zip_fread(file.get(), entry.bytes.data(), facts.size);
    // The checksum is compared when the end is met.
    std::uint8_t beyond = 0;
    if (got != static_cast<zip_int64_t>(facts.size) || zip_fread(file.get(), &beyond, 1) != 0) {
        fail("entry " + entry.name + " is damaged");
    }
    return entry;
}

} // namespace

FileBytes zip(const std::vector<ZipEntry>& entries) {
    const FileBytes nothing;
    const Source target = source_over(nothing);
    Archive archive = open(target.get(), ZIP_CREATE | ZIP_TRUNCATE);
    for (const ZipEntry& entry : entries) {
        add(archive.get(), entry);
    }
    if (zip_close(archive.get()) != 0) {
        fail(zip_strerror(archive.get()));
    }
    static_cast<void>(archive.release()); // closing has freed it
    return content_of(target.get());
}

std::vector<ZipEntry> unzip(const FileBytes& archive_bytes, std::uint64_t most_bytes) {
    if (archive_bytes.empty()) {
        fail("no archive");
    }
    const Source source = source_over(archive_bytes);
    const Archive archive = open(source.get(), ZIP_RDONLY | ZIP_CHECKCONS);
    std::vector<ZipEntry> entries;
    zip_uint64_t room = most_bytes;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        entries.push_back(read(archive.get(), static_cast<zip_uint64_t>(i), room));
    }
    return entries;
}

const ZipEntry* find_entry(const std::vector<ZipEntry>& entries, std::string_view name) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const ZipEntry& e) { return e.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace saring::output
