#include "output/deflate.hpp"

#include "saring/error.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

namespace saring::output {
namespace {

constexpr int raw = -15; // negative: no zlib header; 15: the largest window
constexpr int memory_level = 8;
constexpr std::size_t highest_ratio = 1032; // of deflate: 258 bytes by two bits

using End = int (*)(z_stream*);
using Stream = std::unique_ptr<z_stream, End>; // the end is called only for a stream that began

// zlib counts in unsigned int and takes input that is not const.
void point_to(z_stream& stream, ByteSpan from, FileBytes& to) {
    if (std::max(from.size(), to.size()) > std::numeric_limits<uInt>::max()) {
        throw Error(ErrorCode::file_too_large, "lock");
    }
    stream.next_in = const_cast<Bytef*>(from.data());
    stream.avail_in = static_cast<uInt>(from.size());
    stream.next_out = to.data();
    stream.avail_out = static_cast<uInt>(to.size());
}

} // namespace

FileBytes deflated(ByteSpan plain) {
    z_stream state{};
    if (deflateInit2(&state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw Error(ErrorCode::out_of_memory, "lock");
    }
    const Stream stream(&state, deflateEnd);
    FileBytes out(deflateBound(&state, static_cast<uLong>(plain.size())));
    point_to(state, plain, out);
    if (::deflate(&state, Z_FINISH) != Z_STREAM_END) {
        throw Error(ErrorCode::internal, "lock", "zlib failed");
    }
    out.resize(state.total_out);
    return out;
}

FileBytes inflated(ByteSpan stream_bytes, std::size_t size) {
    const auto fail = [] { throw Error(ErrorCode::corrupt, "unlock", "a compressed entry is damaged"); };
    if (size / highest_ratio > stream_bytes.size()) { // a size that no stream of this length can have
        fail();
    }
    z_stream state{};
    if (inflateInit2(&state, raw) != Z_OK) {
        throw Error(ErrorCode::out_of_memory, "unlock");
    }
    const Stream stream(&state, inflateEnd);
    FileBytes out(size + 1); // room for the byte that must not come
    point_to(state, stream_bytes, out);
    if (::inflate(&state, Z_FINISH) != Z_STREAM_END || state.total_out != size) {
        fail();
    }
    out.pop_back();
    return out;
}

} // namespace saring::output
