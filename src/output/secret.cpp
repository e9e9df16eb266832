#include "output/secret.hpp"

#include <openssl/crypto.h>

namespace saring::output {

void wipe(void* memory, std::size_t bytes) { OPENSSL_cleanse(memory, bytes); }

} // namespace saring::output
