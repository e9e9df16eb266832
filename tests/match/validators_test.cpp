// Numbers here are the published vectors of the domain notes, test values that card schemes and standards publish, or
// made up. Keys are put together from parts, so that no scanner takes this file for a leak.
#include "match/validators.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <string>

using namespace saring::match;

namespace {

Proof proof(std::string_view name, std::string_view text) {
    INFO("validator " << name << ", text " << text.substr(0, 80));
    const Validator validator = validator_named(name);
    REQUIRE(validator != nullptr);
    return validator(text);
}

void check_all(std::string_view name, Proof expected, std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        INFO(name << ": " << text);
        CHECK(static_cast<int>(proof(name, text)) == static_cast<int>(expected));
    }
}

} // namespace

TEST_CASE("validators are found by name, and names are listed in alphabetical order") {
    const auto names = validator_names();
    CHECK(names.size() == 18);
    CHECK(std::is_sorted(names.begin(), names.end()));
    for (const std::string_view name : names) {
        CHECK(validator_named(name) != nullptr);
    }
    CHECK(validator_named("") == nullptr);
    CHECK(validator_named("NIK") == nullptr);
    CHECK(validator_named("none") == nullptr);
}

TEST_CASE("a NIK needs a known province and a date that exists, with 40 added for women") {
    check_all("nik", Proof::valid,
              {"3171011708450001", "3171015708450001", "3171012902000001", "3171015708459998", "317101 570845 9998",
               "3171.0157.0845-9998"});
    check_all("nik", Proof::none,
              {"3171012902010001", "3171013002001234", "9971011708450001", "3273010119800002", "3171018108450001",
               "3171017208450001"});
}

TEST_CASE("a NIK needs a regency, a district and a serial") {
    check_all("nik", Proof::none,
              {"3100011708450001", "3170011708450001", "3171001708450001", "3171011708450000", "317101170845000",
               "31710117084500011", "3171010008450001", "3171014008450001", "3171011700450001"});
}

TEST_CASE("a number read with O for 0 and l for 1 is still read where four of five signs are digits") {
    check_all("nik", Proof::valid, {"31710l57O8459998", "3I7101 57O845 9998", " 3171\u00A00157\u20130845\u20119998 "});
    check_all("nik", Proof::none, {"3l7lOl57O84S9998", "3171015708459998x"});
    CHECK(proof("phone-id", "O812-3456-789O") == Proof::valid);
    CHECK(proof("card", "4lll 1111 1111 1111") == Proof::valid);
    CHECK(proof("npwp", "90.000.00l.9-4O7.000") == Proof::valid);
}

TEST_CASE("a family card has the date of recording without 40") {
    check_all("kk", Proof::valid, {"3374011203129997", "3374-0112-0312-9997"});
    check_all("kk", Proof::none, {"3374015203129997", "3374013102129997", "9974011203129997", "3374011203120000"});
}

TEST_CASE("an NPWP is valid with 15 digits, with a 0 before them, or as a NIK") {
    check_all("npwp", Proof::valid,
              {"01.312.166.0-091.000", "016090524017000", "02.183.241.5-000.000", "90.000.001.9-407.000",
               "0123456782123000", "3171011708450001"});
}

TEST_CASE("an NPWP with a wrong check digit keeps its shape") {
    check_all("npwp", Proof::shape, {"01.234.567.8-901.000", "0012345678901000"});
    check_all("npwp", Proof::none,
              {"000000000000000", "01.312.166.0-091.00", "8823019977450013", "01.312.166.0-091.0000x", "NPWP"});
}

TEST_CASE("a NIP needs two dates, a plausible age, a sex and a serial") {
    check_all("nip", Proof::valid, {"199008172015021999", "19900817 201502 1 999", "19900817 201502 1 001"});
    check_all("nip", Proof::none,
              {"199013172015021999", "199008172015131999", "199008172015023999", "201008172015021999",
               "199008172015021000", "190008172015021999", "199008172015001999", "19900817201502199",
               "195008175902011001", "199008172099021999"});
}

TEST_CASE("a PPPK number has a code from 21 up in place of the month") {
    CHECK(proof("nip", "198804252022211998") == Proof::valid);
    CHECK(proof("nip", "198804252022201998") == Proof::none);
}

