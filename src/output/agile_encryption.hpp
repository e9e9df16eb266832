// Agile encryption of a package under a password. The idea and its source stand in agile_encryption.cpp.
#pragma once

#include "output/agile_descriptor.hpp"

#include <cstdint>
#include <string_view>

namespace saring::output {

struct AgilePackage {
    AgileDescriptor descriptor;
    FileBytes encrypted; // the stream EncryptedPackage
};

// UTF-16LE as Office hashes it. Throws Error(bad_password) for an empty one, one of more than 255 UTF-16 units, and for
// what is no UTF-8.
SecretBytes office_password(std::string_view utf8);

AgilePackage encrypt_agile(const FileBytes& archive, const SecretBytes& password, std::uint32_t spins);

// Throws Error(wrong_password), and Error(corrupt) where the package was changed after it was locked.
FileBytes decrypt_agile(const AgilePackage& package, const SecretBytes& password);

// The key that opens one of the descriptor's locked values, for tests against published examples.
SecretBytes agile_key(const AgileCipher& cipher, const SecretBytes& spun, ByteSpan purpose);

} // namespace saring::output
