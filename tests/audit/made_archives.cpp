#include "audit/made_archives.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <clocale>
#include <locale.h>
#include <memory>
#include <stdexcept>

namespace saring::test {

std::string archive_of(const Members& members, const ArchiveForm& form) {
    const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    const locale_t before = ::uselocale(utf8);
    std::string out(4 << 20, '\0');
    std::size_t used = 0;
    const std::unique_ptr<archive, int (*)(archive*)> a(archive_write_new(), archive_write_free);
    form.zip ? archive_write_set_format_zip(a.get()) : archive_write_set_format_pax_restricted(a.get());
    archive_write_add_filter(a.get(), form.filter);
    archive_write_set_bytes_in_last_block(a.get(), 1);
    if (!form.password.empty()) {
        archive_write_set_options(a.get(), "zip:encryption=zipcrypt");
        archive_write_set_passphrase(a.get(), form.password.c_str());
    }
    if (form.stored) {
        archive_write_set_options(a.get(), "zip:compression=store");
    }
    archive_write_open_memory(a.get(), out.data(), out.size(), &used);
    for (const auto& [name, content] : members) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry.get(), name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), made_on, 0);
        if (archive_write_header(a.get(), entry.get()) != ARCHIVE_OK ||
            archive_write_data(a.get(), content.data(), content.size()) < 0) {
            throw std::runtime_error(archive_error_string(a.get()));
        }
    }
    archive_write_close(a.get());
    ::uselocale(before);
    ::freelocale(utf8);
    out.resize(used);
    return out;
}

} // namespace saring::test