TEST_CASE("dates are compared with today") {
    using namespace std::chrono;
    const year_month_day now = floor<days>(system_clock::now() - hours(24));
    const int next_year = static_cast<int>(now.year()) + 1;
    CHECK(proof("nip", "19900817" + std::to_string(next_year) + "211998") == Proof::none);
    CHECK(proof("nip", "19900817" + std::to_string(next_year - 2) + "211998") == Proof::valid);
}

TEST_CASE("published test cards of known schemes are valid") {
    check_all("card", Proof::valid,
              {"4111 1111 1111 1111", "4012888888881881", "4222222222222", "5555-5555-5555-4444", "2223003122003222",
               "378282246310005", "3714 496353 98431", "3530111333300000", "3566002020360505", "6011111111111117",
               "6011000990139424", "6221260000000000"});
}

TEST_CASE("a card needs Luhn, a known prefix and the length of its scheme") {
    check_all("card", Proof::none,
              {"4111 1111 1111 1112", "1234567812345670", "79927398713", "411111111111116", "8823019977450013",
               "0000000000000000", "9780602176752"});
}

TEST_CASE("a number that is a NIK is no card, even where Luhn holds") {
    // East Java, 3528: the range of JCB. One of ten serials passes Luhn.
    // A published test card happens to be the NIK of a woman of Bali.
    CHECK(proof("nik", "5105105105105100") == Proof::valid);
    CHECK(proof("card", "5105105105105100") == Proof::none);
    int cards = 0;
    for (int serial = 1; serial <= 100; ++serial) {
        const std::string tail = std::to_string(10000 + serial).substr(1);
        CHECK(proof("nik", "352801170845" + tail) == Proof::valid);
        cards += proof("card", "352801170845" + tail) == Proof::none ? 0 : 1;
    }
    CHECK(cards == 0);
}

TEST_CASE("IBAN examples of several countries hold, and a changed digit leaves the shape") {
    check_all("iban", Proof::valid,
              {"GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "NL91 ABNA 0417 1643 00",
               "FR14 2004 1010 0505 0001 3M02 606", "SA0380000000608010167519", "NO9386011117947",
               "CH9300762011623852957", "MT84MALT011000012345MTLCAST001S", "GB82-WEST-1234-5698-7654-32"});
    check_all("iban", Proof::shape, {"GB82 WEST 1234 5698 7654 33", "DE88370400440532013000"});
}

TEST_CASE("an IBAN needs a country that has them and the length of that country") {
    check_all("iban", Proof::none,
              {"ID82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 3", "GB", "", "gb82 west 1234 5698 7654 32",
               "GBXX WEST 1234 5698 7654 32", "SEKRETARIAT JENDERAL DJPB"});
}

TEST_CASE("Indonesian mobile numbers are told from offices and short numbers") {
    check_all("phone-id", Proof::valid,
              {"0812-3456-7890", "081234567890", "+62 812-3456-7890", "62 812 3456 7890", "+62 (0)812 3456 7890",
               "0812345678", "0895.3456.78901"});
    check_all("phone-id", Proof::none,
              {"(021) 3449230", "134", "14090", "0800 123 4567", "0842 3456 7890", "812 3456 7890", "081234567",
               "08123456789012", "+65 8123 4567", "Tlp"});
}

TEST_CASE("a passport number has a shape and nothing to check") {
    check_all("passport", Proof::shape, {"X0000001", "X 0000001", "AB123456", "AB1234567", "XO000001"});
    check_all("passport", Proof::none, {"x0000001", "X00001", "ABC123456", "00000001", "X00000012345", ""});
}

TEST_CASE("the second machine-readable line of a passport is proved by its check digits") {
    check_all("mrz", Proof::valid,
              {"X0000001<4IDN4508179M3001019<<<<<<<<<<<<<<00", "X0000001<4IDN4508179M3001019",
               "L898902C36UTO7408122F1204159ZE184226B<<<<<10", "X0000001<4 IDN 45O8179 M 3001019 <<<<",
               "P<IDNCONTOH<<SITI<<<<<<<<<<<<<<<<<<<<<<<<<<<\nX0000001<4IDN4508179M3001019<<<<<<<<<<<<<<00"});
    check_all("mrz", Proof::shape,
              {"X0000001<5IDN4508179M3001019", "X0000001<4IDN4508178M3001019", "L898902C36UTO7408122F1204158"});
}

