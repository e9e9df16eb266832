// Sources: tte.kominfo.go.id verifies signed PDF files, verification.peruri.co.id the electronic duty stamp. The
// private services are from common knowledge. A new one is a row in a table.
#include "text/verification_address.hpp"

#include <algorithm>
#include <array>

namespace saring::text {
namespace {

// Parts of a host between its dots, and whole domains of signature services.
constexpr std::array service_labels{std::string_view("tte"), std::string_view("bsre"), std::string_view("esign"),
                                    std::string_view("e-sign")};
constexpr std::array service_domains{std::string_view("verification.peruri.co.id"), std::string_view("privy.id"),
                                     std::string_view("digisign.id"), std::string_view("tekenaja.com"),
                                     std::string_view("docusign.net")};
// Public bodies, universities, villages and schools verify their letters on their own pages.
constexpr std::array public_domains{std::string_view(".go.id"), std::string_view(".mil.id"), std::string_view(".ac.id"),
                                    std::string_view(".desa.id"), std::string_view(".sch.id")};
// Beginnings of words within such an address, and a whole word.
constexpr std::array verifying{std::string_view("verif"), std::string_view("validasi"), std::string_view("keaslian")};
constexpr std::string_view signature_word = "tte";

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool is_word_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Where a word of the text begins with this; `whole` when it must end there, too.
bool has_word(std::string_view text, std::string_view word, bool whole) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word_letter(text[at - 1])) &&
            (!whole || end == text.size() || !is_word_letter(text[end]))) {
            return true;
        }
    }
    return false;
}

bool is_within(std::string_view host, std::string_view domain) {
    return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

bool has_label(std::string_view host, std::string_view label) {
    const std::string dotted = "." + std::string(host) + ".";
    return dotted.find("." + std::string(label) + ".") != std::string::npos;
}

// Host, path and query in small letters.
std::string without_scheme(std::string_view address) {
    const std::string whole = lowered(address);
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (whole.starts_with(scheme)) {
            return whole.substr(scheme.size());
        }
    }
    return {};
}

} // namespace

std::string host_of(std::string_view address) {
    const std::string rest = without_scheme(address);
    return rest.substr(0, std::min(rest.find_first_of("/?#:"), rest.size()));
}

bool verifies_signatures(std::string_view address) {
    const std::string host = host_of(address);
    if (std::ranges::any_of(service_labels, [&](auto label) { return has_label(host, label); }) ||
        std::ranges::any_of(service_domains, [&](auto domain) { return is_within(host, domain); })) {
        return true;
    }
    const std::string whole = without_scheme(address);
    return std::ranges::any_of(public_domains, [&](auto ending) { return host.ends_with(ending); }) &&
           (has_word(whole, signature_word, true) ||
            std::ranges::any_of(verifying, [&](auto word) { return has_word(whole, word, false); }));
}

} // namespace saring::text
