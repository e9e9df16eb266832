// Tells when a page carried an electronic signature, which lives in the original file alone: neither a photo nor what
// is made of it can be verified.
#pragma once

#include "image/qr.hpp"
#include "saring/language.hpp"
#include "saring/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saring::text {

enum class SignatureSign : std::uint8_t {
    stated,     // the page says that it is signed electronically
    code,       // a QR code leads to a service that verifies signatures
    stamp_duty, // an electronic duty stamp (e-meterai), which is sealed into its file like a signature
};

struct SignatureNote {
    SignatureSign sign = SignatureSign::stated;
    Bilingual text;       // for a person, with what to do
    std::string evidence; // the words as read, or the host of the code's address; never the whole address
};

// At most one note a sign. `lines` in reading order.
std::vector<SignatureNote> signature_notes(const std::vector<Line>& lines, const std::vector<image::QrCode>& codes);

} // namespace saring::text