TEST_CASE("the first machine-readable line of a passport has a shape only") {
    check_all("mrz", Proof::shape,
              {"P<IDNCONTOH<<SITI<<<<<<<<<<<<<<<<<<<<<<<<<<<", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
               "P<1DNC0NTOH<<SITI<<<<<<<<<<"});
    check_all("mrz", Proof::none,
              {"P<IDN", "P<IDNCONTOH", "PERATURAN MENTERI KEUANGAN REPUBLIK INDONESIA", "X0000001<4IDN4508179Q3001019",
               "", "P", "P<<<<<<<<<<<<<<<<<<<<<<<<<<<"});
}

TEST_CASE("an e-mail address of a person is valid, a public office box is a shape") {
    check_all("email", Proof::valid, {"siti.contoh@example.go.id", "s_contoh+kerja@example.org", " a@b.co "});
    check_all("email", Proof::shape,
              {"info@example.go.id", "humas@example.go.id", "layanan.kppn@example.go.id", "halo@example.org",
               "Contact@example.org", "admin@example.org", "no-reply@example.org", "noreply@example.org"});
    check_all("email", Proof::none,
              {"siti", "@example.org", "siti@", "siti@example", "siti@@example.org", ".siti@example.org",
               "siti..c@example.org", "siti@exa mple.org", "siti@-example.org", "siti@example.org.",
               "siti@example.123"});
}

TEST_CASE("BPJS and account numbers have shapes only") {
    check_all("bpjs", Proof::shape, {"0001234567890", "000 1234 567 890", "12345678901"});
    check_all("bpjs", Proof::none, {"1001234567890", "000123456789", "1234567890", "BPJS"});
    check_all("account", Proof::shape, {"012301009999531", "0123-01-009999-53-1", "1234567890", "1234567890123456"});
    check_all("account", Proof::none, {"123456789", "12345678901234567", "rekening", "Rp1.250.000.000,00"});
}

TEST_CASE("a plate has the letters of a region") {
    check_all("plate-id", Proof::valid,
              {"B 1945 RFS", "B1945RFS", "AB 1234 CD", "R 1 A", "D-1234-XY", "L 5678", "DK 12 B", "Z 1234 AB"});
    check_all("plate-id", Proof::none,
              {"X 1234 AB", "C 1 A", "SR-71", "R-134a", "A4", "A 4", "L 300", "B2B", "P3K", "B 2026", "B 0123 AB",
               "B 12345 AB", "B 1234 ABCD", "1234 AB", "B ABC", "b 1945 rfs", "B", ""});
}

TEST_CASE("values that people write behind a password label are secrets") {
    check_all("secret-value", Proof::valid,
              {"Kppn#2026!", "Bendahara123", "481516", "9f8e7d6c5b4a39281706f5e4d3c2b1a0", "Summer2026!",
               "perbendaharaan-01", "blue-kettle-77", "482913", "482 913", "1234-5678", "P@ssw0rd", "kppnJaya",
               "\"Kppn#2026\"", "(Kppn#2026)", "r@hasia", "Agustus2026!"});
}

TEST_CASE("ordinary words behind a password label are no secrets") {
    check_all("secret-value", Proof::none,
              {"yang",      "yang kuat",     "kuat:",         "minimal",  "Minimal",  "12 karakter", "12-karakter",
               "8karakter", "emas",          "EMAS",          "morse",    "listrik",  "PIN/OTP",     "PIN,",
               "Rahasia!",  "anak-anak",     "Wi-Fi",         "WiFi",     "WhatsApp", "e-mail",      "DJPb",
               "Jum'at",    "#CintaDigital", "@kppn_jakarta", "1.Jangan", "abc",      "a1",          ""});
}

