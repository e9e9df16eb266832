// The names of the validators, and the limit of length that all of them share.
#include "match/validators.hpp"

#include "match/validate_kinds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace saring::match {
namespace {

// Refuses long texts before anything looks at them, so that every validator ends soon.
template <Validator check> Proof bounded(std::string_view text) {
    constexpr std::size_t longest_value = 4096; // bytes
    return text.size() > longest_value ? Proof::none : check(text);
}

struct Entry {
    std::string_view name;
    Validator validator = nullptr;
};

constexpr std::array<Entry, 18> validators{{
    {"account", bounded<validate::account>},
    {"api-key", bounded<validate::api_key>},
    {"bpjs", bounded<validate::bpjs>},
    {"card", bounded<validate::card>},
    {"email", bounded<validate::email>},
    {"iban", bounded<validate::iban>},
    {"kk", bounded<validate::kk>},
    {"mrz", bounded<validate::mrz>},
    {"nik", bounded<validate::nik>},
    {"nip", bounded<validate::nip>},
    {"npwp", bounded<validate::npwp>},
    {"passport", bounded<validate::passport>},
    {"phone-id", bounded<validate::phone_id>},
    {"pin", bounded<validate::pin>},
    {"plate-id", bounded<validate::plate_id>},
    {"private-address", bounded<validate::private_address>},
    {"secret-value", bounded<validate::secret_value>},
    {"wifi-qr", bounded<validate::wifi_qr>},
}};

constexpr auto names = [] {
    std::array<std::string_view, validators.size()> out{};
    std::transform(validators.begin(), validators.end(), out.begin(), [](const Entry& entry) { return entry.name; });
    return out;
}();
static_assert(std::is_sorted(names.begin(), names.end()));

} // namespace

Validator validator_named(std::string_view name) {
    const auto* found =
        std::find_if(validators.begin(), validators.end(), [&](const Entry& entry) { return entry.name == name; });
    return found == validators.end() ? nullptr : found->validator;
}

std::span<const std::string_view> validator_names() { return names; }

} // namespace saring::match
