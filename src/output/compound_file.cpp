#include "output/compound_file.hpp"

#include "saring/error.hpp"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-outfile.h>
#include <gsf/gsf-output-memory.h>
#include <gsf/gsf-utils.h>

#include <memory>
#include <mutex>
#include <utility>

namespace saring::output {
namespace {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T> using Handle = std::unique_ptr<T, Unref>;

// Version 3 files count a stream's bytes in 31 bits, [MS-CFB] 2.6.3.
constexpr std::size_t most_bytes = 0x7fffffff;

void start_gsf() {
    static std::once_flag once;
    std::call_once(once, [] {
        gsf_init();
        const auto keep_quiet = [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {};
        // Else its warnings about broken files go to stderr; some carry no domain.
        for (const char* domain : {static_cast<const char*>(nullptr), "libgsf", "libgsf:msole"}) {
            g_log_set_handler(domain, G_LOG_LEVEL_MASK, keep_quiet, nullptr);
        }
    });
}

void require_written(bool succeeded, const std::string& name) {
    if (!succeeded) {
        throw Error(ErrorCode::write_failed, "lock", "libgsf could not write the stream " + name);
    }
}

// Closes its output even when a child fails; closing twice would make libgsf complain.
class Output {
public:
    explicit Output(GsfOutput* output) : output_(output) {}
    ~Output() {
        if (output_ && gsf_output_is_closed(output_.get()) == FALSE) {
            gsf_output_close(output_.get());
        }
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    [[nodiscard]] GsfOutput* get() const { return output_.get(); }
    bool close() { return gsf_output_close(output_.get()) == TRUE; }

private:
    Handle<GsfOutput> output_;
};

void write_entries(GsfOutput* into, const std::vector<CompoundEntry>& entries) {
    for (const CompoundEntry& entry : entries) {
        require_written(entry.bytes.size() <= most_bytes, entry.name);
        Output child(gsf_outfile_new_child(GSF_OUTFILE(into), entry.name.c_str(), entry.storage ? TRUE : FALSE));
        require_written(child.get() != nullptr, entry.name);
        write_entries(child.get(), entry.children);
        if (!entry.bytes.empty()) {
            require_written(gsf_output_write(child.get(), entry.bytes.size(), entry.bytes.data()) == TRUE, entry.name);
        }
        require_written(child.close(), entry.name);
    }
}

[[noreturn]] void fail_reading(const std::string& why) { throw Error(ErrorCode::corrupt, "unlock", why); }

} // namespace

CompoundEntry stream(std::string name, FileBytes bytes) { return {std::move(name), std::move(bytes), {}, false}; }

CompoundEntry storage(std::string name, std::vector<CompoundEntry> children) {
    return {std::move(name), {}, std::move(children), true};
}

FileBytes write_compound(const std::vector<CompoundEntry>& entries) {
    start_gsf();
    Output memory(gsf_output_memory_new());
    {
        Output root(GSF_OUTPUT(gsf_outfile_msole_new(memory.get())));
        write_entries(root.get(), entries);
        require_written(root.close(), "root"); // the directory is written only now
    }
    const guint8* bytes = gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory.get()));
    return {bytes, bytes + gsf_output_size(memory.get())};
}

FileBytes read_compound(const FileBytes& file, std::string_view name) {
    start_gsf();
    const Handle<GsfInput> memory(gsf_input_memory_new(file.data(), static_cast<gsf_off_t>(file.size()), FALSE));
    const Handle<GsfInfile> root(gsf_infile_msole_new(memory.get(), nullptr));
    if (!root) {
        fail_reading("no OLE compound file");
    }
    const Handle<GsfInput> child(gsf_infile_child_by_name(root.get(), std::string(name).c_str()));
    const gsf_off_t size = child ? gsf_input_size(child.get()) : -1;
    if (size < 0 || static_cast<std::size_t>(size) > file.size()) { // a stream may claim any size
        fail_reading("the stream " + std::string(name) + " is missing or damaged");
    }
    FileBytes bytes(static_cast<std::size_t>(size));
    if (size > 0 && gsf_input_read(child.get(), bytes.size(), bytes.data()) == nullptr) {
        fail_reading("the stream " + std::string(name) + " is cut off");
    }
    return bytes;
}

} // namespace saring::output