TEST_CASE("placeholders are no secrets") {
    check_all("secret-value", Proof::none,
              {"****", "********", "xxxx", "XXXXXX", "____", "....", "...", "\u2026\u2026", "----", "####",
               "\u2022\u2022\u2022\u2022\u2022", "<password>", "<p4ssword>", "[isi1sendiri]", "{PASSWORD1}",
               "08xxxx1234", "K***6"});
}

TEST_CASE("dates, times, amounts, years and public addresses are no secrets") {
    check_all("secret-value", Proof::none,
              {"17-08-1945",
               "17/08/2026",
               "17.08.26",
               "2026-08-17",
               "17Agustus2026",
               "01-JAN-2030",
               "16.00",
               "07:30",
               "Rp1.000",
               "Rp1.250.000.000,00",
               "Rp.1.000,-",
               "IDR5000",
               "1.000",
               "100%",
               "20GB",
               "2026",
               "2025/2026",
               "2025-2026",
               "8.8.8.8",
               "62/PMK.05/2023",
               "example.go.id/2026",
               "siti1@example.org",
               "https://example.org/a1"});
}

TEST_CASE("invoice, ISBN and parcel numbers are no secrets and no cards") {
    for (const char* name : {"secret-value", "pin", "card", "nik", "phone-id", "api-key"}) {
        check_all(name, Proof::none, {"8823019977450013", "978-602-17675-2-8", "INV/2026", "12345678901234567890"});
    }
}

TEST_CASE("a PIN has four to eight digits and is no year, time or date") {
    check_all("pin", Proof::valid, {"481516", "1234", "0000", "482 913", "4815-1623", "48l516", "482913.", "12345678"});
    check_all("pin", Proof::none,
              {"2026", "1998", "16.00", "07:30", "17-08-45", "17/08/45", "2025-2026", "123", "123456789", "emas",
               "1.000", "PIN", "", "4a15"});
}

