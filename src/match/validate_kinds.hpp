// The single validators, one function per kind of value; validators.cpp gives them their names.
//
// Once the signs are plain (validate_common.hpp), the rules of the issuer apply: regions and dates (NIK, KK, NIP),
// check digits (NPWP, cards, IBAN, passport lines), prefixes (telephones, plates, API keys). Secrets have no check;
// they are told from prose, dates, amounts and placeholders by their signs.
//
// A validator cannot say what a number is for: a parcel number may look like an account. Labels near it do that.
// They set no limit of length: callers take them from validator_named(), which does.
// Sources: domain notes, sections 5 and 6; "unsourced" marks general knowledge. Tests: tests/match/validators_test.cpp
#pragma once

#include "match/validators.hpp"

#include <string_view>

namespace saring::match::validate {

// People: numbers of the state, passports, telephones, plates, e-mail (validate_people.cpp).
Proof bpjs(std::string_view text);
Proof email(std::string_view text);
Proof kk(std::string_view text);
Proof mrz(std::string_view text);
Proof nik(std::string_view text);
Proof nip(std::string_view text);
Proof npwp(std::string_view text);
Proof passport(std::string_view text);
Proof phone_id(std::string_view text);
Proof plate_id(std::string_view text);

// Money: cards and accounts (validate_money.cpp).
Proof account(std::string_view text);
Proof card(std::string_view text);
Proof iban(std::string_view text);

// Secrets: passwords, codes, keys, private networks (validate_secrets.cpp).
Proof api_key(std::string_view text);
Proof pin(std::string_view text);
Proof private_address(std::string_view text);
Proof secret_value(std::string_view text);
Proof wifi_qr(std::string_view text);

} // namespace saring::match::validate
