// Any bytes as an archive, member by member, and the archives in it. An audit reads archives in its own process, so
// nothing but our own errors may come out of them, in bounded memory.
#include "audit/archive_kind.hpp"
#include "audit/archive_reader.hpp"
#include "audit/glob.hpp"

#include <cstddef>
#include <cstdint>

namespace {

using namespace saring;
using namespace saring::audit;

constexpr ExpansionLimit limit{.bytes = 4 << 20, .times = 10, .members = 200};
constexpr std::uint64_t most = 1 << 20;

void read(ArchiveReader& reader, int depth) {
    try {
        while (const auto member = reader.next()) {
            try {
                (void)marks_package(member->name);
                (void)Glob("**/[a-z]*.jp?g").matches(member->name);
                if (depth == 0 && archive_kind_of(reader.head()) != ArchiveKind::none) {
                    ArchiveReader inner(reader, limit);
                    read(inner, depth + 1);
                } else {
                    (void)reader.content(most);
                }
            } catch (const Error&) { // of this member
            }
        }
    } catch (const Error&) { // the only thing that may be thrown
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const image::Bytes bytes(reinterpret_cast<const std::byte*>(data), size);
    (void)archive_kind_of(bytes);
    ArchiveReader reader(bytes, limit);
    (void)reader.is_archive();
    read(reader, 0);
    return 0;
}