TEST_CASE("keys with published prefixes are valid") {
    const std::string body = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"; // 36 signs
    const std::string dashes = "-----";
    CHECK(proof("api-key", std::string("AK") + "IAIOSFODNN7EXAMPLE") == Proof::valid);
    CHECK(proof("api-key", "gh" + ("p_" + body)) == Proof::valid);
    CHECK(proof("api-key", "github" + ("_pat_" + body + "_" + body)) == Proof::valid);
    CHECK(proof("api-key", "gl" + ("pat-" + body.substr(0, 20))) == Proof::valid);
    CHECK(proof("api-key", "xo" + ("xb-" + body.substr(0, 24))) == Proof::valid);
    CHECK(proof("api-key", "s" + ("k-" + body)) == Proof::valid);
    CHECK(proof("api-key", "sk" + ("_live_" + body.substr(0, 24))) == Proof::valid);
    CHECK(proof("api-key", "AI" + ("za" + body.substr(0, 35))) == Proof::valid);
    CHECK(proof("api-key", "ya" + ("29." + body)) == Proof::valid);
    CHECK(proof("api-key", "\"gh" + ("p_" + body) + "\",") == Proof::valid);
    CHECK(proof("api-key", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0." + body) == Proof::valid);
    CHECK(proof("api-key", dashes + "BEGIN RSA PRIVATE KEY" + dashes) == Proof::valid);
    CHECK(proof("api-key", dashes + "BEGIN PRIVATE KEY" + dashes) == Proof::valid);
    CHECK(proof("api-key", "---BEGIN OPENSSH PRIVATE KEY\u2014") == Proof::valid);
}

TEST_CASE("prefixes of keys count only in their case and length, without blanks") {
    const std::string body = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5";
    check_all("api-key", Proof::none,
              {"akiaiosfodnn7example", "AKIAIOSFODNN7", "ghp_kurang", "sk-dirjen-perbendaharaan-2026-tentang-kas",
               "sk-", "eyJhbGciOi", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", "-----BEGIN CERTIFICATE-----",
               "-----BEGIN PUBLIC KEY-----", "BEGIN PRIVATE KEY", ""});
    CHECK(proof("api-key", "gh" + ("p_" + body.substr(0, 18) + " " + body.substr(18))) == Proof::none);
}

TEST_CASE("long runs that look drawn by lot have the shape of a key, words and numbers have not") {
    check_all("api-key", Proof::shape,
              {"9f8e7d6c5b4a39281706f5e4d3c2b1a0", "9F8E7D6C5B4A39281706F5E4D3C2B1A0",
               "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY9", "kQ2v9XbTz7LmA4cYw1RfHs8N", "Zm9vYmFyMTIzNDU2Nzg5QUJD=="});
    check_all("api-key", Proof::none,
              {"pertanggungjawabankeuangannegara", "PertanggungjawabanKeuangan2026", "Laporan_Keuangan_2026_Final",
               "laporan-keuangan-2026-semester-1-final", "000000000000000000000000", "123456789012345678901234",
               "aaaaaaaaaaaaaaaaaaaaaaaa1111", "9f8e7d6c5b4a39281706"});
}

TEST_CASE("addresses of private networks are told from public ones") {
    check_all("private-address", Proof::valid,
              {"10.20.30.40", "172.16.0.1", "172.31.255.255", "192.168.1.10", "192.168.1.10:8080", "10.0.0.0/8",
               "http://192.168.0.1/login", "1O.20.30.40", "printer.local", "db.kppn.internal", "NAS.LAN",
               "http://wiki.lan/a"});
    check_all("private-address", Proof::none,
              {"8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.1.1", "10.20.30", "10.20.30.40.50", "10.256.0.1",
               "10.20.30.", "10..20.30", "local", ".local", "example.org", "example.local.org", "lan", ""});
}

TEST_CASE("a Wi-Fi code with a password is a secret, an open network is none") {
    check_all("wifi-qr", Proof::valid,
              {"WIFI:T:WPA;S:Meeting-5F;P:blue-kettle-77;;", "WIFI:P:blue-kettle-77;S:Meeting-5F;T:WPA;;",
               "WIFI:S:a\\;P\\:b;T:WPA;P:c\\;d;;", "WIFI:T:WPA;S:x;H:true;P:y", "wifi:T:WPA;S:x;P:y;;"});
    check_all("wifi-qr", Proof::none,
              {"WIFI:T:nopass;S:Tamu;P:x;;", "WIFI:T:WPA;S:Meeting-5F;P:;;", "WIFI:S:Tamu;;", "WIFI:", "WIFI",
               "WIFI:S:a\\;P:b;;", "wifi: RUANG-RAPAT-LT2", "https://example.org", ""});
}

TEST_CASE("broken UTF-8 and control signs are no values and break nothing") {
    const std::string zeros(8, '\0');
    for (const std::string_view name : validator_names()) {
        for (const std::string& text :
             {std::string("\xFF\xFE\x80"), std::string("\xE2\x80"), zeros, std::string(4096, '\xF0')}) {
            CHECK(proof(name, text) == Proof::none);
        }
    }
}

TEST_CASE("a broken sign within a number is not skipped") {
    check_all("nik", Proof::none,
              {"3171015708459998\xC2", "31710157\xE2\x80"
                                       "08459998"});
    check_all("pin", Proof::none,
              {"4815\xFF"
               "16"});
}

TEST_CASE("single signs and blanks are no values for any validator") {
    for (const std::string_view name : validator_names()) {
        CHECK(proof(name, "") == Proof::none);
        CHECK(proof(name, " \t\n") == Proof::none);
        for (int c = 1; c < 256; ++c) {
            CHECK(proof(name, std::string(1, static_cast<char>(c))) == Proof::none);
        }
    }
}

TEST_CASE("a megabyte is refused at once by every validator") {
    const auto start = std::chrono::steady_clock::now();
    for (const char sign : {'7', 'a', ';', '.', '<', '\\'}) {
        const std::string text(1 << 20, sign);
        for (const std::string_view name : validator_names()) {
            CHECK(proof(name, text) == Proof::none);
            CHECK(proof(name, "WIFI:P:" + text) == Proof::none);
        }
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("four kilobytes of any sign take no time") {
    const auto start = std::chrono::steady_clock::now();
    for (int c = 1; c < 256; c += 6) {
        const std::string text(4096, static_cast<char>(c));
        for (const std::string_view name : validator_names()) {
            CHECK(proof(name, text) == Proof::none);
        }
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}
