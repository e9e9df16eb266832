#include "output/pdf_password.hpp"

#include "saring/error.hpp"

#include <openssl/rand.h>
#include <unicode/unistr.h>
#include <unicode/usprep.h>
#include <unicode/ustring.h>

#include <array>
#include <memory>

namespace saring::output {
namespace {

constexpr std::size_t most_bytes = 127;

Error refused(const char* why) { return {ErrorCode::bad_password, "write", why}; }

icu::UnicodeString utf16_of(std::string_view utf8) {
    const auto size = static_cast<std::int32_t>(utf8.size());
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(out.getBuffer(size + 1), size + 1, &length, utf8.data(), size, &status);
    out.releaseBuffer(U_SUCCESS(status) != 0 ? length : 0);
    if (U_FAILURE(status) != 0) {
        throw refused("the password is not valid UTF-8");
    }
    return out;
}

// RFC 4013. Characters newer than Unicode 3.2 (emoji) are let through, as for queries: readers take them as they are.
std::string saslprep(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UStringPrepProfile, decltype(&usprep_close)> profile(
        usprep_openByType(USPREP_RFC4013_SASLPREP, &status), &usprep_close);
    const icu::UnicodeString given = utf16_of(utf8);
    // Compatibility decomposition makes a character at most 18 long.
    const std::int32_t room = given.length() * 18 + 1;
    icu::UnicodeString prepared;
    const std::int32_t length =
        usprep_prepare(profile.get(), given.getBuffer(), given.length(), prepared.getBuffer(room), room,
                       USPREP_ALLOW_UNASSIGNED, nullptr, &status);
    prepared.releaseBuffer(U_SUCCESS(status) != 0 ? length : 0);
    if (U_FAILURE(status) != 0) {
        throw refused("the password holds control characters, or mixes writing directions in a way that SASLprep "
                      "(RFC 4013) forbids");
    }
    std::string out;
    prepared.toUTF8String(out);
    return out;
}

} // namespace

std::string pdf_password(std::string_view utf8) {
    constexpr std::size_t far_too_long = 64 * most_bytes; // no mapping shrinks so much
    if (utf8.size() > far_too_long) {
        throw refused("a PDF password has at most 127 bytes");
    }
    std::string out = saslprep(utf8);
    if (out.empty()) {
        throw refused("the password is empty");
    }
    if (out.size() > most_bytes) {
        throw refused("a PDF password has at most 127 bytes");
    }
    return out;
}

std::string random_password() {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<unsigned char, 43> bytes{}; // 6 bits of each: 258 bits, as strong as the key
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw Error(ErrorCode::write_failed, "write", "OpenSSL has no random numbers");
    }
    std::string out;
    for (const unsigned char byte : bytes) {
        out += letters[byte % letters.size()];
    }
    return out;
}

} // namespace saring::output
