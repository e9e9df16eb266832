// Raw deflate streams (RFC 1951, without a header) by zlib, for entries that are encrypted after they were deflated.
#pragma once

#include "output/cipher.hpp"

#include <cstddef>

namespace saring::output {

FileBytes deflated(ByteSpan plain);

// `size` is what the stream must unpack to, to the byte; else Error(corrupt). Takes no more memory than that.
FileBytes inflated(ByteSpan stream, std::size_t size);

} // namespace saring::output
