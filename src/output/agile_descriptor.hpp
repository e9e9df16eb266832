// The stream EncryptionInfo of agile encryption: which ciphers, which salts, and the locked keys.
// [MS-OFFCRYPTO] 2.3.4.10.
#pragma once

#include "output/cipher.hpp"

#include <cstddef>
#include <cstdint>

namespace saring::output {

struct AgileCipher {
    Hash hash = Hash::sha512;
    std::size_t key_bytes = 32;
    FileBytes salt;
};

// All values are encrypted: the last three by keys made of the password, the others by the package's key.
struct AgileDescriptor {
    AgileCipher package;
    FileBytes hmac_key;
    FileBytes hmac_value;
    AgileCipher password;
    std::uint32_t spins = 0;
    FileBytes verifier;
    FileBytes verifier_hash;
    FileBytes package_key;
};

FileBytes write_descriptor(const AgileDescriptor& descriptor);

// Throws Error(corrupt) for what is no agile encryption by AES-CBC and a password, and for more than `most_spins`: a
// descriptor may ask for hours of work.
AgileDescriptor read_descriptor(const FileBytes& stream, std::uint32_t most_spins);

} // namespace saring::output
