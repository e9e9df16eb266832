// What keeps the texts of a store: compressed, and with a passphrase locked by AES-256 in GCM.
#pragma once

#include "output/secret.hpp"

#include <string>
#include <string_view>

namespace saring::audit {

class TextVault {
public:
    // For a new store; without a passphrase texts are only compressed.
    static TextVault make(std::string_view passphrase);
    // As settings() of the vault told them. Throws Error(wrong_password) for a wrong or missing passphrase,
    // Error(bad_password) for one that the store has no use for, Error(corrupt).
    static TextVault open(const std::string& settings, std::string_view passphrase);

    // How the store must be opened: method, salt and a value that only the right passphrase opens.
    [[nodiscard]] const std::string& settings() const { return settings_; }

    // `name` is what the text belongs to: under another name it does not open, so that rows cannot be exchanged.
    [[nodiscard]] std::string locked(std::string_view text, std::string_view name) const;
    // Throws Error(corrupt) for anything that locked() did not make for this name.
    [[nodiscard]] std::string opened(std::string_view body, std::string_view name) const;

private:
    output::SecretBytes key_; // empty: not encrypted
    std::string settings_;
};

} // namespace saring::audit
